"""Places the marks of the graph so that place has meaning and no label covers another.

The two states with most between them stand left and right; their events stand between them as a ladder
with time running down: journeys of the left state in the left column, contacts in the middle, journeys of
the right state in the right column. Leaders stand between their state and the ladder, at the height of
their events. Further states stand around, with small ladders of their own. Pure arithmetic: no random
numbers, no physics.

Takes marks with sizes; gives a position for each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

COLUMN: Final = 172
ROW: Final = 52
MIDDLE_ROW: Final = 68
CELL: Final = 30
TALL: Final = 640
CROWD: Final = 24


@dataclass(slots=True)
class Box:
    """A rectangle that is being placed: centre and half sizes."""

    x: float
    y: float
    half_width: float
    half_height: float
    weight: float = 1.0


Point = tuple[float, float]


def push_apart(boxes: Sequence[Box], rounds: int = 400, margin: float = 24) -> None:
    """Move boxes until none overlaps another; heavy ones give way less.

    Args:
        boxes: Changed in place; earlier ones win ties, so the outcome depends on their order alone.
        rounds: How often to try.
        margin: Free space to keep between two boxes.
    """
    for _ in range(rounds):
        moved = False
        for i, one in enumerate(boxes):
            for other in boxes[i + 1 :]:
                moved |= _part(one, other, margin)
        if not moved:
            return


def _part(one: Box, other: Box, margin: float) -> bool:
    dx, dy = other.x - one.x, other.y - one.y
    over_x = one.half_width + other.half_width + margin - abs(dx)
    over_y = one.half_height + other.half_height + margin - abs(dy)
    if over_x <= 0.5 or over_y <= 0.5:
        return False
    share = other.weight / (one.weight + other.weight)
    # The shorter way out, but rather down than aside: screens that are narrow can still scroll.
    if over_x * 1.8 < over_y:
        way = math.copysign(over_x, dx or 1)
        one.x, other.x = one.x - way * share, other.x + way * (1 - share)
    else:
        way = math.copysign(over_y, dy or 1)
        one.y, other.y = one.y - way * share, other.y + way * (1 - share)
    return True


def ladder(events: Sequence[tuple[str, int]], *, compact: bool = False) -> dict[str, Point]:
    """Places of a ladder's events around its centre.

    Args:
        events: Ids with their column, in order of time.
        compact: Whether the marks are small dots, packed into a grid.
    """
    if compact:
        return _grids(events)
    columns = sorted({column for _, column in events})
    centre = (columns[0] + columns[-1]) / 2 if columns else 0
    bottom: dict[int, float] = dict.fromkeys(columns, float(-MIDDLE_ROW))
    places: dict[str, Point] = {}
    last = 0.0
    for event, column in events:
        # Time runs down: never above the event before, never upon the one before in the same column.
        step = ROW if column else MIDDLE_ROW
        last = max(last, bottom[column] + step, last + ROW / 2 if places else 0)
        bottom[column] = last
        places[event] = ((column - centre) * COLUMN, last)
    if last > TALL:
        return _wrapped(events)
    return {event: (x, y - last / 2) for event, (x, y) in places.items()}


def _grids(events: Sequence[tuple[str, int]]) -> dict[str, Point]:
    """Small marks in a square for each column, squares side by side, time running on row by row."""
    places: dict[str, Point] = {}
    left = 0.0
    for column in sorted({column for _, column in events}):
        own = [event for event, where in events if where == column]
        wide = math.ceil(math.sqrt(len(own)))
        rows = math.ceil(len(own) / wide)
        for n, event in enumerate(own):
            places[event] = (left + n % wide * CELL, (n // wide - (rows - 1) / 2) * CELL)
        left += (wide + 2) * CELL
    middle = (left - 3 * CELL) / 2
    return {event: (x - middle, y) for event, (x, y) in places.items()}


def _wrapped(events: Sequence[tuple[str, int]]) -> dict[str, Point]:
    """A ladder too long for a screen: each column is wrapped into several, time running on row by row."""
    places: dict[str, Point] = {}
    left = 0.0
    for column in sorted({column for _, column in events}):
        own = [event for event, where in events if where == column]
        step = ROW if column else MIDDLE_ROW
        wide = math.ceil(len(own) * step / TALL)
        rows = math.ceil(len(own) / wide)
        for n, event in enumerate(own):
            places[event] = (left + n % wide * COLUMN, (n // wide - (rows - 1) / 2) * step)
        left += wide * COLUMN
    middle = (left - COLUMN) / 2
    return {event: (x - middle, y) for event, (x, y) in places.items()}


def size(places: Iterable[Point], cell: Point) -> Point:
    """Half width and half height of what stands at the places, each taking a cell."""
    given = list(places)
    if not given:
        return 0, 0
    return (
        max(abs(x) for x, _ in given) + cell[0] / 2,
        max(abs(y) for _, y in given) + cell[1] / 2,
    )


def around(count: int, radius_x: float, radius_y: float) -> list[Point]:
    """Places on an ellipse, from the left clockwise."""
    turns = [math.pi + 2 * math.pi * n / count for n in range(count)]
    return [(radius_x * math.cos(turn), radius_y * math.sin(turn)) for turn in turns]


def spread(wanted: Mapping[str, float], distance: float) -> dict[str, float]:
    """Heights near those wanted, at least a distance apart, in the order wanted."""
    placed: dict[str, float] = {}
    previous = -math.inf
    for name, height in sorted(wanted.items(), key=lambda item: (item[1], item[0])):
        previous = max(height, previous + distance)
        placed[name] = previous
    if not placed:
        return {}
    # Pushing only down moves the whole; take the mean shift back.
    shift = sum(placed[name] - wanted[name] for name in placed) / len(placed)
    return {name: height - shift for name, height in placed.items()}


def circle_order(strength: Mapping[tuple[str, str], float], nodes: Sequence[str]) -> list[str]:
    """Nodes in an order that puts strong partners beside one another: each next one is the strongest left."""
    left = list(nodes)
    order = left[:1]
    left = left[1:]
    while left:
        here = order[-1]
        best = max(
            left,
            key=lambda node: (
                strength.get((here, node), 0) + strength.get((node, here), 0),
                -nodes.index(node),
            ),
        )
        order.append(best)
        left.remove(best)
    return order


def orbit(
    others: Sequence[str], centre: tuple[str, ...], strength: Mapping[tuple[str, str], float]
) -> dict[str, Point]:
    """Places around two in the middle: left those nearer to the left one, above and below those near to both.

    Args:
        others: Who is placed, the most important first.
        centre: The two in the middle.
        strength: How much there is between two, by pair in alphabetical order.
    """
    pull = {code: _pull(code, centre, strength) for code in others}
    for code, own in list(pull.items()):
        if own is None:
            # Without a tie to the middle it stands with its strongest partner.
            near = max(others, key=lambda other: (_between(code, other, strength), other != code, other))
            pull[code] = pull.get(near)
    halves: tuple[list[str], list[str]] = ([], [])
    for number, code in enumerate(sorted(others, key=lambda code: (pull[code] or 0.0, others.index(code)))):
        halves[number % 2].append(code)
    wide = max(540.0, 46.0 * len(others))
    places: dict[str, Point] = {}
    for sign, half in zip((-1, 1), halves, strict=True):
        for number, name in enumerate(half):
            turn = math.pi * (1 - (number + 0.5) / len(half))
            # In a crowd, every second one stands further in.
            reach = wide * (0.74 if len(others) > CROWD and number % 2 else 1.0)
            places[name] = (reach * math.cos(turn), sign * 0.6 * reach * math.sin(turn))
    return places


def _between(a: str, b: str, strength: Mapping[tuple[str, str], float]) -> float:
    return strength.get((min(a, b), max(a, b)), 0.0)


def _pull(code: str, centre: tuple[str, ...], strength: Mapping[tuple[str, str], float]) -> float | None:
    """From -1, only tied to the left one, to 1, only to the right; None without a tie to either."""
    left, right = (_between(code, one, strength) for one in centre)
    return (right - left) / (right + left) if left + right else None
