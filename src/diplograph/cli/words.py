"""What the shell offers when a word is completed: states, questions, measures, pictures, extractors.

Each function takes the beginning of a word; gives the words that may be meant, with what they are. Nothing
here opens a graph or loads the gazetteer: a key pressed twice must not wait for them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

Offer = tuple[str, str]


def states(begun: str) -> Iterator[Offer]:
    """Codes of states, and names that are one word."""
    from diplograph import resources

    with resources.path("data/states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, name = row["id"], row["name"]
            if code.startswith(begun.upper()) or (
                " " in name and name.casefold().startswith(begun.casefold())
            ):
                yield code, name
            elif name.casefold().startswith(begun.casefold()):
                yield name, code


def questions(begun: str) -> Iterator[Offer]:
    """Names of competency questions."""
    from diplograph.store import questions as asking

    for one in asking.questions():
        if one.name.startswith(begun):
            yield one.name, one.text


def measures(begun: str) -> Iterator[Offer]:
    """Names of measures."""
    yield from _plugged("measure", begun)


def extractors(begun: str) -> Iterator[Offer]:
    """Names of extractors; the last of several with commas."""
    before, comma, last = begun.rpartition(",")
    for name, package in _plugged("extractor", last):
        yield f"{before}{comma}{name}", package


def pictures(begun: str) -> Iterator[Offer]:
    """Kinds of pages and pictures."""
    from diplograph.cli.view import Picture

    yield from ((one.value, "page") for one in Picture if one.value.startswith(begun))
    yield from (offer for offer in _plugged("view", begun) if offer[0] not in set(Picture))


def _plugged(socket: str, begun: str) -> Iterator[Offer]:
    from diplograph.plugins import Socket, plugs

    for plug in plugs(Socket(socket)):
        if plug.name.startswith(begun):
            yield plug.name, plug.package
