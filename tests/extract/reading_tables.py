"""Reads the tables of sentences in ``tests/tables`` and says what is wrong with the reading of a row.

A row is a short text, when it was published, what should be read in it, and in its last column ``ok`` or
``miss``: whether the reader gets it right today. Each judge takes a row and gives a complaint, or "" when all
is right.  Run as a program, it lists what is missed:

    python tests/extract/reading_tables.py            # what is missed, and which marks no longer hold
    python tests/extract/reading_tables.py --mark     # marks as ok what is right now
    python tests/extract/reading_tables.py --mark-all # marks every row as it is read now
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from diplograph.extract import coreference, extract
from diplograph.extract.pairing import alike, same_person
from diplograph.model import Document, Polarity, Report
from diplograph.sources.draft import Draft
from diplograph.text import segments, sentences
from diplograph.text.linking import link

TABLES = Path(__file__).resolve().parents[1] / "tables"
Row = Mapping[str, str]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def document(text: str, published: str) -> Document:
    """A document of a row; ``\\n`` in a table is a new line."""
    text = text.replace("\\n", "\n")
    return Draft(name="row", text=text, raw=text.encode()).document(date.fromisoformat(published))


def reports(row: Row) -> tuple[Report, ...]:
    """What is read in a row."""
    return extract(document(row["text"], row["published"]))


def shown(report: Report) -> str:
    """A report as the column ``events`` writes it."""
    facts = report.facts
    arrow = ">" if facts.type in ("visit", "tension") else "-"
    states = arrow.join(facts.states) + (f"@{facts.host}" if facts.type == "meeting" and facts.host else "")
    place = facts.place.name.replace(" ", "_") if facts.place else "-"
    told = f"{facts.type} {states} {facts.status} {place} {facts.when.edtf or '-'}"
    told += f" on {facts.occasion.name}" if facts.occasion else ""
    return told if report.polarity is Polarity.AFFIRMED else f"[{report.polarity}] {told}"


def _of_states(wanted: str, report: Report) -> bool:
    """Whether a report has the states ``KOR>JPN`` (in this order, where order matters) or ``KOR-JPN``."""
    pattern, _, host = wanted.partition("@")
    ordered = ">" in pattern and report.facts.type in ("visit", "tension")
    names = [set(name.split("|")) for name in pattern.replace(">", "-").split("-")]
    states = list(report.facts.states)
    if len(names) != len(states) or (host and report.facts.host != host):
        return False
    if ordered:
        return all(state in name for state, name in zip(states, names, strict=True))
    return all(any(state in name for name in names) for state in states) and all(
        any(state in name for state in states) for name in names
    )


def status(row: Row) -> str:
    """Whether the event of a row is affirmed with its status, denied, hypothetical or not told (none)."""
    told = [
        r for r in reports(row) if r.facts.type in row["type"].split("|") and _of_states(row["states"], r)
    ]
    affirmed = {r.facts.status.value for r in told if r.polarity is Polarity.AFFIRMED}
    found = affirmed or {r.polarity.value for r in told} or {"none"}
    return (
        ""
        if found <= set(row["expected"].split("|"))
        else f"{row['expected']}, read as {'+'.join(sorted(found))}"
    )


def roles(row: Row) -> str:
    """Whether the affirmed events of a row are those expected, and no others."""
    told = [r for r in reports(row) if r.polarity is Polarity.AFFIRMED]
    expected = [event.strip() for event in row["events"].split(";") if event.strip()]
    missing, left = [], list(told)
    for event in sorted(expected, key=lambda e: e.startswith("?")):
        found = next((r for r in left if _told_as(event.lstrip("?"), r)), None)
        if found:
            left.remove(found)
        elif not event.startswith("?"):
            missing.append(event)
    if not missing and not left:
        return ""
    return f"missing: {'; '.join(missing) or 'none'} | extra: {'; '.join(map(shown, left)) or 'none'}"


def _told_as(event: str, report: Report) -> bool:
    """Whether a report has all of ``type states status place date on occasion``; "-" is anything."""
    event, _, occasion = event.partition(" on ")
    kind, states, status_, place, when, *_ = [*event.split(), "-", "-", "-"]
    facts = report.facts
    return (
        facts.type in kind.split("|")
        and _of_states(states, report)
        and (status_ == "-" or facts.status in status_.split("|"))
        and (place == "-" or alike(place.replace("_", " "), facts.place.name if facts.place else None))
        and (when == "-" or facts.when.edtf == when)
        and (
            not occasion or alike(occasion.replace("_", " "), facts.occasion.name if facts.occasion else None)
        )
    )


def negatives(row: Row) -> str:
    """Whether nothing is affirmed in a row."""
    told = [shown(r) for r in reports(row) if r.polarity is Polarity.AFFIRMED]
    return f"extra: {'; '.join(told)}" if told else ""


def attribution(row: Row) -> str:
    """Whether the events of a row are attributed to whom they should be; "-" is the outlet itself."""
    kinds = row["type"].split("|")
    told = [r for r in reports(row) if r.facts.type in kinds and r.polarity is Polarity.AFFIRMED]
    if not told:
        return f"no {row['type']} is read"
    wanted = row["expected"].lower()
    for report in told:
        said = (report.attribution or "-").lower()
        if wanted not in said or len(said) > len(wanted) + 40 or (wanted == "-" != said):
            return f"{row['expected']}, read as {report.attribution}"
    return ""


def linking(row: Row) -> str:
    """Whether the words between braces mean the person and the state of a row."""
    start = row["text"].replace("\\n", "\n").index("{")
    end = row["text"].replace("\\n", "\n").index("}") - 1
    doc = document(row["text"].replace("{", "").replace("}", ""), row["published"])
    lines, registry = link(doc.text, sentences.split(doc.text, segments.split(doc.text)), doc.published)
    coreference.resolve(lines, registry)
    actors = [a for line in lines for a in line.actors if a.start < end and start < a.end]
    places = [p for line in lines for p in line.places if p.start < end and start < p.end]
    actors.sort(key=lambda a: (min(a.end, end) - max(a.start, start), a.start))
    told = [m for a in actors[-1:] for m in a.members or (a,)]
    people = sorted({m.person.slug for m in told if m.person})
    names = [m.person.name for m in told if m.person]
    states = sorted(
        {m.state for m in told if m.state and m.state.isupper()} or {p.state for p in places[:1] if p.state}
    )
    person = _wrong_people(row["person"], people, names)
    wanted = [sorted(option.split("+")) for option in row["state"].split("|")]
    return person or (
        "" if not row["state"] or (states or ["-"]) in wanted else f"state {row['state']}, read as {states}"
    )


def _wrong_people(wanted: str, slugs: list[str], names: list[str]) -> str:
    if not wanted or sorted(wanted.split("+")) == (slugs or ["-"]):
        return ""
    if " " in wanted and len(names) == 1 and same_person(wanted, names[0]) and len(names[0].split()) > 1:
        return ""
    return f"person {wanted}, read as {slugs or names}"


JUDGES = {
    "status": status,
    "linking": linking,
    "roles": roles,
    "attribution": attribution,
    "negatives": negatives,
}


def verdict(name: str, row: Row) -> tuple[bool, str]:
    """Whether the mark of a row holds, and what to do when it does not."""
    wrong = JUDGES[name](row)
    if row["known"] == "ok":
        return not wrong, f"{row['id']}: {wrong} ({row['text']})"
    return bool(wrong), f"{row['id']} is read right now: mark it ok in tests/tables/{name}.tsv"


def main(arguments: list[str]) -> None:
    """List what is missed; mark what is asked for."""
    for name, judge in JUDGES.items():
        table, missed = rows(name), 0
        for row in table:
            wrong = judge(row)
            missed += bool(wrong)
            if wrong:
                print(
                    f"{name}\t{row['id']}\t{'' if row['known'] == 'miss' else 'NEW '}{wrong}\n\t{row['text']}"
                )
            elif row["known"] == "miss":
                print(f"{name}\t{row['id']}\tRIGHT NOW, still marked as a miss")
            if "--mark-all" in arguments or ("--mark" in arguments and not wrong):
                row["known"] = "miss" if wrong else "ok"
        _write(name, table)
        print(f"== {name}: {len(table) - missed} of {len(table)} right ({1 - missed / len(table):.3f})")


def _write(name: str, table: list[dict[str, str]]) -> None:
    lines = ["\t".join(table[0]), *("\t".join(row.values()) for row in table)]
    (TABLES / f"{name}.tsv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
