"""Queries are completed: prefixes, terms, things of the gazetteer, variables, keywords, the magic's words."""

from __future__ import annotations

import pytest

from diplograph.notebook.completion import offers, strangers


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("SELECT ?x { ?x a dg:Vis", ["dg:Visit"]),
        ("SELECT ?x { ?x rdf:type dg:Vis", ["dg:Visit"]),
        ("{ ?x dg:edt", ["dg:edtf"]),
        ("{ ?x dg:host state:JP", ["state:JPN"]),
        ("{ ?x dg:status status:can", ["status:cancelled"]),
        ("{ ?x dg:eventType event-type:state-v", ["event-type:state-visit"]),
        ("{ ?x dg:issue issue:liancourt", ["issue:liancourt-rocks-dispute"]),
        ("{ ?x dg:hasParticipant person:lee-jae-m", ["person:lee-jae-myung"]),
        ("{ ?x dg:occasion gathering:g20-2025", ["gathering:g20-2025"]),
        ("{ ?x rdfs:lab", ["rdfs:label"]),
        ("{ ?x pro", ["prov:"]),
        ("sel", ["SELECT"]),
        ("SELECT ?guest { ?v dg:guest ?gu", ["?guest"]),
        ("{ ?x dg:edtf 'dg:Vis", []),
        ("{ ?x dg:edtf ?w } # dg:Vis", []),
        ("{ <https://example.org/dg:Vis", []),
        ("{ ?x nothing:V", []),
    ],
)
def test_offers(query, offered):
    """What may stand at the cursor is offered; nothing is offered in texts, addresses and remarks."""
    assert offered == offers(query, len(query))[1]


def test_classes_after_a_only():
    """Behind ``a`` classes are meant, elsewhere properties come first."""
    classes = offers("{ ?x a dg:", len("{ ?x a dg:"))[1]
    elsewhere = offers("{ ?x dg:", len("{ ?x dg:"))[1]

    assert "dg:Visit" in classes
    assert "dg:host" not in classes
    assert elsewhere.index("dg:host") < elsewhere.index("dg:Visit")


def test_what_follows_the_cursor_counts():
    """A variable that stands behind the cursor is offered too."""
    query = "SELECT ?wh { ?visit dg:edtf ?when }"

    assert ("?wh", ["?when"]) == offers(query, len("SELECT ?wh"))


def completed(shell, cell):
    """The cells that a front end would make of this one, the cursor at its end."""
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        found = list(shell.Completer.completions(cell, len(cell)))
    return [cell[: one.start] + one.text for one in found]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("%%sparql\nSELECT ?x { ?x a dg:Vis", "%%sparql\nSELECT ?x { ?x a dg:Visit"),
        ("%%sparql\n{\n  ?x dg:host state:KO", "%%sparql\n{\n  ?x dg:host state:KOR"),
        ("%%sparql kg --t", "%%sparql kg --to"),
        ("%%sparql k", "%%sparql kg"),
    ],
)
def test_a_front_end_gets_them(ipython, cell, wanted):
    """A front end that asks IPython gets the query completed, and nothing of Python between."""
    assert [wanted] == completed(ipython, cell)


def test_other_cells_stay_as_they_are(ipython):
    """Python is completed as before, once the extension is there and once it has gone."""
    assert "kg.pair" in completed(ipython, "kg.pai")
    ipython.run_line_magic("unload_ext", "diplograph")
    assert "%%sparql\n{ ?x a dg:Visit" not in completed(ipython, "%%sparql\n{ ?x a dg:Vis")
    ipython.run_line_magic("load_ext", "diplograph")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "{ ?v dg:gest ?g }",
            ["dg:gest is no term of the graph; did you mean 'guest' or 'digest' or 'guestIs'?"],
        ),
        ("{ ?v dg:status status:helt }", ["status:helt is no term of the graph; did you mean 'held'?"]),
        ("{ ?v a dg:Visit ; dg:host state:KOR ; dg:edtf ?when ; foaf:name ?n }", []),
        ("{ ?v dg:hasParticipant person:nobody-we-know }", []),
        ("{ <https://w3id.org/x/dg:gest> ?p ?o }", []),
    ],
)
def test_terms_that_nobody_knows_are_told(query, told):
    """A term of ours that is spelled wrongly is told, with what may have been meant; no other is."""
    assert told == strangers(query)


def test_an_answer_without_rows_tells_them(ipython):
    """Where a query finds nothing, the magic says which of its terms nobody knows."""
    table = ipython.run_cell_magic("sparql", "", "SELECT ?g { ?v dg:gest ?g }")

    assert "did you mean 'guest'" in table.caption
