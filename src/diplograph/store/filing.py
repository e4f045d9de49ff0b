"""The index of reports in columns, as N-Quads text: under which keys each report and event is filed.

Takes the table ``events`` of ``statements``; gives SQL over it. The keys are those of ``consensus.touch``; only
those of a day are spelled out here once more, and a test holds both together.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplograph.consensus import touch
from diplograph.consensus.likeness import ACTS, DIRECTED, OFF, OPEN
from diplograph.graph.ntriples import dg, node
from diplograph.model import EventType
from diplograph.store.engine import INDEX
from diplograph.vocab import ID

if TYPE_CHECKING:
    import duckdb

_FILED: Final = f"{dg('filed')}"
_END: Final = f" <{INDEX}> .\n"


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Have the keys of every time at hand that is more than a day; there are few different ones."""
    spans = con.sql("SELECT DISTINCT day, ended FROM events WHERE day <> ended ORDER BY ALL").fetchall()
    keys = [list(touch.span_keys(first, last)) for first, last in spans]
    names = [f"{first}/{last}" for first, last in spans]
    con.execute(
        "SET VARIABLE span_keys = map($names::VARCHAR[], $keys::VARCHAR[][])", {"names": names, "keys": keys}
    )


def lines(source: str) -> list[str]:
    """The SQL of the statements of the index for a report and its event.

    Args:
        source: Id of the source of the reports.
    """
    report, event = f"'<{ID}report/' || id || '>'", f"'<{ID}event/' || event || '>'"
    directed = ", ".join(f"'{kind}'" for kind in sorted(DIRECTED))
    dyad = "array_to_string(list_sort(list_distinct(states)), '-')"
    parties = f"CASE WHEN type IN ({directed}) THEN array_to_string(states, '>') ELSE {dyad} END"
    family = f"concat('a ', type, ':', {parties})"
    years = "CASE WHEN year(ended) - year(day) <= 1 THEN range(year(day), year(ended) + 1) ELSE [] END"
    traits = (
        f"flatten(list_transform({_traits()}, lambda t: "
        f"list_transform({years}, lambda y: concat({family}, ' t ', t, ' ', y))))"
    )
    kinds = f"'{EventType.VISIT}', '{EventType.MEETING}'"
    found = _spans(event, f"concat('e ', type, ':', {dyad})")
    return [
        f"concat({report}, ' {dg('reportedIn')} {node('source', source)}{_END}')",
        _spans(report, family),
        f"CASE WHEN len(staff) > 0 THEN {_each(report, traits, 'x')} END",
        f"CASE WHEN type IN ({kinds}) THEN {found} END",
        f"concat({event}, ' {_FILED} \"dyad ', {dyad}, '\"{_END}')",
    ]


def _spans(subject: str, family: str) -> str:
    """The keys of a time; nearly all rows tell a day, whose keys need no list."""

    def filed(key: str) -> str:
        return f"concat({subject}, ' {_FILED} \"', {family}, ' ', {key}, '\"{_END}')"

    day = ", ".join(filed(key) for key in ("'D', day", "'M', strftime(day, '%Y-%m')", "'Y', year(day)"))
    many = f"array_to_string(list_transform(getvariable('span_keys')[concat(day, '/', ended)], lambda x: {filed('x')}), '')"
    return f"CASE WHEN day = ended THEN concat({day}) ELSE {many} END"


def _traits() -> str:
    """What the report can share with one that tells no date."""
    acts = ", ".join(f"'{kind}'" for kind in sorted(ACTS))
    opened, off = (", ".join(f"'{status}'" for status in sorted(told)) for told in (OPEN, OFF))
    return (
        f"list_concat(list_transform(coalesce(place_names, []), lambda x: '{touch.PLACE}' || x), "
        f"CASE WHEN occasion IS NOT NULL THEN ['{touch.OCCASION}' || series] ELSE [] END, "
        f"CASE WHEN type IN ({acts}) THEN list_transform(issues, lambda x: '{touch.ISSUE}' || x.key) ELSE [] END, "
        f"CASE WHEN status IN ({opened}) THEN ['{touch.PLAN}'] ELSE [] END, "
        f"CASE WHEN status IN ({off}) THEN ['{touch.CALLED_OFF}'] ELSE [] END)"
    )


def _each(subject: str, items: str, key: str) -> str:
    statement = f"concat({subject}, ' {_FILED} ', lit({key}), '{_END}')"
    return f"array_to_string(list_transform({items}, lambda x: {statement}), '')"
