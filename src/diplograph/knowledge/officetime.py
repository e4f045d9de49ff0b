"""Says which tenures last on a day, and in which order they are given.

Takes tenures and partial ISO dates; gives tenures.
"""

from __future__ import annotations

from datetime import date

from diplograph.model.entity import State, Tenure
from diplograph.model.timespan import first_day, last_day

Day = date | str


def partial(on: Day | None) -> str | None:
    """A day as partial ISO text."""
    return on.isoformat() if isinstance(on, date) else on


def covers(start: str | None, end: str | None, when: str | None) -> bool:
    """Whether a period, open where a bound is None, has a day, month or year in common with another."""
    if when is None:
        return True
    begun = start is None or first_day(start) <= last_day(when)
    return begun and (end is None or first_day(when) <= last_day(end))


def together(tenure: Tenure, state: State) -> bool:
    """Whether a tenure and a state had a day in common, that of a change aside."""
    begun = tenure.start is None or state.end is None or first_day(tenure.start) < last_day(state.end)
    return begun and (
        tenure.end is None or state.start is None or first_day(state.start) < last_day(tenure.end)
    )


def in_office(tenures: list[Tenure] | tuple[()], when: str | None) -> list[Tenure]:
    """The tenures that last on a day; on that of a change, those that begin."""
    found = [one for one in tenures if covers(one.start, one.end, when)]
    begun = {(one.state, one.office) for one in found if one.start == when and not one.acting}
    # On the day of a change the office belongs to the one who takes it over.
    return [
        one for one in found if one.end != when or one.start == when or (one.state, one.office) not in begun
    ]


def latest_first(tenures: list[Tenure]) -> tuple[Tenure, ...]:
    """Tenures by their beginning, the latest first, stand-ins last."""
    return tuple(sorted(tenures, key=lambda one: (not one.acting, one.start or "", one.id), reverse=True))
