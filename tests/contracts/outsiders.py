"""The package in ``tests/plugin_example``, built and installed into a folder of its own without a network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "plugin_example"
INSTALL = "pip install --quiet --no-deps --no-index --no-build-isolation --no-cache-dir --target"


def installed(folder):
    """Install the example as a user would, and give the folder that has to be on the path."""
    source = shutil.copytree(EXAMPLE, folder / "source")
    command = [sys.executable, "-m", *INSTALL.split(), folder / "site", source]
    done = subprocess.run(command, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    return folder / "site"


def declared(folder, socket, name, code, package="broken"):
    """Declare one plug, a function or value ``plug`` of some code; gives the folder to put on the path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{package}_{socket}.py").write_text(code)
    info = folder / f"{package}_{socket}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[diplograph.{socket}]\n{name} = {package}_{socket}:plug\n")
    return folder
