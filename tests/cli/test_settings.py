"""Where a setting comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph import settings
from diplograph.errors import DiplographError


@pytest.fixture
def project(tmp_path):
    """A folder with settings of its own."""
    (tmp_path / "diplograph.toml").write_text('store = "from-file"\nport = 9000\n')
    return tmp_path


def test_defaults(tmp_path):
    """Without any settings the defaults hold."""
    found = settings.load(environment={}, folder=tmp_path)

    assert (Path("kg"), 8765) == (found.store, found.port)


def test_file_beats_default(project):
    """diplograph.toml in the working folder beats the default."""
    found = settings.load(environment={}, folder=project)

    assert (Path("from-file"), 9000) == (found.store, found.port)


def test_environment_beats_file(project):
    """The environment beats the file."""
    found = settings.load(environment={"DIPLOGRAPH_STORE": "from-env"}, folder=project)

    assert (Path("from-env"), 9000) == (found.store, found.port)


def test_flag_beats_environment(project):
    """A flag beats everything, and an unsaid flag nothing."""
    found = settings.load(
        {"store": "from-flag", "port": None}, environment={"DIPLOGRAPH_STORE": "from-env"}, folder=project
    )

    assert (Path("from-flag"), 9000) == (found.store, found.port)


def test_origins(project):
    """The settings tell where each of them was found."""
    found = settings.load({"limit": 5}, environment={"DIPLOGRAPH_TIMEOUT": "2"}, folder=project)

    wanted = {"store": "diplograph.toml", "limit": "flag", "timeout": "environment", "host": "default"}
    assert wanted == {name: found.origins[name] for name in wanted}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("prot = 1\n", "there is no setting 'prot'"),
        ('port = "many"\n', "'many' is no int"),
        ("port = \n", "is no valid TOML"),
    ],
)
def test_wrong_file(tmp_path, written, message):
    """A wrong setting is refused with the place where it stands."""
    (tmp_path / "diplograph.toml").write_text(written)

    with pytest.raises(DiplographError, match=message):
        settings.load(environment={}, folder=tmp_path)


def test_settings_of_a_new_folder_are_known(tmp_path):
    """Every line that ``diplograph init`` writes, those behind a # as well, is a setting that is known."""
    from diplograph.cli.init import SETTINGS

    lines = [line.removeprefix("# ") for line in SETTINGS.splitlines() if "=" in line]
    (tmp_path / "diplograph.toml").write_text("\n".join(lines))
    found = settings.load(folder=tmp_path, environment={})

    assert {"diplograph.toml"} == {found.origins[line.split()[0]] for line in lines}
    assert {"store", "timeout", "limit", "data", "extractor", "format", "port"} == {
        line.split()[0] for line in lines
    }
