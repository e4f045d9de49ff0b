"""Who an actor of event data is: a state, a person, a sector that acts for one, or nothing that a state is.

Takes the name, sectors, country and office of an actor as a table writes them; gives the state, or why there
is none. What depends on the day, the office of a person, is left to the tenures of that day (``people``).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from diplograph import resources
from diplograph.knowledge import gazetteer
from diplograph.knowledge.names import key
from diplograph.text.people import slug

# Sectors whose acts are those of their state; all others are of persons and bodies within it.
_ACTING: Final = frozenset(
    "gov mil leg jud spy cop executive government military army navy legislative legislature parliament "
    "cabinet ministry minister president diplomatic diplomacy defense defence foreign head police judicial "
    "elite".split()
)
_REGIONS: Final = frozenset(
    "africa asia europe america americas caribbean oceania world international balkans scandinavia maghreb "
    "sahel eu nato un afr asa eur mea sea wst eeu crb lam naf sas cas cau blk blt scn waf eaf saf nmr pgs "
    "sam cen".split()
) | frozenset(
    "european union|middle east|latin america|central asia|east asia|south asia|southeast asia|"
    "western europe|eastern europe|north africa|west africa|east africa|southern africa|central africa|"
    "gulf states|arab world|north america|south america|central america|pacific islands|"
    "united nations".split("|")
)
_SECTOR: Final = re.compile(r"(?P<sector>.+?)\s*\((?P<land>[^()]+)\)")
_TITLES: Final = re.compile(
    r"(?P<title>(?:Acting |Interim |Deputy |Vice |First |Crown )?(?:President of the [A-Z]\w+|President|"
    r"Prime Minister|Premier|Chancellor|Federal Chancellor|Taoiseach|King|Queen|Emperor|Empress|Pope|Shah|"
    r"Sultan|Emir|Amir|Grand Duke|Grand Duchess|Prince|Princess|Sheikh|Governor[- ]General|"
    r"General Secretary|Secretary General|Chairman|Foreign Minister|Foreign Secretary|Minister|"
    r"Secretary of State|Secretary|First Minister|Chief Executive|Captain Regent|Head of Government|"
    r"Head of State))\s+(?P<name>.+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """What an actor comes to.

    Attributes:
        state: Id of the state that it is or acts for; None if the tenure of the day must tell, or there is
        none.
        person: Slug of the person, if it is one.
        name: What to call the person.
        office: The person's title as the table has it.
        people: Slugs of those in the gazetteer who are called so.
        reason: Why it stands for no state; empty if it does.
        by_tenure: Whether only an office on the day makes the person act for a state.
    """

    state: str | None = None
    person: str | None = None
    name: str | None = None
    office: str | None = None
    people: tuple[str, ...] = ()
    reason: str = ""
    by_tenure: bool = False


def resolve(name: str, kind: str, land: str, office: str, *, official: bool) -> Actor:
    """The actor.

    Args:
        name: As the table has it.
        kind: Its sectors.
        land: Its country, by name or code; several spellings with ``|`` between them.
        office: Its title.
        official: Whether the table lists officials, so that whoever travels acts for the country named.
    """
    home = state_of(land)
    if official:
        return _official(name, land, office, home)
    if not name:
        return _without_name(home, kind, land)
    if key(name) in _REGIONS:
        return Actor(reason="a region or organisation, no state")
    state = state_of(name)
    if state:
        return _of_state(state, home, kind)
    told = _SECTOR.fullmatch(name)
    if told and state_of(told["land"]):
        return _sector(told["sector"], state_of(told["land"]), home)
    people = gazetteer.load().people_named(name)
    if people:
        by_tenure = home is None or not _acts(kind)
        return Actor(state=home, person=people[0], name=clean(name), people=people, by_tenure=by_tenure)
    return _unknown(name, kind, land, office, home)


def _official(name: str, land: str, office: str, home: str | None) -> Actor:
    if home is None:
        return Actor(reason=_nowhere(land))
    if not name:
        return Actor(state=home)
    told = None if office else _TITLES.fullmatch(name)
    title, bare = (told["title"], told["name"]) if told else (office or None, name)
    people = _officers(bare, home)
    return Actor(
        state=home,
        person=people[0] if people else slug(bare),
        name=clean(name if told and told["title"] in _ROYAL else bare),
        office=title,
        people=people,
    )


_ROYAL: Final = frozenset(
    "King Queen Emperor Empress Pope Shah Sultan Emir Amir Prince Princess Sheikh".split()
)


def _without_name(home: str | None, kind: str, land: str) -> Actor:
    if home is None:
        return Actor(reason=_nowhere(land) if land else "no actor")
    return _of_state(home, home, kind)


def _of_state(state: str, home: str | None, kind: str) -> Actor:
    if home and home != state:
        return Actor(reason="mislinked: the actor's name and country are different states")
    if kind and not _acts(kind):
        return Actor(reason="a sector that does not act for its state")
    return Actor(state=state)


def _sector(sector: str, state: str | None, home: str | None) -> Actor:
    if home and home != state:
        return Actor(reason="mislinked: the actor's name and country are different states")
    return Actor(state=state) if _acts(sector) else Actor(reason="a sector that does not act for its state")


def _unknown(name: str, kind: str, land: str, office: str, home: str | None) -> Actor:
    if home is None:
        return Actor(reason=_nowhere(land) if land else "nobody who is known to act for a state")
    if not kind or not _acts(kind):
        return Actor(
            reason="a sector that does not act for its state" if kind else "not known to act for a state"
        )
    # "Ministry of Foreign Affairs" is a body, "Chuck Hagel" a person.
    if len(name.split()) > 4 or _acts(name):
        return Actor(state=home)
    return Actor(state=home, person=slug(name), name=clean(name), office=office or None)


def _acts(kind: str) -> bool:
    return any(word in _ACTING for word in re.findall(r"[a-z]+", kind.casefold()))


def _nowhere(land: str) -> str:
    return "a region or organisation, no state" if key(land) in _REGIONS else "a country that is not known"


def _officers(name: str, state: str) -> tuple[str, ...]:
    """Those in the gazetteer who are called so and held office in the state; others are namesakes."""
    book = gazetteer.load()
    called = book.people_named(name)
    return tuple(person for person in called if any(t.state == state for t in book.tenures_of(person)))


def clean(name: str) -> str:
    """A name on one line, without characters that cannot be seen."""
    letters = unicodedata.normalize("NFC", name)
    return " ".join(
        "".join(c for c in letters if unicodedata.category(c) not in ("Cc", "Cf") or c.isspace()).split()
    )


@cache
def state_of(word: str) -> str | None:
    """The id of the state that a table calls so: a code, a name, a name with its former name in brackets."""
    if not word:
        return None
    for spelling in word.split("|"):
        found = _state_of(spelling.strip())
        if found:
            return found
    return None


def _state_of(word: str) -> str | None:
    book = gazetteer.load()
    if word.startswith("gec:"):
        return _by_gec().get(word[4:].casefold())
    if word in book.states:
        return word
    named = _coded_names().get(key(word))
    if named:
        return named
    bare = re.sub(r"\s*\([^)]*\)", "", word)
    for spelling in (word, _turned(word), bare):
        # Adjectives and capitals mean states in prose; in a column only a name does.
        found = [state for state in book.state_named(spelling) if key(spelling) in _names(state.id)]
        if found:
            return found[0].id
    return None


def _turned(word: str) -> str:
    """``Korea, Republic of`` → ``Republic of Korea``."""
    head, comma, tail = word.partition(", ")
    return f"{tail} {head}" if comma else word


@cache
def _names(state: str) -> frozenset[str]:
    told = gazetteer.load().states[state]
    names = (told.name, told.official_name, *told.aliases, *told.weak_aliases)
    return frozenset(key(name) for name in names if name)


@cache
def _coded_names() -> Mapping[str, str]:
    with resources.path("data/coded_names.csv").open(encoding="utf-8", newline="") as file:
        return {key(row["name"]): row["state"] for row in csv.DictReader(file)}


@cache
def _by_gec() -> Mapping[str, str]:
    states = gazetteer.load().states.values()
    return {state.gec.casefold(): state.id for state in states if state.gec}
