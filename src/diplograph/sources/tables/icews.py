"""ICEWS coded events: tab-separated, 20 columns with a header; the key is Event ID and Event Date."""

from __future__ import annotations

from typing import Final

from diplograph.sources.tables.formats import Format

FORMAT: Final = Format(
    name="icews",
    about="ICEWS coded event data, as Dataverse gives it out by year",
    columns=(
        "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
        "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
        "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
    ),
    select={
        "start": "[[Event Date]]",
        "code": "coalesce([[CAMEO Code]], [[Event Text]])",
        "a_name": "[[Source Name]]",
        "a_kind": "[[Source Sectors]]",
        "a_land": "[[Source Country]]",
        "b_name": "[[Target Name]]",
        "b_kind": "[[Target Sectors]]",
        "b_land": "[[Target Country]]",
        "goldstein": "[[Intensity]]",
        "place": "[[City]]",
        "place_land": "[[Country]]",
        "publisher": "[[Publisher]]",
    },
    confidence=0.8,
    known_by=frozenset({"Event Date", "Source Name", "CAMEO Code", "Target Name"}),
)  # fmt: skip
