"""The Python face gives the same on a store in memory, in a folder and on a server."""

from __future__ import annotations

import pytest

import diplograph
from diplograph import KnowledgeGraph
from diplograph.errors import QueryError, StoreError
from made_reports import shuttle_history


@pytest.fixture
def kg(full):
    """The face over a store of one kind."""
    return KnowledgeGraph(full)


@pytest.fixture
def peer(in_memory):
    """The face over the same history in memory."""
    return KnowledgeGraph(in_memory)


ANSWERS = {
    "events": lambda kg: list(kg.events()),
    "events of a pair": lambda kg: list(kg.events("Korea", "JPN")),
    "sparql": lambda kg: list(
        kg.sparql("SELECT ?e ?when ?host { ?e a dg:Visit ; dg:host ?host ; dg:edtf ?when } ORDER BY ?when ?e")
    ),
    "ask": lambda kg: list(kg.ask("visits-of-x-to-y", guest="KOR", host="JPN")),
    "visits": lambda kg: list(kg.pair("KOR", "JPN").visits()),
    "shuttle": lambda kg: list(kg.pair("KOR", "JPN").shuttle()),
    "balance": lambda kg: list(kg.pair("KOR", "JPN").balance()),
    "whose turn": lambda kg: kg.pair("KOR", "JPN").whose_turn(),
    "strip": lambda kg: kg.pair("KOR", "JPN").strip(),
    "leader": lambda kg: list(kg.leader("Lee Jae Myung").journeys()),
    "counterparts": lambda kg: list(kg.leader("lee-jae-myung").counterparts()),
    "diff": lambda kg: list(kg.diff("2025-09-01")),
    "network": lambda kg: sorted(kg.to_networkx().edges()),
    "measure": lambda kg: list(kg.measure("travellers")),
    "why": lambda kg: tuple(kg.why(kg.pair("KOR", "JPN").visits()[0]["event"])),
    "why of a place": lambda kg: tuple(kg.why(kg.pair("KOR", "JPN").visits()[0]["event"], "place")),
    "dossier": lambda kg: kg.dossier("KOR", "JPN").markdown,
    "view": lambda kg: kg.view().text,
    "as of": lambda kg: kg.as_of(),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_those_of_memory(name, kg, peer):
    """Every question gives the same rows, quotes and pages, wherever the graph is."""
    found = ANSWERS[name](kg)

    assert found
    assert ANSWERS[name](peer) == found


def test_unknown_words_are_told(kg):
    """Who and what is not in the graph is told in words, wherever the graph is."""
    with pytest.raises(QueryError, match="no event of this graph has a person 'Nobody'"):
        kg.leader("Nobody")
    with pytest.raises(StoreError):
        kg.why("0" * 32)


def test_a_server_is_opened_by_its_address(server):
    """``diplograph.open`` takes an address as it takes a folder, and so does whoever writes."""
    server.empty()
    with diplograph.open(server.address.query, read_only=True) as kg:
        assert 0 == len(kg.events())
    with server.open() as kept:
        document, reports = shuttle_history()[0]
        kept.add(document, reports)
    with diplograph.open(server.address.query, read_only=True) as kg:
        assert 2 == len(kg.events())
        visit = kg.pair("KOR", "JPN").visits()[0]
        assert ["Lee visited Tokyo on Aug. 23-24."] == [one.quote for one in kg.why(visit["event"], "guest")]
    server.empty()
