"""The interactive graph: one HTML file that holds all it needs and asks the network for nothing.

Takes events, their reports and documents; gives HTML. pyvis builds nodes and edges and renders them
through our own template; positions are computed here, physics is off, and the vis-network script comes
from inside the installed pyvis package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from diplograph.analysis import wording
from diplograph.analysis.levels import Level
from diplograph.analysis.turn import whose_turn
from diplograph.errors import DiplographError
from diplograph.model import Document, Event, EventType, Report, Status
from diplograph.views import cards, clean, marks, page, palette, scene, world
from diplograph.views.marks import Link, Node, Picture
from diplograph.views.palette import Look
from diplograph.views.scene import Scene
from diplograph.views.world import Sheet, World

if TYPE_CHECKING:
    from pyvis.network import Network

MOST: Final = 400
"""Events that are drawn unless told otherwise; the list has them all."""

OPEN_ALL_UP_TO: Final = 70
"""Graphs with more marks than this open at the level of states."""

_LOOKS: Final[Mapping[str, Look]] = {
    look.kind: look for look in (palette.STATE, palette.LEADER, palette.ISSUE, *palette.EVENTS.values())
}
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "multiselect": False, "keyboard": False, "zoomSpeed": 0.6},
    "nodes": {"physics": False},
}


@cache
def vis_script() -> str:
    """The vis-network script of the installed pyvis.

    Raises:
        DiplographError: If this pyvis does not carry it.
    """
    from importlib import resources

    folder = resources.files("pyvis") / "lib"
    found = sorted(item.name for item in folder.iterdir() if item.name.startswith("vis-"))
    if not found:
        raise DiplographError(f"no vis-network script in {folder}; install pyvis 0.3.2 or later")
    text = (folder / found[-1] / "vis-network.min.js").read_text(encoding="utf-8")
    # A browser reads every line end as \n before it checks the hash of a script.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def render(
    events: Iterable[Event],
    reports: Iterable[Report] = (),
    *,
    names: Mapping[str, str],
    title: str = "diplograph",
    as_of: date | None = None,
    documents: Iterable[Document] = (),
    most: int = MOST,
) -> str:
    """The graph of events as one HTML file.

    Args:
        events: What to draw.
        reports: Their reports; the quotes come from these.
        names: State code → name.
        title: Title of the page.
        as_of: The day to look from, for the sentence; None looks from the last event.
        documents: The documents of the reports, for their names, dates and addresses.
        most: How many events are drawn at most; the page says how many it left out.
    """
    given = World(
        events=tuple(events),
        reports={report.id: report for report in reports},
        documents={document.id: document for document in documents},
        names=names,
        as_of=as_of,
    )
    return world.written(sheet(given, title=title, most=most), given)


def sheet(given: World, states: Sequence[str] = (), *, title: str | None = None, most: int = MOST) -> Sheet:
    """The graph of all events, or of those that involve all the states named."""
    codes = set(states)
    own = sorted((e for e in given.events if codes <= set(e.facts.states)), key=cards.order)
    drawn = marks.picture(own, given.names, most=most)
    placed = scene.place(drawn)
    record = cards.cards(own, given.reports.values(), given.documents.values(), given.names)
    return Sheet(
        kind="graph",
        key="-".join(states),
        template="network.html",
        title=title or " – ".join(given.names[code] for code in states) or "diplograph",
        sentence=sentence(own, given.names, given.as_of),
        events=tuple(own),
        scripts=(vis_script, page.asset("network.js")),
        styles=(page.asset("network.css"),),
        values={
            "summary": summary(own, record, drawn),
            "canvas": _canvas(drawn, placed),
            "cards": record,
            "kinds": _kinds(drawn),
            "statuses": _statuses(drawn),
            "years": world.years(own),
            "levels": _levels(record),
            "issues": _issues(own),
            "start": "all" if len(drawn.nodes) <= OPEN_ALL_UP_TO else "states",
        },
        facts={
            "nodes": [
                {"id": n.id, "kind": n.kind, "label": n.label, "events": list(n.events)}
                for n in drawn.nodes.values()
            ],
            "left_out_of_picture": drawn.left_out,
        },
    )


def sentence(events: Sequence[Event], names: Mapping[str, str], as_of: date | None) -> str:
    """The sentence that the page opens with: whose turn it is between the two who visit one another most."""
    totals: dict[tuple[str, str], int] = {}
    for event in events:
        if event.facts.type is EventType.VISIT:
            a, b = sorted(marks.main_pair(event.facts))
            totals[a, b] = totals.get((a, b), 0) + 1
    if not totals:
        return "No visit recorded." if events else "Nothing recorded yet."
    a, b = min(totals, key=lambda pair: (-totals[pair], pair))
    return clean.plain(whose_turn(events, a, b, as_of, names=names).sentence)


def summary(events: Sequence[Event], record: Sequence[cards.Card], drawn: Picture) -> str:
    """What the graph holds, from when to when, and what it left out."""
    years = [e.facts.when.earliest_start().year for e in events if e.facts.when.start]
    time = (f", {min(years)}–{max(years)}" if min(years) < max(years) else f", {years[0]}") if years else ""
    states = sum(node.kind == "state" for node in drawn.nodes.values())
    sources = len({quote.source for card in record for quote in card.quotes})
    words = f"{wording.count(len(events), 'event')} of {wording.count(states, 'state')}{time}"
    words += f", from {wording.count(sources, 'source')}." if sources else "."
    if len(drawn.nodes) > OPEN_ALL_UP_TO:
        words += f" It opens with the states alone; “Everything” shows {len(drawn.nodes)} marks."
    if drawn.left_out:
        words += f" The {drawn.left_out} earliest events are in the list but not in the picture."
    return words


def _canvas(drawn: Picture, placed: Scene) -> Any:
    from markupsafe import Markup

    made = build(drawn, placed)
    # pyvis renders with our environment, which escapes; its own would not.
    made.templateEnv = page.environment()
    made.path = "canvas.html"
    return Markup(made.generate_html(name="graph.html"))  # noqa: S704


def build(drawn: Picture, placed: Scene) -> Network:
    """The pyvis network: directed, without physics, each node with its place at both levels."""
    from pyvis.network import Network

    made = Network(directed=True, height="100%", width="100%", cdn_resources="in_line")
    for node in sorted(drawn.nodes.values(), key=lambda node: node.id):
        _add_node(made, node, placed)
    for number, link in enumerate(drawn.links):
        _add_link(made, link, number)
    made.set_options(json.dumps(_OPTIONS))
    return made


def _add_node(made: Network, node: Node, placed: Scene) -> None:
    look = _LOOKS[node.kind]
    x, y = placed.detail.get(node.id, (0.0, 0.0))
    ox, oy = placed.overview.get(node.id, (x, y))
    dot = placed.compact and node.id.startswith("e:")
    made.add_node(
        node.id,
        label=node.label or " ",
        shape="dot" if dot and look.shape in ("box", "ellipse") else look.shape,
        color=look.colour,
        x=round(x, 1),
        y=round(y, 1),
        ox=round(ox, 1),
        oy=round(oy, 1),
        kind=node.kind,
        status=node.status,
        contradicted=node.contradicted,
        dot=dot,
        events=list(node.events),
    )


def _add_link(made: Network, link: Link, number: int) -> None:
    made.add_edge(
        link.start,
        link.end,
        id=f"l:{number}",
        kind=link.kind,
        status=link.status,
        overview=link.overview,
        planned=link.planned,
        events=list(link.events),
        arrows="to" if link.arrow else "",
        width=1 + min(9, link.count) if link.overview else 1.5,
        text=_count(link) if link.overview else "",
    )


def _count(link: Link) -> str:
    held = link.count - link.planned
    words = [wording.count(held, link.kind)] if held else []
    if link.planned:
        words.append(
            f"{link.planned} not held"
            if held
            else wording.count(link.planned, f"{link.kind} not held", f"{link.kind}s not held")
        )
    return ", ".join(words)


def _kinds(drawn: Picture) -> list[dict[str, str]]:
    present = {node.kind for node in drawn.nodes.values()}
    return [
        {"kind": look.kind, "label": look.label, "shape": look.shape}
        for look in _LOOKS.values()
        if look.kind in present
    ]


def _levels(record: Sequence[cards.Card]) -> list[str]:
    present = {card.level for card in record}
    return [str(level) for level in Level if str(level) in present]


def _issues(own: Sequence[Event]) -> list[tuple[str, str]]:
    """Key and name of each issue, those of the vocabulary first."""
    found = {cards.issue_key(topic): topic for event in own for topic in event.facts.issues}
    ranked = sorted(found, key=lambda key: (found[key].id is None, found[key].name.casefold(), key))
    return [(clean.plain(key), clean.short(found[key].name, 40)) for key in ranked]


def _statuses(drawn: Picture) -> list[str]:
    present = {node.status for node in drawn.nodes.values()}
    return [str(status) for status in Status if str(status) in present]
