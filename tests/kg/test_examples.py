"""The examples in the docstrings of the Python face run, and say what they say."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

import diplograph

MODULES = [
    "diplograph.kg",
    "diplograph.kg.graph",
    "diplograph.kg.leader",
    "diplograph.pair",
    "diplograph.display.table",
]


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module, shuttle_folder, tmp_path, monkeypatch, capsys):
    """Every example gives what stands below it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg").symlink_to(shuttle_folder / "kg")
    with diplograph.open("kg", read_only=True) as kg:
        known = {"kg": kg, "diplograph": diplograph}
        found = doctest.testmod(import_module(module), extraglobs=known, optionflags=doctest.ELLIPSIS)

    assert 0 == found.failed, capsys.readouterr().out
    assert found.attempted


def test_every_method_of_the_face_has_an_example():
    """What a user calls on a graph is shown at work where it is explained."""
    plain = {"close", "export", "facts", "as_of", "page", "map", "names"}
    methods = {
        name: getattr(diplograph.KnowledgeGraph, name)
        for name in dir(diplograph.KnowledgeGraph)
        if not name.startswith("_") and name not in plain
    }

    assert [] == [name for name, method in methods.items() if ">>>" not in (method.__doc__ or "")]
