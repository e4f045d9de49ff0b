"""The words between braces mean the person and the state that the table says.

To add a case, add a row to ``tests/tables/linking.tsv``: person is a slug or a name, state an alpha-3 code,
``A+B`` two of them, ``A|B`` either, ``-`` none, and an empty field is not asked for.
"""

import pytest
from reading_tables import document, rows, verdict

from diplograph.extract import coreference
from diplograph.text import segments, sentences
from diplograph.text.linking import link

ROWS = rows("linking")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_row(row):
    """A row marked ok is linked right; one marked as a miss is not yet, or its mark must go."""
    holds, complaint = verdict("linking", row)
    assert holds, complaint


def linked(text, published="2025-09-10"):
    doc = document(text, published)
    lines, registry = link(doc.text, sentences.split(doc.text, segments.split(doc.text)), doc.published)
    coreference.resolve(lines, registry)
    return doc.text, lines, registry


PASSAGE = (
    "Japanese Prime Minister Shigeru Ishiba flew to Busan on Tuesday. President Lee Jae Myung met him there. "
    "The two leaders dined. On Wednesday Ishiba went home, and Lee returned to Seoul."
)


def test_offsets_are_those_of_the_text():
    """Actors, places and words stand where they say they stand."""
    text, lines, _ = linked(PASSAGE)
    for line in lines:
        tokens = line.tokens
        assert tokens.words == [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]
        for actor in line.actors:
            assert (tokens.starts[actor.i], tokens.ends[actor.j - 1]) == (actor.start, actor.end)
        for place in line.places:
            assert line.sentence.start <= place.start < place.end <= line.sentence.end


def test_actors_do_not_overlap():
    """No word belongs to two actors."""
    _, lines, _ = linked(PASSAGE)
    for line in lines:
        taken = [k for actor in line.actors for k in range(actor.i, actor.j)]
        assert sorted(set(taken)) == taken


def test_each_person_is_entered_once():
    """Surnames, pronouns and pairs make no new persons."""
    _, _, registry = linked(PASSAGE)
    assert ["lee-jae-myung", "shigeru-ishiba"] == sorted(person.slug for person in registry.people)


def test_nothing_is_linked_without_names():
    """Prose without names has no actors that stand for a state."""
    _, lines, _ = linked("It rained all day. Nobody came, and the shops were shut.")
    assert [] == [a for line in lines for a in line.actors if a.state]
