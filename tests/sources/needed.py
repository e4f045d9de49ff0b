"""Libraries of extras that a test needs: without them it is passed over in words, and fails where CI runs."""

import importlib
import os

import pytest


def need(*modules):
    """Go on only if these can be imported."""
    for name in modules:
        if os.environ.get("CI") == "true":
            importlib.import_module(name)
        else:
            pytest.importorskip(name, reason=f"{name} is not installed; pip install 'diplograph[web,html]'")
