"""COLT, Country and Organizational Leader Travel: the sheet Master, or CSV in latin1; a row for each trip."""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from typing import Final

from diplograph.sources.tables.formats import Format

_DAY: Final = (
    "CASE WHEN {0} SIMILAR TO '[0-9]{{4}}(-[0-9]{{2}}){{0,2}}' THEN {0} "
    "ELSE strftime(coalesce(try_strptime({0}, '%m/%d/%Y'), try_strptime({0}, '%d-%b-%Y'), "
    "try_strptime({0}, '%Y-%m-%d %H:%M:%S')), '%Y-%m-%d') END"
)
_NOTES: Final = "lower(coalesce([[Notes]], ''))"

FORMAT: Final = Format(
    name="colt",
    about="COLT, travel of leaders of states and organisations 1990 to 2023",
    columns=(
        "TripID", "LeaderID", "LeaderCountryOrIGO", "LeaderCountryISO", "LeaderRole", "LeaderTitle",
        "LeaderSurname", "LeaderFullName", "Exiled", "CountryVisited", "CountryVisitedISO", "TripYear",
        "TripStartDate", "TripEndDate", "TripDuration", "SubHOGSTravelWithHOGS", "MetHostHoGS", "HostHOGSName",
        "AttendedMultilatEvent", "NameMultilatEvent", "AttendedMultilatMinisterialEvent",
        "NameMultilatMinisterialEvent", "MetNonhostHOGS", "NonhostHOGSNames", "Notes", "Confidence",
    ),
    optional=frozenset({
        "LeaderID", "LeaderRole", "LeaderSurname", "Exiled", "TripYear", "TripDuration", "SubHOGSTravelWithHOGS",
        "MetHostHoGS", "HostHOGSName", "AttendedMultilatEvent", "NameMultilatEvent", "MetNonhostHOGS",
        "AttendedMultilatMinisterialEvent", "NameMultilatMinisterialEvent", "NonhostHOGSNames", "Notes",
        "Confidence",
    }),
    select={
        "start": f"coalesce({_DAY.format('[[TripStartDate]]')}, [[TripYear]])",
        "stop": _DAY.format("[[TripEndDate]]"),
        "code": "'visit'",
        "subtype": f"CASE WHEN {_NOTES} LIKE '%state visit%' THEN 'state-visit' WHEN {_NOTES} LIKE '%private%' THEN "
        f"'private-visit' WHEN regexp_matches({_NOTES}, 'stop-?over|stopped|en route|refuel') THEN 'stopover' "
        f"WHEN {_NOTES} LIKE '%transit%' THEN 'transit' WHEN {_NOTES} LIKE '%funeral%' THEN 'funeral-visit' END",
        "a_name": "[[LeaderFullName]]",
        "a_land": "coalesce([[LeaderCountryISO]], [[LeaderCountryOrIGO]])",
        "a_office": "[[LeaderTitle]]",
        "b_land": "coalesce([[CountryVisitedISO]], [[CountryVisited]])",
        "b_name": "CASE WHEN [[MetHostHoGS]] = '1' THEN [[HostHOGSName]] END",
        "occasion": "CASE WHEN [[AttendedMultilatEvent]] = '1' THEN coalesce([[NameMultilatEvent]], 'gathering') "
        "WHEN [[AttendedMultilatMinisterialEvent]] = '1' THEN "
        "coalesce([[NameMultilatMinisterialEvent]], 'ministerial gathering') END",
        "reject": "CASE WHEN [[Exiled]] = '1' THEN 'a leader in exile' END",
    },
    delimiter=",",
    machine=False,
    confidence=0.95,
    legacy="latin-1",
    official=True,
    known_by=frozenset({"TripID", "LeaderFullName", "CountryVisitedISO"}),
)  # fmt: skip
