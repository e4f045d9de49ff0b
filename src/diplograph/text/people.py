"""The persons of one document: who was named in full, and whom a surname, title or role means.

Takes names with their titles and states as they are met; gives ``Person`` entries, linked to the
dated office-holder table where it knows them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from diplograph.knowledge import gazetteer, grammar
from diplograph.knowledge.gazetteer import Gazetteer
from diplograph.model import Tenure
from diplograph.text import gender

_SEPARATOR = re.compile(r"[\s\-‐‑'’.]+")
_HEADS = frozenset({"head-of-state", "head-of-government", "leader"})
_ROYAL = re.compile(r"^(?:King|Queen|Emperor|Empress|Pope|Prince|Princess|Sheikh|Sheikha|Sultan|Emir)\b")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name without case, accents and signs, for comparison."""
    bare = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ı", "i"))
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()


def slug(name: str) -> str:
    """The slug of a person that the gazetteer does not know."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "unnamed"


def parts(name: str) -> list[str]:
    """The words of a name, folded."""
    return [part for part in _SEPARATOR.split(fold(name)) if part]


@dataclass(slots=True, eq=False)
class Person:
    """Someone named in the document.

    Attributes:
        name: The fullest form in which the text names the person.
        state: Id of the state that the person acts for.
        title: The office as the text or the tenure table gives it.
        slug: Slug of the person in the gazetteer, or one minted from the name.
        known: Whether the gazetteer knows the person.
        sex: "f" or "m" where a title or given name tells, to choose between antecedents of a pronoun.
    """

    name: str
    state: str | None = None
    title: str | None = None
    slug: str = ""
    known: bool = False
    sex: str | None = None
    keys: set[str] = field(default_factory=set)


class Registry:
    """All persons of a document, found by full name, surname, or office."""

    def __init__(self, published: date | None, book: Gazetteer | None = None) -> None:
        self.book = book or gazetteer.load()
        self.on = published
        self.home: str | None = None
        self.people: list[Person] = []
        self._by_key: dict[str, list[Person]] = {}

    def named(self, name: str, *, state: str | None, title: str | None, person: str | None = None) -> Person:
        """The entry for a full or partial name, made when it is new.

        Args:
            name: As the text has it, without its title.
            state: The state told with the name, if any.
            title: The title told with the name, if any.
            person: Slug of the person, when the gazetteer matched the name.
        """
        entry = self._find(name, state, person)
        if entry is None:
            entry = self._enter(name, state, title, person)
        self._enrich(entry, name, state, title)
        return entry

    def by_surname(self, word: str, state: str | None = None) -> Person | None:
        """The person whom a bare surname means: of this document first, then whoever holds high office."""
        known = [p for p in self._by_key.get(fold(word), ()) if state is None or p.state in (None, state)]
        if known:
            return known[0] if len({id(p) for p in known}) == 1 else self._latest(known)
        return None

    def prominent(self, word: str) -> Person | None:
        """The one head of a sovereign state, or else foreign minister, of that surname on the day."""
        if self.on is None:
            return None
        known = [t for t in self.book.by_surname(word, self.on) if self._sovereign(t)]
        holders = [t for t in known if t.role in _HEADS] or [t for t in known if t.role == "foreign-minister"]
        if len({t.person for t in holders}) != 1:
            return None
        nearest = self._nearest(tuple(holders))
        if nearest is None:
            return None
        person = self.of_tenure(nearest)
        self._index(person, word)
        return person

    def holder(self, state: str, title: str) -> Person | None:
        """Who holds an office of a state: of this document first, then by the tenure table."""
        same = [p for p in self.people if p.state == state and p.title and _same_office(p.title, title)]
        tenures = self.book.holders(state, title, self.on) if self.on else ()
        in_office = {t.person for t in tenures}
        if same:
            return next((p for p in same if p.slug in in_office), same[-1])
        if len({t.person for t in tenures}) > 1 and title == "leader":
            tenures = self._foremost(state, tenures)
        return self.of_tenure(tenures[0]) if len({t.person for t in tenures}) == 1 else None

    def _foremost(self, state: str, tenures: tuple[Tenure, ...]) -> tuple[Tenure, ...]:
        """Of several who lead a state the one whose office the gazetteer names first."""
        entry = self.book.states.get(state)
        order = [office.partition("@")[0] for office in entry.leader] if entry else []
        first = next((office for office in order if any(t.office == office for t in tenures)), None)
        return tuple(t for t in tenures if t.office == first)

    def tenure_of(self, person: str | None, name: str | None, title: str | None) -> Tenure | None:
        """The tenure under which the document most likely speaks of a person, by slug or by full name."""
        full = person or (name and len(parts(name)) > 1)
        return self._tenure(name or "", None, title, person) if full else None

    def of_tenure(self, tenure: Tenure) -> Person:
        """The entry of an office-holder."""
        return self.named(
            tenure.name, state=self.book.heir(tenure.state), title=tenure.title, person=tenure.person
        )

    def keys(self) -> frozenset[str]:
        """Folded words by which persons of this document can be called."""
        return frozenset(self._by_key)

    def _find(self, name: str, state: str | None, person: str | None) -> Person | None:
        words = set(parts(name))
        for entry in self._by_key.get(parts(name)[-1], []) if words else []:
            have = set(parts(entry.name))
            if (person and entry.slug == person) or (
                (words <= have or have <= words) and (state is None or entry.state in (None, state))
            ):
                return entry
        return next((p for p in self.people if person and p.slug == person), None)

    def _enter(self, name: str, state: str | None, title: str | None, person: str | None) -> Person:
        tenure = self._tenure(name, state, title, person)
        entry = Person(name=name, state=state, title=title)
        if tenure:
            entry.slug, entry.known = tenure.person, True
            entry.state = state or self.book.heir(tenure.state)
            entry.title = title or tenure.title
            self._index(entry, tenure.surname)
            if len(parts(name)) == 1 and not _ROYAL.match(name):
                entry.name = name
        else:
            entry.slug = person or slug(name)
        entry.sex = gender.of_slug(entry.slug) or gender.of_slug(slug(name))
        self.people.append(entry)
        self._index(entry, *self._callable_by(name))
        return entry

    def _tenure(self, name: str, state: str | None, title: str | None, person: str | None) -> Tenure | None:
        """The tenure under which the document most likely speaks of the person."""
        if person:
            rows = self.book.tenures_of(person)
        elif len(parts(name)) > 1:
            rows = tuple(t for p in self.book.people_named(name) for t in self.book.tenures_of(p))
            rows = rows or self._within(name, title) or self._spelt_otherwise(name, title)
        else:
            rows = self.book.by_surname(name, self.on) if (state or title) else ()
        if state:
            rows = tuple(t for t in rows if self.book.heir(t.state) == state) or (rows if person else ())
        rows = tuple(t for t in rows if title and _same_office(t.title, title)) or rows
        if not person and len({t.person for t in rows}) != 1:
            return None
        return self._nearest(rows)

    def _within(self, name: str, title: str | None) -> tuple[Tenure, ...]:
        """Holders of the office whose name is the end of a longer one: "Makhdoom Shah Mahmood Qureshi"."""
        words = name.split() if title else []
        for start in range(1, len(words) - 1):
            people = self.book.people_named(" ".join(words[start:]))
            rows = [t for p in people for t in self.book.tenures_of(p) if _same_office(t.title, title or "")]
            if rows:
                return tuple(rows)
        return ()

    def _spelt_otherwise(self, name: str, title: str | None) -> tuple[Tenure, ...]:
        """Office-holders of that surname and office with like initials: "Mehmood" and "Mahmood"."""
        if not title:
            return ()
        words = parts(name)
        rows = self.book.by_surname(name.rsplit(maxsplit=1)[-1], self.on)
        initials = {word[0] for word in words[:-1]}
        exact = tuple(t for t in rows if _same_office(t.title, title) and parts(t.name)[0][0] in initials)
        return exact or self._misspelt(words, title)

    def _misspelt(self, words: list[str], title: str) -> tuple[Tenure, ...]:
        """Office-holders of the same given name whose surname is spelt nearly so: "Rajapakse"."""
        day = self.on.isoformat() if self.on else None
        return tuple(
            t
            for t in self.book.by_given_name(words[0])
            if _same_office(t.title, title)
            and (day is None or ((t.start or "") <= day and (t.end or "9999") >= day))
            and _alike(parts(t.surname)[-1:], words[-1:])
        )

    def _nearest(self, rows: tuple[Tenure, ...]) -> Tenure | None:
        """The tenure that covers the day of publication, else the last that began before it."""
        if not rows:
            return None
        day = self.on.isoformat() if self.on else "9999"
        sovereign = tuple(t for t in rows if self._sovereign(t))
        begun = [t for t in sovereign or rows if (t.start or "") <= day]
        running = [t for t in begun if t.end is None or t.end >= day]
        # A king of several realms is spoken of as that of the one of which most is told.
        return max(running or begun or rows, key=lambda t: (t.start or "", self.book.told_of(t.state), t.id))

    def _sovereign(self, tenure: Tenure) -> bool:
        """Whether an office is not that of a territory."""
        state = self.book.states.get(tenure.state)
        return state is None or state.kind != "territory"

    def _enrich(self, entry: Person, name: str, state: str | None, title: str | None) -> None:
        """Keep the fullest form of the name and what is told with it."""
        if len(parts(name)) > len(parts(entry.name)) or (_ROYAL.match(name) and not _ROYAL.match(entry.name)):
            entry.name = name
            self._index(entry, *self._callable_by(name))
        entry.state = entry.state or state
        entry.title = entry.title or title

    def _callable_by(self, name: str) -> list[str]:
        """Words of a name by which later mentions can call the person."""
        words = name.split()
        if len(words) == 1:
            return words
        bare = [w for w in words if len(w.strip(".")) > 1]
        # In "Lee Jae-myung" the family name stands first and the given name is hyphenated.
        return [words[0], bare[-1]] if bare else words[:1]

    def _index(self, entry: Person, *keys: str) -> None:
        for key in keys:
            folded = fold(key)
            for form in {folded, *parts(key)[-1:]}:
                entry.keys.add(form)
                bucket = self._by_key.setdefault(form, [])
                if not any(p is entry for p in bucket):
                    bucket.append(entry)

    def _latest(self, people: list[Person]) -> Person | None:
        """Of several namesakes, none: a wrong link spoils an article."""
        known = [p for p in people if p.known]
        return known[0] if len(known) == 1 else None


def _alike(a: list[str], b: list[str]) -> bool:
    """Whether two surnames are one in two spellings: of like length, beginning and letters."""
    if not a or not b or a[0][:2] != b[0][:2] or abs(len(a[0]) - len(b[0])) > 2:
        return False
    return SequenceMatcher(None, a[0], b[0], autojunk=False).ratio() >= 0.8


def _same_office(a: str, b: str) -> bool:
    """Whether two titles can mean the same office."""
    x, y = a.lower(), b.lower()
    if x == y or x in y or y in x:
        return True
    if {x, y} <= grammar.words("premiers"):
        return True
    if "leader" in (x, y):
        return not grammar.words("heads").isdisjoint((x, y))
    foreign = grammar.words("foreign_offices")
    return any(w in x for w in foreign) and any(w in y for w in foreign)
