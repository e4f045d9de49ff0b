"""Puts the marks of a picture in place, for the level of everything and for the level of states.

Takes a ``Picture``; gives two places for each mark. The rules are told in ``layout``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from diplograph.model import Event
from diplograph.views import cards, layout
from diplograph.views.layout import Box, Point
from diplograph.views.marks import Picture

CARDS_UP_TO: Final = 60
"""More events than this are drawn as small dots without labels, until one comes near."""

_CARD: Final = (160.0, 50.0)
_DOT: Final = (26.0, 26.0)
_LEADER_STEP: Final = 74.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Places by node id: of all marks, and of states alone; ``compact`` where events are dots."""

    detail: Mapping[str, Point]
    overview: Mapping[str, Point]
    compact: bool


def place(picture: Picture) -> Scene:
    """The places of all marks; equal pictures give equal places."""
    events = sum(node.id.startswith("e:") for node in picture.nodes.values())
    compact = events > CARDS_UP_TO
    pairs = _pairs(picture)
    states = _ranked(picture)
    if not states:
        return Scene(detail={}, overview={}, compact=compact)
    centre = _strongest(pairs) or (states[0], states[0])
    detail = _main(picture, centre, pairs.get(centre, []), compact=compact)
    _surround(picture, detail, centre, states, pairs, compact=compact)
    _place_issues(picture, detail)
    return Scene(detail=detail, overview=_ring(picture, states), compact=compact)


Pairs = dict[tuple[str, str], list[tuple[str, int]]]


def _pairs(picture: Picture) -> Pairs:
    """Ladders by pair in alphabetical order: event node and column, in order of time."""
    found: Pairs = {}
    for pair, events in picture.pairs.items():
        for event, state in events:
            a, b = min(pair), max(pair)
            column = 0 if state is None else -1 if state == a else 1
            found.setdefault((a, b), []).append((f"e:{event.id}", column))
    rank = {f"e:{event.id}": n for n, (event, _) in enumerate(_by_time(picture))}
    return {pair: sorted(events, key=lambda item: rank[item[0]]) for pair, events in sorted(found.items())}


def _by_time(picture: Picture) -> list[tuple[Event, str | None]]:
    every = [item for events in picture.pairs.values() for item in events]
    return sorted(every, key=lambda item: cards.order(item[0]))


def _ranked(picture: Picture) -> list[str]:
    """State codes, those with most events first."""
    states = [node for node in picture.nodes.values() if node.kind == "state" and node.state]
    return [node.state or "" for node in sorted(states, key=lambda node: (-len(node.events), node.id))]


def _strongest(pairs: Pairs) -> tuple[str, str] | None:
    real = [pair for pair in pairs if pair[0] != pair[1]]
    return min(real, key=lambda pair: (-len(pairs[pair]), pair), default=None)


def _leaders(picture: Picture, state: str) -> list[str]:
    return sorted(n.id for n in picture.nodes.values() if n.kind == "leader" and n.state == state)


def _main(
    picture: Picture, pair: tuple[str, str], events: Sequence[tuple[str, int]], *, compact: bool
) -> dict[str, Point]:
    """The strongest pair: its ladder in the middle, leaders on either side, the two states outside."""
    places = dict(layout.ladder(events, compact=compact))
    half = layout.size(places.values(), _DOT if compact else _CARD)[0]
    for side, state in ((-1, pair[0]), (1, pair[1])):
        if side == 1 and pair[0] == pair[1]:
            continue
        leaders = _leaders(picture, state)
        wanted = {leader: _height(picture, leader, places) for leader in leaders}
        for leader, y in layout.spread(wanted, _LEADER_STEP).items():
            places[leader] = (side * (half + 120), y)
        places[f"s:{state}"] = (side * (half + (280 if leaders else 160)), 0.0)
    return places


def _height(picture: Picture, leader: str, places: Mapping[str, Point]) -> float:
    heights = [places[key][1] for e in picture.nodes[leader].events if (key := f"e:{e}") in places]
    return sum(heights) / len(heights) if heights else 0.0


def _surround(
    picture: Picture,
    places: dict[str, Point],
    centre: tuple[str, str],
    states: Sequence[str],
    pairs: Pairs,
    *,
    compact: bool,
) -> None:
    """The other states around the strongest pair, each with its leaders, and the ladders between them."""
    width, height = layout.size(places.values(), (200, 120))
    boxes = [Box(0, 0, width, height, weight=1000)]
    units: list[dict[str, Point]] = [{}]
    others = [code for code in states if code not in centre]
    strength = {pair: float(len(events)) for pair, events in pairs.items()}
    ring = layout.circle_order(strength, others) if others else []
    reach = max(1.0, len(others) / 14)
    spots = layout.around(len(ring), width * reach + 120, height * reach + 160)
    homes = {code: places[f"s:{code}"] for code in centre}
    for code, spot in zip(ring, spots, strict=True):
        near = [partner for partner in centre if tuple(sorted((code, partner))) in pairs]
        x = homes[near[0]][0] if len(near) == 1 and len(ring) < 5 else spot[0]
        homes[code] = (x, abs(spot[1]) + height * 0.6 if len(ring) < 3 else spot[1])
        unit = _state_unit(picture, code)
        boxes.append(Box(*homes[code], *layout.size(unit.values(), (150, 60)), weight=3))
        units.append(unit)
    for pair, events in pairs.items():
        if pair == centre:
            continue
        unit = dict(layout.ladder(events, compact=compact))
        middle = ((homes[pair[0]][0] + homes[pair[1]][0]) / 2, (homes[pair[0]][1] + homes[pair[1]][1]) / 2)
        boxes.append(Box(*middle, *layout.size(unit.values(), _DOT if compact else _CARD)))
        units.append(unit)
    layout.push_apart(boxes, rounds=400 if len(boxes) < 120 else 60)
    for box, unit in zip(boxes, units, strict=True):
        places.update({key: (box.x + x, box.y + y) for key, (x, y) in unit.items()})


def _state_unit(picture: Picture, code: str) -> dict[str, Point]:
    """A state with its leaders in rows of three below it, around the middle of the whole."""
    leaders = _leaders(picture, code)
    places = {f"s:{code}": (0.0, 0.0)}
    for n, leader in enumerate(leaders):
        wide = min(3, len(leaders) - n // 3 * 3)
        places[leader] = ((n % 3 - (wide - 1) / 2) * 130, 80 + n // 3 * 70.0)
    middle = (len(leaders) + 2) // 3 * 35.0
    return {key: (x, y - middle) for key, (x, y) in places.items()}


def _place_issues(picture: Picture, places: dict[str, Point]) -> None:
    """Issues in rows below everything, in the order of the events that raise them."""
    issues = [node for node in picture.nodes.values() if node.kind == "issue"]
    if not issues:
        return
    bottom = max(y for _, y in places.values())
    across = [x for x, _ in places.values()]
    wide = max(3, min(len(issues), int((max(across) - min(across) + 80) // 152)))

    def where(key: str, events: Sequence[str]) -> tuple[float, str]:
        heights = [places[spot][1] for e in events if (spot := f"e:{e}") in places]
        return (sum(heights) / len(heights) if heights else 0.0, key)

    ordered = sorted(issues, key=lambda node: where(node.id, node.events))
    for n, node in enumerate(ordered):
        row = min(wide, len(ordered) - n // wide * wide)
        places[node.id] = ((n % wide - (row - 1) / 2) * 152, bottom + 95 + n // wide * 76)


def _ring(picture: Picture, states: Sequence[str]) -> dict[str, Point]:
    """States alone: the two with most between them in the middle, others around on their side."""
    strength: dict[tuple[str, str], float] = {}
    for link in picture.links:
        if link.overview:
            a, b = sorted((link.start[2:], link.end[2:]))
            strength[a, b] = strength.get((a, b), 0) + link.count
    real = [pair for pair in strength if pair[0] != pair[1]]
    first = min(real, key=lambda pair: (-strength[pair], pair), default=tuple(states[:2]))
    if len(first) < 2:
        return {f"s:{code}": (0.0, 0.0) for code in states}
    places = {f"s:{first[0]}": (-290.0, 0.0), f"s:{first[1]}": (290.0, 0.0)}
    others = [code for code in states if code not in first]
    places.update({f"s:{code}": spot for code, spot in layout.orbit(others, first, strength).items()})
    return places
