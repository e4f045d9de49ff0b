"""Visits of foreign leaders to the United States and travels abroad of its Presidents and Secretaries of State.

Two tables of the Office of the Historian, US Department of State; one row is one official's stay in one
country. Kind and occasion of a stay stand in its remark, which is read in addition like an article.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from diplograph.sources.tables.formats import Format

# The first words of a remark that tell the kind of a stay; what they do not tell is a visit without a subtype.
_KINDS: Final = (
    ("private-visit", r"private visit|private stay|vacation|unofficial|honeymoon|personal visit|medical"),
    ("transit", r"in transit|transit(ed|ing)|transit stop"),
    ("stopover", r"stop-?over|stopped|refuel|en route|brief stop"),
    ("funeral-visit", r"funeral|memorial service for"),
    ("state-visit", r"state visit"),
    ("working-visit", r"working visit"),
    ("official-visit", r"official visit"),
)
_OCCASION: Final = (
    r"(?:[Aa]ttended|[Aa]ttending|to attend) (?:the |a |an )?"
    r"([^.;,]*?(?:Summit|summit|Conference|General Assembly|Ministerial|Session|Congress|Assembly|Council|Forum|"
    r"Meeting)[^.;,]*)"
)


def _subtype(remark: str) -> str:
    cases = " ".join(
        f"WHEN regexp_matches(lower({remark}), '{words}') THEN '{kind}'" for kind, words in _KINDS
    )
    return f"CASE {cases} END"


def _occasion(remark: str) -> str:
    # A meeting with somebody, or of one's own mission, is no gathering of states.
    found = f"nullif(trim(regexp_extract({remark}, '{_OCCASION}', 1)), '')"
    return (
        f"CASE WHEN {found} NOT LIKE '% with %' AND {found} NOT LIKE '%Chiefs of Mission%' THEN {found} END"
    )


def _land(label: str, slug: str) -> str:
    return f"concat_ws('|', {label}, replace({slug}, '-', ' '))"


def _stays(
    name: str, about: str, columns: str, known_by: str, remark: str, cells: Mapping[str, str]
) -> Format:
    """A table of stays; what both tables tell alike."""
    told = f"[[{remark}]]"
    return Format(
        name=name,
        about=f"{about}, US Department of State",
        columns=tuple(columns.split()),
        select={
            "start": "[[start]]",
            "stop": "[[end]]",
            "code": "'visit'",
            "subtype": _subtype(told),
            "occasion": _occasion(told),
            "remark": told,
            **cells,
        },
        delimiter=",",
        machine=False,
        confidence=0.98,
        official=True,
        optional=frozenset({remark}),
        known_by=frozenset(known_by.split()),
    )


VISITS: Final = _stays(
    "historyatstate-visits",
    "visits by foreign leaders to the United States",
    "id start end visitor from_id from_label description",
    "visitor from_id from_label",
    "description",
    {
        "a_name": "[[visitor]]",
        "a_land": _land("[[from_label]]", "[[from_id]]"),
        "b_land": "'USA'",
        "a_code": "[[from_id]]",
        "b_code": "'united-states'",
    },
)

TRAVELS: Final = _stays(
    "historyatstate-travels",
    "travels abroad of US Presidents and Secretaries of State",
    "id role who name start end country_id country locale remarks",
    "role who country_id locale",
    "remarks",
    {
        "a_name": "trim(regexp_replace([[name]], '\\s*\\([^)]*\\)', '', 'g'))",
        "a_land": "'USA'",
        "a_office": "CASE [[role]] WHEN 'president' THEN 'President' WHEN 'secretary' THEN 'Secretary of State' "
        "ELSE [[role]] END",
        "b_land": _land("[[country]]", "[[country_id]]"),
        "place": "trim(split_part([[locale]], ',', 1))",
        "place_land": _land("[[country]]", "[[country_id]]"),
        "a_code": "'united-states'",
        "b_code": "[[country_id]]",
    },
)
