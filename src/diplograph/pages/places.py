"""The table of pages: which kinds there are, where they stand, and how each is made of a store.

Takes an open store, an address and parameters; gives a ``Reply``. A server, a site and the command line go
through the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import unquote

from diplograph import record
from diplograph.errors import QueryError, StoreError
from diplograph.pages import dossiers, gather, reply, twins
from diplograph.pages.dossiers import day
from diplograph.pages.reply import Reply
from diplograph.store import Store
from diplograph.views import ways, world
from diplograph.views.ways import Form, Ways
from diplograph.views.world import Sheet, World

Given = Mapping[str, str]
Maker = Callable[[Store, str, Given, Ways], tuple[Sheet, World]]

SERVED: Final = Ways(form=Form.SERVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A kind of page.

    Attributes:
        kind: Its name.
        pattern: Its address, ``{key}`` standing for what it is about.
        about: What it shows, in a sentence.
        parameters: What it may be told besides, with what that is.
        make: Makes its sheet of a store, a key and parameters.
    """

    kind: str
    pattern: str
    about: str
    make: Maker
    parameters: Mapping[str, str]


AS_OF: Final = {"as-of": "The day to look from, as 2026-01-09; the newest source's unless told."}


def dyad(key: str) -> tuple[str, str]:
    """The two states of a key such as ``KOR-JPN``.

    Raises:
        StoreError: If it names no two known states.
    """
    from diplograph.knowledge import gazetteer

    codes = key.upper().split("-")
    known = gazetteer.load().states
    if len(codes) != 2 or codes[0] == codes[1] or not known.keys() >= set(codes):
        raise StoreError(f"{key!r} names no two states; write it as KOR-JPN")
    return codes[0], codes[1]


def _from(made: World, given: Given) -> World:
    """A world as it is looked at from the day that was told."""
    looked_from = day(given, "as-of")
    return replace(made, as_of=looked_from) if looked_from else made


def _start(store: Store, _key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import start

    made = _from(gather.world(store, own), given)
    return start.sheet(made), made


def _pair(store: Store, key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import pair

    made = _from(gather.world_of_states(store, dyad(key), own), given)
    return pair.sheet(made, *dyad(key)), made


def _graph(store: Store, key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import network

    states = dyad(key) if key else ()
    made = _from(gather.world_of_states(store, states, own) if key else gather.world(store, own), given)
    return network.sheet(made, states), made


def _map(store: Store, _key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import atlas

    made = _from(gather.world(store, own), given)
    return atlas.sheet(made), made


def _event(store: Store, key: str, _given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import event

    made = gather.world_of_event(store, key, own)
    return event.sheet(made, store.event(record.event_id(store, key)).id), made


def _why(store: Store, key: str, _given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import why

    made = gather.world_of_event(store, key, own)
    return why.sheet(made, store.event(record.event_id(store, key)).id), made


def _source(store: Store, key: str, _given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import document

    made = gather.world_of_source(store, key, own)
    return document.sheet(made, next(iter(made.documents))), made


def _named(module: str) -> Maker:
    """The maker of a page whose view knows its keys."""

    def make(store: Store, key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
        from importlib import import_module

        view: Any = import_module(f"diplograph.views.{module}")
        if module == "state":
            made = _from(gather.world_of_state(store, key, own), given)
        else:
            made = _from(gather.world_of_thing(store, module, key, own), given)
        found = ways.named(key, view.keys(made))
        if found is None:
            raise StoreError(f"no {module} {key!r} in this graph")
        return view.sheet(made, found), made

    return make


def _changes(store: Store, _key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import changes

    made = gather.world(store, own)
    return changes.sheet(made, day(given, "since"), day(given, "until")), made


def _questions(store: Store, key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.store import questions as asking
    from diplograph.views import questions

    made = gather.world_of_nothing(store, own)
    if not key:
        return questions.listing(made, asking.questions()), made
    asked = asking.question(key)
    values = {p.name: given[p.name] for p in asked.parameters if given.get(p.name)}
    if any(p.default is None and p.name not in values for p in asked.parameters):
        return questions.answered(made, asked, values, None), made
    try:
        answer = asking.ask(store, key, values)
    except QueryError as problem:
        return questions.answered(made, asked, values, None, str(problem)), made
    return questions.answered(made, asked, values, answer), made


def _sparql(store: Store, _key: str, given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.views import questions

    made = gather.world_of_nothing(store, own)
    return questions.sparql(made, given.get("query", "")), made


def _ontology(_store: Store, _key: str, _given: Given, own: Ways) -> tuple[Sheet, World]:
    from diplograph.knowledge import ontology
    from diplograph.views import terms

    made = World(events=(), reports={}, documents={}, names={}, ways=own)
    return terms.sheet(ontology.terms(), ontology.event_types()), made


def _table(*rows: tuple[str, str, str, Maker, Mapping[str, str]]) -> dict[str, Place]:
    return {
        kind: Place(kind=kind, pattern=pattern, about=about, make=make, parameters=parameters)
        for kind, pattern, about, make, parameters in rows
    }


SPAN: Final = {"since": "Published after this day.", "until": "Published up to this day."}
PLACES: Final[Mapping[str, Place]] = _table(
    ("start", "/", "What the graph holds, exchanges alive now, newest sources.", _start, AS_OF),
    (
        "pair",
        "/pair/{key}",
        "Two states: whose turn, the shuttle strip, balance, agenda, record.",
        _pair,
        AS_OF,
    ),
    ("state", "/state/{key}", "A state: partners, visits by year, leaders, balance.", _named("state"), AS_OF),
    ("leader", "/leader/{key}", "A leader: tenures, journeys, counterparts.", _named("leader"), AS_OF),
    ("event", "/event/{key}", "An event, field by field, report by report.", _event, {}),
    ("why", "/why/{key}", "The facts of an event with the words behind each.", _why, {}),
    ("issue", "/issue/{key}", "An issue: who raises it, when, in what words.", _named("issue"), AS_OF),
    (
        "gathering",
        "/gathering/{key}",
        "A gathering: who met whom on its margins.",
        _named("gathering"),
        AS_OF,
    ),
    ("source", "/source/{key}", "A source with what was read in it.", _source, {}),
    ("graph", "/graph", "The interactive graph; /graph/KOR-JPN of a pair.", _graph, AS_OF),
    ("map", "/map", "Journeys on the map, by year.", _map, AS_OF),
    ("changes", "/changes", "What was published between two days changed.", _changes, SPAN),
    ("questions", "/questions", "Competency questions; /questions/whose-turn answers one.", _questions, {}),
    ("sparql", "/sparql", "An editor for SPARQL.", _sparql, {}),
    ("ontology", "/ontology", "The terms of the graph.", _ontology, {}),
)


def answer(store: Store, address: str, given: Given | None = None, own: Ways = SERVED) -> Reply:
    """What stands at an address: a page, or its twin if the address ends in ``.json`` or ``.ttl``.

    Args:
        store: An open store.
        address: The path, such as ``/pair/KOR-JPN.json``.
        given: Parameters, as in ``?as-of=2026-01-09``.
        own: The ways between pages.

    Raises:
        StoreError: If nothing stands there.
        QueryError: If a parameter has no meaning.
        MissingExtraError: If an extra is missing.
    """
    path, ending = _split(unquote(address))
    kind, key = _parts(path)
    if kind == "dossier":
        return dossiers.answer(store, dyad(key), ending or "html", given or {}, own)
    if kind not in PLACES or not _fits(kind, key):
        raise StoreError(f"there is no page at {address!r}")
    sheet, made = PLACES[kind].make(store, key, given or {}, own)
    if ending == "json":
        return Reply(media=reply.JSON, body=twins.as_json(sheet, made).encode(), title=sheet.title)
    if ending == "ttl":
        return Reply(media=reply.TURTLE, body=twins.as_turtle(sheet, made).encode(), title=sheet.title)
    if ending:
        raise StoreError(f"a {kind} has no twin that ends in .{ending}; there are .json and .ttl")
    return reply.page(world.written(sheet, made), sheet.title)


def _fits(kind: str, key: str) -> bool:
    """Whether a kind of page is about something, as the address says."""
    return kind in ("graph", "questions") or (kind in ways.KEYED) == bool(key)


_ENDINGS = frozenset({"html", "json", "ttl", "md", "pdf"})


def _split(address: str) -> tuple[str, str]:
    head, dot, ending = address.rpartition(".")
    # "seoul.txt" is the name of a source and no ending of ours.
    return (head, ending) if dot and ending in _ENDINGS else (address, "")


def _parts(path: str) -> tuple[str, str]:
    pieces = path.strip("/").split("/", 1)
    kind = pieces[0] or "start"
    key = pieces[1] if len(pieces) > 1 else ""
    if kind in ("start", "index") and not key:
        return "start", ""
    if kind == "why" and "/" in key:
        # The fact itself is a place on the page.
        key = key.partition("/")[0]
    return kind, key


def results(query: str, found: object | None, problem: str = "", own: Ways = SERVED) -> Reply:
    """The page of SPARQL with an answer (``diplograph.store.Answer``), or with why there is none."""
    from diplograph.store import Answer
    from diplograph.views import questions

    made = World(events=(), reports={}, documents={}, names=gather.state_names(), ways=own)
    answered = found if isinstance(found, Answer) else None
    sheet = questions.sparql(made, query, answered, problem)
    return reply.page(world.written(sheet, made), sheet.title)
