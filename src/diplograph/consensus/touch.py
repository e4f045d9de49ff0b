"""Under which keys reports and events are filed, so that those that can touch each other find each other.

Takes a report or an event; gives keys to file it under, and keys to look under for what it can meet. Two
reports of a family share a key whenever their times overlap, or, where one tells no time, when they share
what ``undated_match`` asks for; so the cost of a new report does not grow with how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from diplograph.consensus.likeness import (
    ACTS,
    DIRECTED,
    FAR_DAYS,
    OFF,
    OPEN,
    place_names,
    plain,
    series_of,
)
from diplograph.model import Event, EventType, Polarity, Report, TimeSpan

# What a report without a date can share with another begins so in its key.
PLACE, OCCASION, ISSUE, PLAN, CALLED_OFF = "p:", "o:", "i:", "c:any", "c:off"
_SHORT = 4  # days that are filed one by one
_FEW_DAYS, _FEW_MONTHS = 40, 60  # what is looked up day by day, and month by month
_LAYER = {Polarity.AFFIRMED: "a", Polarity.DENIED: "n"}


def dyad_of(states: Iterable[str]) -> str:
    """The name of a group of states: ``JPN-KOR``, whoever is named first."""
    return "-".join(sorted(set(states)))


def family_of(report: Report) -> str:
    """What can be one event at all: the type, and the direction where it matters: ``visit:KOR>JPN``."""
    facts = report.facts
    states = ">".join(facts.states) if facts.type in DIRECTED else dyad_of(facts.states)
    return f"{facts.type}:{states}"


def reach(report: Report) -> tuple[int, int]:
    """The first and last day, as numbers, of what a report can meet.

    Reports of one group of states whose reaches do not overlap, and are not linked by those of others, can
    neither be of one event nor of a visit and its meeting; so ``merge`` may take them apart from each other.
    """
    when = report.facts.when
    if when.start:
        return when.earliest_start().toordinal(), when.latest_end().toordinal()
    if report.published:
        day = report.published.toordinal()
        return day - FAR_DAYS, day + FAR_DAYS
    # Without any date a report meets only its like.
    return 0, 0


def filed(report: Report) -> list[str]:
    """The keys under which a report is filed; none for one that is only imagined."""
    layer = _LAYER.get(report.polarity)
    if layer is None:
        return []
    family, when = f"{layer} {family_of(report)}", report.facts.when
    keys = [f"{family} {key}" for key in _keys_of(when)]
    if report.facts.participants:
        kind = "t" if when.start else "u"
        keys += [f"{family} {kind} {t} {year}" for t in _traits(report) for year in _years(report)]
    return keys


def sought(report: Report, layer: Polarity = Polarity.AFFIRMED) -> list[str]:
    """The keys under which everything is filed that a report can join."""
    family = f"{_LAYER[layer]} {family_of(report)}"
    if report.facts.when.start:
        return [f"{family} {key}" for key in _near_keys(report.facts.when)]
    return [f"{family} {kind} {rest}" for rest in _trait_keys(report) for kind in "tu"]


def joining(report: Report, layer: Polarity = Polarity.AFFIRMED, *, timed: bool = True) -> list[str]:
    """The keys under which everything is filed that can join an event because of this report of it.

    Args:
        report: A report of the event.
        layer: What is looked for: reports that affirm, or that deny.
        timed: Whether those that tell a time are wanted as well.
    """
    family = f"{_LAYER[layer]} {family_of(report)}"
    keys = [f"{family} u {rest}" for rest in _trait_keys(report)]
    if timed and report.facts.when.start:
        keys += [f"{family} {key}" for key in _near_keys(report.facts.when)]
    return keys


def filed_event(event: Event) -> list[str]:
    """The keys under which an event is filed: by its type, its states and its time."""
    facts = event.facts
    if facts.type not in (EventType.VISIT, EventType.MEETING):
        return []
    return [f"e {facts.type}:{dyad_of(facts.states)} {key}" for key in _keys_of(facts.when)]


def span_keys(first: date, last: date) -> Iterator[str]:
    """A time's keys: in capitals for all that is so short or shorter, in small letters for its own length.

    Args:
        first: Its first day.
        last: Its last day.
    """
    months, years = _months(first, last), range(first.year, last.year + 1)
    if (last - first).days < _SHORT:
        yield from (f"D{day}" for day in _days(first, last))
        yield from (f"M{month}" for month in months)
        yield from (f"Y{year}" for year in years)
    elif len(months) <= 2:
        yield from (f"{size}{month}" for month in months for size in "mM")
        yield from (f"Y{year}" for year in years)
    elif len(years) <= 2:
        yield from (f"{size}{year}" for year in years for size in "yY")
    else:
        yield "z"


def sought_events(event: Event, kind: EventType) -> list[str]:
    """The keys under which events of this type are filed whose time can be that of an event."""
    facts = event.facts
    if facts.when.start is None:
        return []
    return [f"e {kind}:{dyad_of(facts.states)} {key}" for key in _near_keys(facts.when)]


def _trait_keys(report: Report) -> list[str]:
    if not report.facts.participants:
        return []
    near = {y for year in _years(report) for y in ((year - 1, year, year + 1) if year else (0,))}
    return [f"{trait} {year}" for trait in _traits(report, seeking=True) for year in sorted(near)]


def _traits(report: Report, *, seeking: bool = False) -> list[str]:
    """What a report without a date can share with another: place, occasion, issue, a plan called off."""
    facts = report.facts
    traits = [f"{PLACE}{name}" for name in place_names(facts.place)]
    if facts.occasion:
        traits.append(f"{OCCASION}{series_of(facts.occasion)}")
    if facts.type in ACTS:
        traits += [f"{ISSUE}{topic.id or plain(topic.name)}" for topic in facts.issues]
    if facts.status in OPEN:
        off = [CALLED_OFF] if facts.status in OFF else []
        # A plan looks only for what calls it off; what calls off looks for every plan.
        traits += ([PLAN] if off else [CALLED_OFF]) if seeking else [PLAN, *off]
    return traits


def _years(report: Report) -> list[int]:
    """The years by which a report is filed for those without a date; 0 if nothing tells any."""
    when = report.facts.when
    if when.start is None:
        return [report.published.year if report.published else 0]
    first, last = when.earliest_start().year, when.latest_end().year
    return list(range(first, last + 1)) if last - first <= 1 else []


def _keys_of(when: TimeSpan) -> Iterable[str]:
    return span_keys(when.earliest_start(), when.latest_end()) if when.start else ()


def _near_keys(when: TimeSpan) -> Iterator[str]:
    """The keys of all times that can overlap this one."""
    first, last = when.earliest_start(), when.latest_end()
    months, years = _months(first, last), range(first.year, last.year + 1)
    yield "z"
    if (last - first).days < _FEW_DAYS:
        yield from (f"D{day}" for day in _days(first, last))
        yield from (f"m{month}" for month in months)
        yield from (f"y{year}" for year in years)
    elif len(months) <= _FEW_MONTHS:
        yield from (f"M{month}" for month in months)
        yield from (f"y{year}" for year in years)
    else:
        yield from (f"Y{year}" for year in years)


def _days(first: date, last: date) -> Iterator[str]:
    return (date.fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal() + 1))


def _months(first: date, last: date) -> list[str]:
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [f"{n // 12}-{n % 12 + 1:02}" for n in numbers]
