"""The pages of docs/ontology/: they say what the Turtle says, and every term has its place."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from diplograph.graph import rules, shapes
from diplograph.knowledge import ontology
from diplograph.store import questions

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "ontology"


def test_the_pages_are_current():
    """Generating them anew changes nothing."""
    done = subprocess.run(
        [sys.executable, "scripts/ontology_pages.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )

    assert (0, "") == (done.returncode, done.stderr)


def told(module, name):
    """The rows of a term's table on its page."""
    text = (PAGES / f"{module}.md").read_text(encoding="utf-8")
    block = text.partition(f"\n### {name}\n")[2].partition("\n<a id=")[0]
    return dict(re.findall(r"^\| ([^|]+) \| (.*) \|$", block, re.MULTILINE))


@pytest.mark.parametrize("term", ontology.terms(), ids=lambda term: term.name)
def test_every_term_is_told(term):
    """Each class and property has its label, definition, example and source on its module's page."""
    rows = told(term.module, term.name)

    assert term.label == rows["label"]
    assert {"address", "definition", "example", "source"} <= rows.keys()


def test_a_term_is_told_whole():
    """Hierarchy, definition, alignment, rules, shape and questions of one class stand together."""
    rows = told("events", "HeadOfStateVisit")

    assert "[Visit](events.md#class-visit)" == rows["under"]
    assert "dg:guestParticipation some" in rows["the same as"]
    assert "[office-visits](rules.md#office-visits)" in rows["rules"]
    assert "cameo:042" in told("events", "Visit")["aligned with"]
    assert "dg:underTenure ∘ dg:ofOffice ∘ dg:officeOf" == told("events", "guestPolity")["follows from"]


def test_every_rule_shape_and_question_is_told():
    """Nothing of ontology/ is left out of the pages."""

    def headings(page):
        return set(re.findall(r"^## (\S+)$", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE))

    assert {rule.name for rule in rules.rules()} == headings("rules.md")
    assert {question.name for question in questions.questions()} == headings("questions.md")
    assert {re.split(r"[/#]", check.target)[-1] for check in shapes.checks()} == headings("shapes.md")


def test_every_link_to_a_heading_leads_somewhere():
    """A term, rule, shape or question that is linked to has a heading or anchor of that name."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    anchors = {
        name: {
            *re.findall(r'<a id="([^"]+)">', text),
            *(h.lower() for h in re.findall(r"^## (\S+)$", text, re.MULTILINE)),
        }
        for name, text in texts.items()
    }
    links = [
        (page, name, target)
        for page, text in texts.items()
        for name, target in re.findall(r"\]\(([\w-]+\.md)#([^)]+)\)", text)
    ]

    assert len(links) > 500
    assert [] == [link for link in links if link[2] not in anchors[link[1]]]
