"""Reads who led thirty states and bodies on 22 August 2026, from the world_leaders snapshot.

Takes its JSON file; gives an ``Attestation`` per head of state and of government (facts only).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from attested import Attestation, first

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countries import Countries

WORLD_LEADERS = "world_leaders"
_ROLES = {
    "head_of_state": frozenset({"head-of-state", "leader"}),
    "head_of_government": frozenset({"head-of-government", "head-of-state", "leader"}),
}


def read(path: Path, countries: Countries) -> list[Attestation]:
    """Every leader of the snapshot whose first day it tells.

    Raises:
        ValueError: If the file is missing or is no such snapshot.
    """
    if not path.is_file():
        message = f"{path}: this source is not there; name its folder with --sources DIR"
        raise ValueError(message)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return [
            one
            for label, entry in sorted(told["leaders"].items())
            for one in _entry(label, entry, told["snapshot_date"], f"{path}: {label}", countries)
        ]
    except (json.JSONDecodeError, KeyError, TypeError) as fault:
        message = f"{path}: this is no snapshot of leaders: {fault!r}"
        raise ValueError(message) from fault


def _entry(
    label: str, entry: dict[str, str | None], as_of: str, where: str, countries: Countries
) -> Iterator[Attestation]:
    state = countries.named(label.replace("_", " "), as_of)
    for role, roles in _ROLES.items():
        name, since = entry.get(role), entry.get(f"{role}_since")
        if state in countries.kinds and name and since:
            first(since)
            yield Attestation(
                state=state, name=name, start=since, end="", roles=roles, source=WORLD_LEADERS, as_of=as_of,
                where=where,
            )  # fmt: skip
