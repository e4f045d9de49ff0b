"""Where a setting comes from: flag, then environment, then ``diplograph.toml``, then default.

Takes what was given on the command line (None where nothing was); gives a frozen ``Settings`` that also says
where each value was found.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from diplograph import resources
from diplograph.errors import DiplographError

FILE = "diplograph.toml"
PREFIX = "DIPLOGRAPH_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of diplograph.

    Attributes:
        store: Folder of the graph.
        format: How results are printed; empty for the verb's own default.
        timeout: Seconds that a query may take.
        limit: Rows that a query may give; 0 for no limit.
        host: Address that ``serve`` listens on.
        port: Port that ``serve`` listens on.
        extractor: What reads documents: the name of what is plugged in, or several with commas.
        data: Folder of your own tables of states, tenures and places; they win over those of diplograph.
        origins: For each setting, where its value was found.
    """

    store: Path = Path("kg")
    format: str = ""
    timeout: float = 30.0
    limit: int = 100_000
    host: str = "127.0.0.1"
    port: int = 8765
    extractor: str = "rules"
    data: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Collect the settings from all places.

    Args:
        flags: What was said outright; entries that are None count as unsaid.
        environment: The environment; by default that of the process.
        folder: Where to look for ``diplograph.toml``; by default the working folder.

    Raises:
        DiplographError: If a value or name is none that is known; says where it stands.
    """
    places = {
        "default": {},
        FILE: _from_file((folder or Path.cwd()) / FILE),
        "environment": _from_environment(os.environ if environment is None else environment),
        "flag": {name: value for name, value in (flags or {}).items() if value is not None},
    }
    values: dict[str, object] = {}
    origins = {each.name: "default" for each in fields(Settings) if each.name != "origins"}
    for place, found in places.items():
        for name, value in found.items():
            values[name] = _convert(name, value, place)
            origins[name] = place
    return Settings(**values, origins=origins)  # type: ignore[arg-type]  # _convert gave each its type


def _from_file(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DiplographError(f"{path} is no valid TOML: {error}") from error
    return _known(found, str(path))


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = {each.name for each in fields(Settings)} - {"origins"}
    # Other variables may begin alike (DIPLOGRAPH_TEST_SOAK), so unknown ones are no error here.
    return {
        name: environment[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in environment
    }


def _known(found: Mapping[str, object], place: str) -> dict[str, object]:
    names = sorted({each.name for each in fields(Settings)} - {"origins"})
    for name in found:
        if name not in names:
            raise DiplographError(f"{place}: there is no setting {name!r}; there are: {', '.join(names)}")
    return dict(found)


def _folder(value: Any) -> Path | None:
    return Path(value) if value else None


_CONVERTERS: Mapping[str, Callable[[Any], object]] = {
    "store": Path,
    "format": str,
    "timeout": float,
    "limit": int,
    "host": str,
    "port": int,
    "extractor": str,
    "data": _folder,
}


def _convert(name: str, value: object, place: str) -> object:
    try:
        return _CONVERTERS[name](value)
    except (TypeError, ValueError) as error:
        wanted = _CONVERTERS[name].__name__
        raise DiplographError(f"setting {name} from {place}: {value!r} is no {wanted}") from error


def adopt(found: Settings) -> Settings:
    """Make the folder of the reader's own tables known to the rooms below and to processes started later."""
    if found.data is not None:
        os.environ[resources.LOCAL_DATA] = str(found.data.resolve())
    return found
