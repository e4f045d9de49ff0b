"""GDELT 2.0 events: tab-separated, 61 columns without a header, as its codebook names them."""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from typing import Final

from diplograph.sources.tables.formats import Format


def _actor(n: int) -> tuple[str, ...]:
    kinds = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
        "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"Actor{n}{kind}" for kind in kinds)


def _geo(whose: str) -> tuple[str, ...]:
    kinds = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{whose}Geo_{kind}" for kind in kinds)


FORMAT: Final = Format(
    name="gdelt",
    about="GDELT 2.0 events, a file of fifteen minutes or any number of them",
    columns=(
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor(1), *_actor(2), "IsRootEvent",
        "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
        "NumArticles", "AvgTone", *_geo("Actor1"), *_geo("Actor2"), *_geo("Action"), "DATEADDED", "SOURCEURL",
    ),
    select={
        "start": "concat_ws('-', [[SQLDATE]][1:4], [[SQLDATE]][5:6], [[SQLDATE]][7:8])",
        "code": "[[EventCode]]",
        # The country is what GDELT is sure of; its names are often only a word that it found.
        "a_name": "[[Actor1CountryCode]]",
        "a_kind": "[[Actor1Type1Code]]",
        "a_land": "[[Actor1CountryCode]]",
        "b_name": "[[Actor2CountryCode]]",
        "b_kind": "[[Actor2Type1Code]]",
        "b_land": "[[Actor2CountryCode]]",
        "goldstein": "[[GoldsteinScale]]",
        "place": "CASE WHEN [[ActionGeo_Type]] IN ('3', '4') THEN split_part([[ActionGeo_Fullname]], ',', 1) END",
        "place_land": "CASE WHEN [[ActionGeo_Type]] IN ('3', '4') THEN 'gec:' || [[ActionGeo_CountryCode]] END",
        "publisher": "regexp_extract([[SOURCEURL]], '^[a-z]+://([^/]+)', 1)",
    },
    header=False,
    confidence=0.6,
)  # fmt: skip
