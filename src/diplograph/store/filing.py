"""The index of reports in columns, as N-Quads text: under which keys each report and event is filed.

Takes nothing; gives SQL over the table ``events`` of ``statements``. The keys are those of
``consensus.touch``; a test holds both together.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from typing import Final

from diplograph.consensus.likeness import ACTS, DIRECTED, OFF, OPEN
from diplograph.graph.ntriples import dg, node
from diplograph.model import EventType
from diplograph.store.engine import INDEX
from diplograph.vocab import ID

_FILED: Final = f"{dg('filed')}"
_END: Final = f" <{INDEX}> .\n"
_FEW: Final = 4  # days that are filed one by one

MACROS: Final = f"""
CREATE OR REPLACE TEMP MACRO months_of(a, b) AS list_transform(
    range(12 * year(a) + month(a) - 1, 12 * year(b) + month(b)),
    lambda x: printf('%d-%02d', x // 12, x % 12 + 1));
CREATE OR REPLACE TEMP MACRO years_of(a, b) AS range(year(a), year(b) + 1);
CREATE OR REPLACE TEMP MACRO span_keys(a, b) AS CASE
    WHEN a = b THEN ['D' || a::VARCHAR, 'M' || strftime(a, '%Y-%m'), 'Y' || year(a)]
    WHEN b - a < {_FEW} THEN list_concat(
        list_transform(range(0, b - a + 1), lambda x: 'D' || (a + x::INTEGER)::VARCHAR),
        list_transform(months_of(a, b), lambda x: 'M' || x), list_transform(years_of(a, b), lambda x: 'Y' || x))
    WHEN len(months_of(a, b)) <= 2 THEN list_concat(
        flatten(list_transform(months_of(a, b), lambda x: ['m' || x, 'M' || x])),
        list_transform(years_of(a, b), lambda x: 'Y' || x))
    WHEN year(b) - year(a) < 2 THEN flatten(list_transform(years_of(a, b), lambda x: ['y' || x, 'Y' || x]))
    ELSE ['z'] END;
"""


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
    years = "CASE WHEN year(ended) - year(day) <= 1 THEN years_of(day, ended) ELSE [] END"
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
    many = f"array_to_string(list_transform(span_keys(day, ended), lambda x: {filed('x')}), '')"
    return f"CASE WHEN day = ended THEN concat({day}) ELSE {many} END"


def _traits() -> str:
    """What the report can share with one that tells no date."""
    acts = ", ".join(f"'{kind}'" for kind in sorted(ACTS))
    opened, off = (", ".join(f"'{status}'" for status in sorted(told)) for told in (OPEN, OFF))
    return (
        "list_concat(list_transform(coalesce(place_names, []), lambda x: 'p:' || x), "
        "CASE WHEN occasion IS NOT NULL THEN ['o:' || series] ELSE [] END, "
        f"CASE WHEN type IN ({acts}) THEN list_transform(issues, lambda x: 'i:' || x.key) ELSE [] END, "
        f"CASE WHEN status IN ({opened}) THEN ['c:any'] ELSE [] END, "
        f"CASE WHEN status IN ({off}) THEN ['c:off'] ELSE [] END)"
    )


def _each(subject: str, items: str, key: str) -> str:
    statement = f"concat({subject}, ' {_FILED} ', lit({key}), '{_END}')"
    return f"array_to_string(list_transform({items}, lambda x: {statement}), '')"
