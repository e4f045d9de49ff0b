"""The shuttle strip: the visits of two states to one another as one picture of time.

Upper lane: journeys of A to B, in A's colour; lower lane: of B to A, in B's; between them contact
elsewhere. An arc joins a visit to the one that returned it, labelled with the days between. Held is
filled, planned hollow, postponed dashed, cancelled struck through; a visit known to the month is a bar as
long as the month.

Takes events and two states; gives SVG text that stands alone (``render``) or goes into a page (``figure``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from diplograph.analysis import journeys as travel
from diplograph.analysis import shuttle, tempo, wording
from diplograph.analysis.journeys import Journey
from diplograph.model import Event, EventType, Status, Tenure, TimeSpan, first_day, last_day
from diplograph.views import cards, clean, page, saying, scale, svg
from diplograph.views.scale import Scale
from diplograph.views.svg import Svg

WIDTH: Final = 1080
HEIGHT: Final = 318
LEFT: Final = 118
RIGHT: Final = 22
_UPPER, _MIDDLE, _LOWER = 104.0, 150.0, 196.0
_AGREED, _TENSE, _AXIS = 44.0, 250.0, 272.0
_BAR: Final = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What is drawn: the two states, their events, and the day up to which it is drawn."""

    a: str
    b: str
    events: tuple[Event, ...]
    names: Mapping[str, str]
    as_of: date | None
    tenures: tuple[Tenure, ...] = ()
    links: bool = False

    def about(self, state: str) -> str:
        """The name of one of the two."""
        return clean.plain(self.names.get(state, state))


def figure(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    names: Mapping[str, str],
    as_of: date | None = None,
    tenures: Iterable[Tenure] = (),
    links: bool = True,
) -> str:
    """The strip as an ``svg`` element for a page that carries the common style sheet and ``strip.css``."""
    pair = frozenset((a, b))
    chosen = tuple(sorted((e for e in events if pair <= set(e.facts.states)), key=cards.order))
    own = tuple(t for t in tenures if t.state in pair and t.role in ("head-of-state", "head-of-government"))
    return _draw(
        Strip(a=a, b=b, events=chosen, names=names, as_of=as_of, tenures=own, links=links), style=Svg("")
    )


def render(
    events: Iterable[Event],
    a: str,
    b: str,
    *,
    names: Mapping[str, str],
    as_of: date | None = None,
    tenures: Iterable[Tenure] = (),
) -> str:
    """The strip as an SVG file of its own, with its styles inside; for papers and notebooks."""
    drawn = figure(events, a, b, names=names, as_of=as_of, tenures=tenures, links=False)
    head, _, rest = drawn.partition(">")
    ground = svg.rect(0, 0, WIDTH, HEIGHT, fill="var(--paper)")
    return f"{head}><style>{page.asset('strip-alone.css')}{page.asset('strip.css')}</style>{ground}{rest}"


def _draw(strip: Strip, style: Svg) -> str:
    title = f"Visits between {strip.about(strip.a)} and {strip.about(strip.b)}"
    dated = [e for e in strip.events if e.facts.when.start]
    children = [style, svg.element("title", svg.words(title)), svg.element("desc", svg.words(_told(strip)))]
    if dated:
        line = _scale(strip, dated)
        children += [
            _folds(strip, line),
            _axis(line),
            _lanes(strip),
            _tenures(strip, line),
            _arcs(strip, line),
            _contacts(strip, line),
            _visits(strip, line),
            _margins(strip, line),
            _today(strip, line),
        ]
    else:
        empty = f"No visit recorded between {strip.about(strip.a)} and {strip.about(strip.b)}."
        children += [_lanes(strip), svg.text(LEFT, _MIDDLE + 5, empty, class_="note")]
    return svg.element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_label=title,
        class_="strip",
    )


def _told(strip: Strip) -> str:
    turn = shuttle.whose_turn(strip.events, strip.a, strip.b, strip.as_of, names=strip.names)
    return turn.sentence


def _scale(strip: Strip, dated: Sequence[Event]) -> Scale:
    days = [day for e in dated for day in (e.facts.when.earliest_start(), e.facts.when.latest_end())]
    return scale.scale(days + ([strip.as_of] if strip.as_of else []), LEFT, WIDTH - RIGHT)


def _lanes(strip: Strip) -> Svg:
    a, b = strip.about(strip.a), strip.about(strip.b)
    rows = []
    for y, lane in ((_UPPER, "a"), (_MIDDLE, "contact"), (_LOWER, "b")):
        rows.append(svg.line(LEFT - 6, y, WIDTH - RIGHT, y, class_=f"lane {lane}"))
    for y, lane, first, second in (
        (_UPPER, "a", clean.short(a, 15), f"→ {clean.short(b, 14)}"),
        (_LOWER, "b", clean.short(b, 15), f"→ {clean.short(a, 14)}"),
    ):
        rows.append(svg.text(4, y - 3, first, class_=f"side {lane}"))
        rows.append(svg.text(4, y + 12, second, class_="side soft"))
    rows.append(svg.text(4, _MIDDLE + 4, "elsewhere", class_="side soft"))
    return svg.group(*rows, class_="lanes")


def _axis(line: Scale) -> Svg:
    marks, last = [], -100.0
    for year, x in line.years():
        marks.append(svg.line(x, 62, x, _AXIS - 14, class_="year"))
        if x - last > 34:
            marks.append(svg.text(x, _AXIS + 8, str(year), class_="tick", text_anchor="middle"))
            last = x
    for stretch in line.stretches:
        if not stretch.folded and not any(stretch.left <= x <= stretch.right for _, x in line.years()):
            middle = (stretch.left + stretch.right) / 2
            marks.append(
                svg.text(middle, _AXIS + 8, str(stretch.end.year), class_="tick", text_anchor="middle")
            )
    return svg.group(*marks, class_="axis")


def _folds(strip: Strip, line: Scale) -> Svg:
    """Folded silences; shaded where the rhythm of visits was broken, with the length of the break."""
    rhythm = tempo.tempo(strip.events, strip.a, strip.b, as_of=strip.as_of)
    parts: list[Svg] = []
    for gap in rhythm.breaks:
        start = line.x(gap.before.when.latest_end())
        end = line.x(gap.after.when.earliest_start()) if gap.after else line.x(strip.as_of or date.max)
        parts.append(svg.rect(start, 62, end - start, _AXIS - 76, class_="break"))
        words = scale.length(gap.days.at_least)
        if end - start > svg.width_of(words, 10.5):
            parts.append(svg.text((start + end) / 2, 77, words, class_="gap", text_anchor="middle"))
    for fold in line.folds:
        x = (fold.left + fold.right) / 2
        for shift in (-3, 3):
            steps = f"M{svg.number(x + shift - 3)} {_AXIS - 8}l6 -12"
            parts.append(svg.path(steps, class_="fold"))
    return svg.group(*parts, class_="folds")


def _tenures(strip: Strip, line: Scale) -> Svg:
    begin, end = line.stretches[0].start, strip.as_of or line.stretches[-1].end
    bands: list[Svg] = []
    for tenure in sorted(strip.tenures, key=lambda t: (t.state, t.start or "", t.id)):
        start = first_day(tenure.start) if tenure.start else begin
        stop = min(last_day(tenure.end) if tenure.end else end, end)
        if stop <= begin or start >= end:
            continue
        x, right = line.x(max(start, begin)), line.x(stop)
        y, lane = (18.0, "a") if tenure.state == strip.a else (_AXIS + 32, "b")
        if right - x < 3:
            continue
        said = next((s for s in (tenure.name, tenure.surname) if svg.width_of(s, 11) < right - x - 6), "")
        bands.append(
            svg.group(
                svg.rect(x + 0.5, y - 11, right - x - 1, 15, class_=f"tenure {lane}", rx=3),
                svg.text(x + 5, y, said, class_="leader"),
                svg.element("title", svg.words(f"{tenure.name}, {tenure.title}")),
            )
        )
    return svg.group(*bands, class_="tenures")


def _bounds(line: Scale, when: TimeSpan, least: float = 7.0) -> tuple[float, float]:
    """Left and right end of a mark: as long as what is known, but always to be seen."""
    left, right = line.x(when.earliest_start()), line.x(when.latest_end())
    if right - left < least:
        middle = (left + right) / 2
        return middle - least / 2, middle + least / 2
    return left, right


def _visits(strip: Strip, line: Scale) -> Svg:
    known = {event.id: event for event in strip.events}
    found = travel.journeys(strip.events, statuses=frozenset(Status))
    marks: list[Svg] = []
    taken = {"a": -100.0, "b": -100.0}
    undated = 0
    for journey in travel.between_states(found, strip.a, strip.b):
        event, lane = known[journey.event], "a" if journey.guest == strip.a else "b"
        y = _UPPER if lane == "a" else _LOWER
        if not journey.dated:
            undated += 1
            marks.append(_linked(strip, event, svg.text(LEFT - 16, y + 5, "?", class_=f"undated {lane}")))
            continue
        left, right = _bounds(line, journey.when)
        parts = [_bar(journey, lane, left, right, y)]
        label = clean.short(journey.place or strip.about(journey.host), 14)
        middle = (left + right) / 2
        if middle - svg.width_of(label) / 2 > taken[lane]:
            below = y + 22 if lane == "b" else y - 13
            parts.append(svg.text(middle, below, label, class_="place", text_anchor="middle"))
            taken[lane] = middle + svg.width_of(label) / 2 + 3
        if any(decision.contradicting for decision in event.decisions):
            parts.append(svg.text(right + 1, y - 6, "≠", class_="disputed"))
        marks.append(_linked(strip, event, *parts))
    return svg.group(*marks, class_="visits")


def _bar(journey: Journey, lane: str, left: float, right: float, y: float) -> Svg:
    form = str(journey.status) + (" gathering" if journey.multilateral else "")
    bar = svg.rect(left, y - _BAR / 2, right - left, _BAR, rx=3, class_=f"visit {lane} {form}")
    if journey.status is Status.CANCELLED:
        return svg.group(bar, svg.line(left - 3, y, right + 3, y, class_="struck"))
    return bar


def _linked(strip: Strip, event: Event, *parts: Svg) -> Svg:
    """A mark that tells what it is when pointed at, and leads to its event."""
    words = f"{saying.headline(event, strip.names)}, {wording.span(event.facts.when)}"
    told = svg.element("title", svg.words(words))
    if not strip.links:
        return svg.group(told, *parts)
    return svg.element("a", told, *parts, href=f"#{cards.anchor(event.id)}", aria_label=words)


def _arcs(strip: Strip, line: Scale) -> Svg:
    """From each leg to its return, and a fading tail where none came."""
    found = shuttle.exchange(strip.events, strip.a, strip.b, as_of=strip.as_of)
    parts: list[Svg] = []
    for run in found.shuttles:
        for before, after, days in zip(run.legs, run.legs[1:], run.turn_arounds, strict=False):
            x1, x2 = _bounds(line, before.when)[1] - 2, _bounds(line, after.when)[0] + 2
            down = before.guest == strip.a
            y1, y2 = (_UPPER + 8, _LOWER - 8) if down else (_LOWER - 8, _UPPER + 8)
            left, right = svg.number(x1), svg.number(x2)
            steps = f"M{left} {y1}C{left} {_MIDDLE} {right} {_MIDDLE} {right} {y2}"
            kind = "a" if down else "b"
            sure = "" if run.certain else " uncertain"
            parts.append(svg.path(steps, class_=f"arc {kind}{sure}"))
            label = f"{days.at_most} d" if days.exact else f"{days.at_least}–{days.at_most} d"
            parts.append(svg.text((x1 + x2) / 2, _MIDDLE - 12, label, class_="days", text_anchor="middle"))
    last = (*found.legs, *found.single)
    if last and strip.as_of:
        parts += _tail(strip, line, max(last, key=lambda j: (j.when.earliest_start(), j.event)))
    return svg.group(*parts, class_="arcs")


def _tail(strip: Strip, line: Scale, last: Journey) -> list[Svg]:
    assert strip.as_of is not None
    x1, x2 = _bounds(line, last.when)[1], line.x(strip.as_of)
    lane, y = ("a", _UPPER) if last.guest == strip.a else ("b", _LOWER)
    pieces = 6
    step = (x2 - x1) / pieces
    if step < 1:
        return []
    return [
        svg.rect(
            x1 + n * step, y - 2, step, 4, class_=f"tail {lane}", opacity=round(0.6 * (1 - n / pieces), 2)
        )
        for n in range(pieces)
    ]


def _contacts(strip: Strip, line: Scale) -> Svg:
    marks = []
    for event in strip.events:
        facts = event.facts
        if facts.type not in (EventType.MEETING, EventType.CALL) or event.part_of or not facts.when.start:
            continue
        left, right = _bounds(line, facts.when)
        x, radius = (left + right) / 2, 5.0
        form = f"contact {facts.status}"
        if facts.type is EventType.CALL:
            steps = f"M{svg.number(x - 5)} {_MIDDLE - 4}h10l-5 9z"
            mark = svg.path(steps, class_=form)
        elif right - left > 2 * radius:
            mark = svg.rect(left, _MIDDLE - 4, right - left, 8, rx=4, class_=form)
        else:
            mark = svg.element("circle", cx=x, cy=_MIDDLE, r=radius, class_=form)
        marks.append(_linked(strip, event, mark))
    return svg.group(*marks, class_="contacts")


def _margins(strip: Strip, line: Scale) -> Svg:
    """Agreements on a line above, tensions on a line below."""
    rows: list[Svg] = []
    for kind, y, name, label in (
        (EventType.AGREEMENT, _AGREED, "agreement", "agreements"),
        (EventType.TENSION, _TENSE, "tension", "tensions"),
    ):
        chosen = [e for e in strip.events if e.facts.type is kind and e.facts.when.start]
        if not chosen:
            continue
        rows.append(svg.text(4, y + 4, label, class_="side soft"))
        rows.append(svg.line(LEFT - 6, y, WIDTH - RIGHT, y, class_="thin"))
        for event in chosen:
            left, right = _bounds(line, event.facts.when, least=3)
            tick = svg.rect(left, y - 6, right - left, 12, class_=f"{name} {event.facts.status}")
            rows.append(_linked(strip, event, tick))
    return svg.group(*rows, class_="margins")


def _today(strip: Strip, line: Scale) -> Svg:
    if strip.as_of is None:
        return Svg("")
    x = line.x(strip.as_of)
    return svg.group(
        svg.line(x, 62, x, _AXIS - 14, class_="today"),
        svg.text(
            min(x, WIDTH - 4),
            64,
            saying.short_date(TimeSpan(start=strip.as_of.isoformat())),
            class_="tick",
            text_anchor="end",
        ),
    )
