"""Runs any measure that is plugged in, by its name: gives it what it asks for and makes its rows plain.

Takes a name, events and what else is known; gives dictionaries that carry event ids. The first parameter of
a measure takes the events; others ask by their names for what is ``OFFERED``, or are options of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from diplograph.analysis import flat
from diplograph.errors import PluginError
from diplograph.model import Event
from diplograph.plugins import Plug, Socket, find, fitted

OFFERED: Final[Mapping[str, str]] = {
    "a": "code of the first state, where two are named",
    "b": "code of the second state",
    "names": "state code → name",
    "tenures": "who held which office when, as a tuple of Tenure",
    "as_of": "the day to look from, or None",
}
"""What a measure may ask for by the name of a parameter."""

Row = dict[str, Any]


def measured(
    name: str,
    events: Iterable[Event],
    states: Sequence[str] = (),
    *,
    offered: Mapping[str, Any],
    options: Mapping[str, Any] | None = None,
) -> list[Row]:
    """The rows of a measure.

    Args:
        name: As it is plugged in.
        events: The events.
        states: Codes. A measure of two states is told both; any other sees the events that involve them all.
        offered: What else it may ask for, of ``OFFERED``.
        options: Parameters of its own.

    Raises:
        UnknownPluginError: If there is no such measure; lists the names there are.
        PluginError: If it breaks, or asks for what is not there.
    """
    plug = find(Socket.MEASURE, name)
    told = {**offered, **dict(zip("ab", states, strict=False)), **(options or {})}
    given = _given(plug, told, options or {})
    seen = tuple(event for event in events if set(states) <= set(event.facts.states))
    return [_row(plug, one, offered.get("names", {})) for one in _several(plug.call(seen, **given))]


def _given(plug: Plug, told: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        given = fitted(plug.load(), told)
    except PluginError as fault:
        raise PluginError(
            f"{plug.title} cannot be asked so: {fault}; name two states, or set options"
        ) from fault
    if unknown := sorted(set(options) - set(given)):
        raise PluginError(f"{plug.title} has no option {', '.join(unknown)}")
    return given


def _several(found: Any) -> Iterable[Any]:
    """The rows of what a measure gave: several, or one, which may hold rows with events of their own."""
    if found is None:
        return ()
    if not is_dataclass(found) or isinstance(found, Sequence):
        several: Iterable[Any] = found
        return several
    inner: list[tuple[Any, ...]] = [
        value for field in fields(found) if _carry(value := getattr(found, field.name))
    ]
    return inner[0] if len(inner) == 1 else (found,)


def _carry(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(hasattr(one, "events") for one in value)


def _row(plug: Plug, one: Any, names: Mapping[str, str]) -> Row:
    if is_dataclass(one) and not isinstance(one, type):
        return flat.row(one, names)
    if isinstance(one, Mapping):
        return dict(one)
    raise plug.broken(f"it gave a {type(one).__name__}, where a row with event ids is asked for")
