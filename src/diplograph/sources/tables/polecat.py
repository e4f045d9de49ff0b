"""POLECAT: tab-separated, 40 columns with a header; types and modes are those of PLOVER.

Both sides of a visit are coded alike, so the country in which it was placed tells who hosted it.
"""

from __future__ import annotations

from typing import Final

from diplograph.sources.tables.formats import Format


def _actor(side: str) -> tuple[str, ...]:
    return (
        f"{side} Name", f"{side} Country", f"{side} COW", f"Primary {side} Sector", f"{side} Sectors",
        f"{side} Title", f"{side} Name Raw", f"Wikipedia {side} ID",
    )  # fmt: skip


FORMAT: Final = Format(
    name="polecat",
    about="POLECAT, the successor of ICEWS, as Dataverse gives it out by week",
    columns=(
        "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
        *_actor("Actor"), *_actor("Recipient"), "Placename", "City", "District", "Province", "Country",
        "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
        "Story People", "Story Organizations", "Story Locations", "Language", "Version",
    ),
    select={
        "start": "[[Event Date]]",
        "code": "concat_ws('/', [[Event Type]], nullif([[Event Mode]], 'None'))",
        "a_name": "[[Actor Name]]",
        "a_kind": "[[Primary Actor Sector]]",
        "a_land": "nullif([[Actor Country]], 'None')",
        "a_office": "nullif([[Actor Title]], 'None')",
        "b_name": "[[Recipient Name]]",
        "b_kind": "[[Primary Recipient Sector]]",
        "b_land": "nullif([[Recipient Country]], 'None')",
        "b_office": "nullif([[Recipient Title]], 'None')",
        "goldstein": "[[Intensity]]",
        "place": "coalesce([[City]], [[Placename]])",
        "place_land": "[[Country]]",
        "publisher": "[[Source]]",
    },
    confidence=0.8,
    placed=True,
    known_by=frozenset({"Event Mode", "Actor Name", "Recipient Name"}),
)  # fmt: skip
