"""Tables of audiences: a row for each, with day, guest, host and town."""

from diplograph.sources.tables import Format

FORMAT = Format(
    name="audiences",
    about="audiences of a court, a row for each",
    columns=("Day", "Guest", "Host", "Town"),
    select={
        "start": "[[Day]]",
        "code": "'visit'",
        "a_land": "[[Guest]]",
        "b_land": "[[Host]]",
        "place": "[[Town]]",
        "place_land": "[[Host]]",
    },
    delimiter=",",
    machine=False,
    confidence=0.99,
    known_by=frozenset({"Day", "Guest", "Town"}),
)
