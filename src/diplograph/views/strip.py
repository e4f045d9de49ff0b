"""The shuttle strip: the visits of two states to one another as one picture of time.

Upper lane: journeys of A to B, in A's colour; lower lane: of B to A, in B's; between them contact
elsewhere. An arc joins a visit to the one that returned it, labelled with the days between. Held is
filled, planned hollow, postponed dashed, cancelled struck through; a visit known to the month is a bar as
long as the month.

Takes events and two states; gives SVG text that stands alone (``render``) or goes into a page (``figure``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from diplograph.analysis import journeys as travel
from diplograph.analysis import shuttle, wording
from diplograph.analysis.journeys import Journey
from diplograph.model import Event, EventType, Granularity, Status, Tenure, TimeSpan
from diplograph.views import cards, clean, ground, page, saying, svg
from diplograph.views.ground import (
    AGREED,
    BAR,
    HEIGHT,
    LEFT,
    LOWER,
    MIDDLE,
    RIGHT,
    TENSE,
    UPPER,
    WIDTH,
    Strip,
)
from diplograph.views.scale import Scale
from diplograph.views.svg import Svg


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
    known = tuple(tenures)
    own = tuple(t for code in (a, b) for t in ground.leading(known, code, chosen))
    return _draw(Strip(a=a, b=b, events=chosen, names=names, as_of=as_of, tenures=own, links=links))


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
    paper = svg.rect(0, 0, WIDTH, HEIGHT, fill="var(--paper)")
    return f"{head}><style>{page.asset('strip-alone.css')}{page.asset('strip.css')}</style>{paper}{rest}"


def _draw(strip: Strip) -> str:
    title = f"Visits between {strip.about(strip.a)} and {strip.about(strip.b)}"
    dated = [e for e in strip.events if e.facts.when.start]
    children = [svg.element("title", svg.words(title)), svg.element("desc", svg.words(_told(strip)))]
    if dated:
        line = ground.time_scale(strip, dated)
        children += [
            ground.folds(strip, line),
            ground.axis(line),
            ground.lanes(strip),
            ground.tenures(strip, line),
            _arcs(strip, line),
            _contacts(strip, line),
            _visits(strip, line),
            _margins(strip, line),
            ground.today(strip, line),
        ]
    else:
        empty = f"No visit recorded between {strip.about(strip.a)} and {strip.about(strip.b)}."
        children += [ground.lanes(strip), svg.text(LEFT, MIDDLE + 5, empty, class_="note")]
    return svg.element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        width=WIDTH,
        height=HEIGHT,
        # What holds links is no picture to those who hear it.
        role="group" if strip.links else "img",
        aria_label=title,
        class_="strip",
    )


def _told(strip: Strip) -> str:
    turn = shuttle.whose_turn(strip.events, strip.a, strip.b, strip.as_of, names=strip.names)
    return turn.sentence


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
        y = UPPER if lane == "a" else LOWER
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
    # Known to the month or the year: the bar is where it may have been, so it is lighter.
    form += "" if journey.when.granularity is Granularity.DAY else " loose"
    bar = svg.rect(left, y - BAR / 2, right - left, BAR, rx=3, class_=f"visit {lane} {form}")
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
    taken = -100.0
    for run in found.shuttles:
        for before, after, days in zip(run.legs, run.legs[1:], run.turn_arounds, strict=False):
            x1, x2 = _bounds(line, before.when)[1] - 2, _bounds(line, after.when)[0] + 2
            down = before.guest == strip.a
            y1, y2 = (UPPER + 8, LOWER - 8) if down else (LOWER - 8, UPPER + 8)
            left, right = svg.number(x1), svg.number(x2)
            steps = f"M{left} {y1}C{left} {MIDDLE} {right} {MIDDLE} {right} {y2}"
            kind = "a" if down else "b"
            sure = "" if run.certain else " uncertain"
            parts.append(svg.path(steps, class_=f"arc {kind}{sure}"))
            label = f"{days.at_most} d" if days.exact else f"{days.at_least}–{days.at_most} d"
            middle, half = (x1 + x2) / 2, svg.width_of(label) / 2
            # Beside a label that lies close, below the line instead of above.
            y = MIDDLE + 22 if middle - half < taken + 2 else MIDDLE - 12
            taken = max(taken, middle + half) if y < MIDDLE else taken
            parts.append(svg.text(middle, y, label, class_="days", text_anchor="middle"))
    last = (*found.legs, *found.single)
    if last and strip.as_of:
        parts += _tail(strip, line, max(last, key=lambda j: (j.when.earliest_start(), j.event)))
    return svg.group(*parts, class_="arcs")


def _tail(strip: Strip, line: Scale, last: Journey) -> list[Svg]:
    assert strip.as_of is not None
    x1, x2 = _bounds(line, last.when)[1], line.x(strip.as_of)
    lane, y = ("a", UPPER) if last.guest == strip.a else ("b", LOWER)
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
            steps = f"M{svg.number(x - 5)} {MIDDLE - 4}h10l-5 9z"
            mark = svg.path(steps, class_=form)
        elif right - left > 2 * radius:
            mark = svg.rect(left, MIDDLE - 4, right - left, 8, rx=4, class_=form)
        else:
            mark = svg.element("circle", cx=x, cy=MIDDLE, r=radius, class_=form)
        marks.append(_linked(strip, event, mark))
    return svg.group(*marks, class_="contacts")


def _margins(strip: Strip, line: Scale) -> Svg:
    """Agreements on a line above, tensions on a line below."""
    rows: list[Svg] = []
    for kind, y, name, label in (
        (EventType.AGREEMENT, AGREED, "agreement", "agreements"),
        (EventType.TENSION, TENSE, "tension", "tensions"),
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
