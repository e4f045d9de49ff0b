"""Rules of ontology/rules/: what they derive, that they come to an end, that they are well-formed."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.errors import InvalidGraphError, KnowledgeError
from diplograph.graph import rules
from diplograph.knowledge import ontology
from diplograph.vocab import DG, ID

SAMPLE = Path(__file__).parent / "sample.trig"
HELD = f"<{DG}status/held>"


def sample():
    return list(ox.parse(path=SAMPLE, format=ox.RdfFormat.TRIG))


def visit(name, guest, host, day, last=None, status="held", occasion=None):
    """A visit as the graph states it; ``last`` is the latest start where the day is not fixed."""
    moment = '"{}"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    event = f"<{ID}event/{name}>"
    lines = [
        f"{event} a dg:Visit ; dg:guest <{ID}state/{guest}> ; dg:host <{ID}state/{host}> .",
        f"<{ID}state/{guest}> a dg:State . <{ID}state/{host}> a dg:State .",
        f"{event} dg:status <{DG}status/{status}> .",
        f"{event} dg:earliestStart {moment.format(day + 'T00:00:00Z')} .",
        f"{event} dg:latestStart {moment.format((last or day) + 'T23:59:59Z')} .",
    ]
    return "\n".join([*lines, f"{event} dg:occasion <{ID}gathering/{occasion}> ." if occasion else ""])


def returns_in(*visits):
    store = ox.Store()
    store.load(f"@prefix dg: <{DG}> .\n" + "\n".join(visits), format=ox.RdfFormat.TURTLE)
    rules.materialise(rules.StoreDoor(store))
    pairs = store.quads_for_pattern(None, ox.NamedNode(DG + "returns"), None)
    return {(q.subject.value.rsplit("/", 1)[1], q.object.value.rsplit("/", 1)[1]) for q in pairs}


def test_a_visit_is_returned_by_the_next_one():
    """Of two later visits the other way only the first returns it."""
    found = returns_in(
        visit("a", "KOR", "JPN", "2023-03-16"),
        visit("b", "JPN", "KOR", "2023-05-07"),
        visit("c", "JPN", "KOR", "2024-09-06"),
    )
    assert {("b", "a")} == found


def test_one_return_answers_all_visits_before_it():
    """Two visits in a row are both answered by the next visit the other way."""
    found = returns_in(
        visit("a", "KOR", "JPN", "2023-03-16"),
        visit("b", "KOR", "JPN", "2023-04-16"),
        visit("c", "JPN", "KOR", "2023-05-07"),
    )
    assert {("c", "a"), ("c", "b")} == found


@pytest.mark.parametrize(
    "other",
    [
        visit("b", "JPN", "KOR", "2023-05-01", last="2023-05-31"),
        visit("b", "JPN", "KOR", "2023-05-07", status="planned"),
        visit("b", "JPN", "KOR", "2023-05-07", occasion="g7-2023"),
        visit("b", "JPN", "KOR", "2023-03-16"),
        visit("b", "JPN", "KOR", "2023-03-01"),
        visit("b", "JPN", "CHN", "2023-05-07"),
        visit("b", "KOR", "JPN", "2023-05-07"),
        visit("b", "JPN", "KOR", "2023-05-07").replace(
            f"<{ID}state/KOR> a dg:State", f"<{ID}state/KOR> a dg:Polity"
        ),
    ],
    ids=["month only", "planned", "gathering", "same day", "earlier", "elsewhere", "same way", "no state"],
)
def test_what_is_no_return(other):
    """Only a held visit of a later, known day, to no gathering, the other way, between states is a return."""
    first = visit("a", "KOR", "JPN", "2023-03-16").replace(f"<{ID}state/KOR> a dg:State .", "")
    assert ("b", "a") not in returns_in(first, other)


def brute_force(found):
    """What the rule says, in plain words: of all later visits the other way the least by day and address."""
    pairs = set()
    for name, guest, host, day in found:
        later = [(d, n) for n, g, h, d in found if (g, h) == (host, guest) and d > day]
        if later:
            pairs.add((min(later)[1], name))
    return pairs


@pytest.mark.parametrize("seed", range(6))
def test_returns_are_those_of_the_definition(seed):
    """On random visits, thick and thin, the rule gives what its definition gives, visit by visit."""
    chance = random.Random(seed)
    states, years = ["AAA", "BBB", "CCC", "DDD"][: 2 + seed % 3], [1, 2, 30][seed % 3]
    made = []
    for number in range(120):
        guest, host = chance.sample(states, 2)
        day = f"{1995 + chance.randrange(years)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        made.append((f"v{number:03d}", guest, host, day))

    assert brute_force(made) == returns_in(*(visit(*one) for one in made))


def test_returns_do_not_grow_with_the_square():
    """Four times as many visits between two states take little more than four times as long."""

    def seconds(count):
        store = ox.Store()
        days = [f"{1950 + n % 70}-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(count)]
        ways = [("KOR", "JPN"), ("JPN", "KOR")]
        visits = (visit(f"v{n}", *ways[n % 2], day) for n, day in enumerate(days))
        store.load(f"@prefix dg: <{DG}> .\n" + "\n".join(visits), format=ox.RdfFormat.TURTLE)
        rule = next(rule for rule in rules.rules() if rule.name == "returns")
        begin = time.process_time()
        assert rules.StoreDoor(store).construct(rule.sparql)
        return time.process_time() - begin

    seconds(200)
    assert seconds(6000) < 8 * seconds(1500)


def test_chains_are_followed():
    """A visit at the Blue House is at Korea, and its guest is of the polity of the tenure."""
    found = {(i.predicate, i.subject, i.object) for i in rules.inferences(sample())}
    at, polity = f"<{DG}at>", f"<{DG}guestPolity>"
    assert (at, f"<{ID}event/v2>", f"<{ID}state/KOR>") in found
    assert (polity, f"<{ID}participation/v2-1>", f"<{ID}state/JPN>") in found


def test_host_of_a_meeting_elsewhere_is_not_involved():
    """The third state in which two others meet is where it is, not a party to it."""
    found = {(i.subject, i.object) for i in rules.inferences(sample()) if i.rule == "involves"}
    assert (f"<{ID}event/m2>", f"<{ID}state/ZAF>") not in found


def test_every_inference_names_its_rule_and_is_new():
    """No inference repeats what was stated, and each names a rule that there is."""
    stated = {(str(q.subject), str(q.predicate), str(q.object)) for q in sample()}
    found = rules.inferences(sample())
    assert set() == stated & {(i.subject, i.predicate, i.object) for i in found}
    assert {rule.name for rule in rules.rules()} >= {i.rule for i in found}
    assert list(found) == sorted(found)


def test_materialising_adds_what_is_listed_and_nothing_twice():
    """The door gets the same triples as the list, and a second run adds none."""
    store = ox.Store()
    store.bulk_extend(sample())
    listed = {(i.subject, i.predicate, i.object) for i in rules.inferences(sample())}
    door = rules.StoreDoor(store)
    assert len(listed) == rules.materialise(door).added
    assert 0 == rules.materialise(door).added


def test_what_was_derived_before_is_listed_again():
    """A graph that already holds what the rules gave, and says so, gives the same list."""
    store = ox.Store()
    store.bulk_extend(sample())
    door = rules.StoreDoor(store)
    stated = {quad.triple for quad in store if isinstance(quad.graph_name, ox.DefaultGraph)}
    rules.materialise(door)
    now = {quad.triple for quad in store if isinstance(quad.graph_name, ox.DefaultGraph)}
    derived = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(rules.INFERRED)) for t in now - stated]
    assert rules.inferences(sample()) == rules.inferences([*store, *derived])


def test_each_rule_gives_something_on_the_sample_or_is_tested_alone():
    """The sample exercises every rule but the one for hosts and guests, which the sample states already."""
    silent = {rule.name for rule in rules.rules()} - {i.rule for i in rules.inferences(sample())}
    assert {"has-participant", "involves"} == silent


def test_guest_and_host_are_involved():
    """Rule ``involves``, and rule ``has-participant``, on a graph that does not state them."""
    dropped = {DG + "involves", DG + "hasParticipant"}
    found = rules.inferences(q for q in sample() if q.predicate.value not in dropped)
    pairs = {(i.rule, i.subject, i.object) for i in found}
    assert ("involves", f"<{ID}event/v1>", f"<{ID}state/JPN>") in pairs
    assert ("has-participant", f"<{ID}event/v1>", f"<{ID}person/yoon>") in pairs


def test_kinds_are_the_closure_of_the_ontology():
    """The pairs in rule ``kinds`` are those of rdfs:subClassOf, followed to the top."""
    above = {t.name: [a.removeprefix(DG) for a in t.above if a.startswith(DG)] for t in ontology.terms()}
    closure = set()
    for name, direct in above.items():
        waiting = list(direct)
        while waiting:
            upper = waiting.pop()
            closure.add((name, upper))
            waiting += above[upper]
    classes = {t.name for t in ontology.terms() if t.kind == "class"}
    text = next(rule.sparql for rule in rules.rules() if rule.name == "kinds")
    assert {(a, b) for a, b in closure if a in classes} == set(re.findall(r"\(dg:(\w+) dg:(\w+)\)", text))


def test_a_rule_without_heading_is_refused(tmp_path):
    """A rule file says its name and meaning in its first line, or is refused with file and line."""
    (tmp_path / "odd.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"odd\.rq:1: begin the rule"):
        rules.rules(tmp_path)


def test_a_rule_that_mints_is_stopped():
    """Rules that never come to an end are reported, not run forever."""
    store = ox.Store()
    store.bulk_extend(sample())
    mint = rules.Rule(
        name="mint",
        sentence="mints",
        sparql="CONSTRUCT { ?s <urn:x:seen> ?new } WHERE { ?s a ?c BIND (STRUUID() AS ?new) }",
    )
    with pytest.raises(InvalidGraphError, match="mint"):
        rules.materialise(rules.StoreDoor(store), [mint])
