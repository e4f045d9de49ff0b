"""Turns a sentence into tokens whose classes are single letters: grammar is written as patterns of letters.

``read`` takes a text and two offsets and gives ``Tokens``: offsets, classes as one string, and values.

Letters: ``M`` month · ``m`` word that may be one · ``W`` weekday · ``v`` short weekday · ``w`` weekdays,
plural ·
``D`` number of a day · ``O`` ordinal in digits · ``r`` ordinal in letters · ``Y`` year · ``y`` other
number of two digits ·
``n`` other number · ``q`` number in letters · ``Z`` numeric date · ``c`` clock · ``z`` time zone · ``d``
decade ·
units ``J`` day, ``K`` week, ``N`` month, ``R`` year, ``j`` quarter, ``G`` hour, ``Q`` weekend, ``g`` decade,
``s`` century · ``S`` season · ``H`` feast day · ``T`` today and the like · ``P`` part of a day · ``E``
early, mid, late ·
``e`` earlier, later · ``X`` next, last, this · ``F`` following, that · ``A`` ago · ``b`` before, after ·
``C`` every ·
``V`` few, several · ``a`` about · ``~`` more *than*, at *least* · ``h`` half · ``i`` on, in, since ·
``u`` until ·
``>`` to · ``B`` between · ``t`` the · ``o`` of · ``&`` and · ``l`` local · ``-`` dash · ``'`` possessive ·
brackets, comma, slash and quotation marks themselves · ``.`` full stop · ``;`` other stops · ``x`` any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from diplograph.text import language

Value = int | str | tuple[int, ...] | None


def _holidays(code: str = "en") -> dict[str, Value]:
    return {name: tuple(day) for name, day in language.table(code)["holidays"].items()}


_LONGEST_FIRST = sorted(_holidays(), key=lambda name: (-len(name), name))
_HOLIDAY = "|".join(
    re.escape(name.title()).replace("'S", "'s").replace("’S", "’s") for name in _LONGEST_FIRST
)
_TOKEN = re.compile(
    rf"(?P<H>(?:{_HOLIDAY})\b)"
    r"|(?P<word>[^\W\d_]+\.?(?:[^\W\d_]+\.)*)"
    r"|(?P<Z>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?=T\d|\b)(?!\d)"
    r"|\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{4}\b)"
    r"|(?P<c>\d{1,2}(?:[.:]\d\d){0,2}\s?(?:[ap]\.m\.?|[ap]m\b|[AP]M\b)"
    r"|\d{1,2}:\d\d(?::\d\d)?(?=\D|$)(?!:)|\d\d00(?=\s(?:GMT|UTC|hours|local)\b))"
    r"|(?P<x>[$€£¥₩#]\s?\d[\d.,]*|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)+|\d+[%°])"
    r"|(?P<O>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<d>[‘'’]?\d{2,4}['’]?s\b)"
    r"|(?P<num>\d+(?![^\W\d_]))"
    r"|(?P<poss>['’]s\b|(?<=s)['’](?!\w))"
    r"|(?P<dash>[-–—‑−]+)|(?P<p>[,()/&\[\]])|(?P<alnum>\w+)|(?P<other>[^\w\s])"
)
_UNITS = {
    "day": "J",
    "week": "K",
    "fortnight": "K",
    "month": "N",
    "year": "R",
    "quarter": "j",
    "hour": "G",
    "minute": "G",
    "weekend": "Q",
    "decade": "g",
    "century": "s",
}
UNIT = "".join(sorted(set(_UNITS.values())))
_PUNCTUATION = dict(zip("()[],/&.;:!?", "()(),/&.;;;;", strict=True)) | dict.fromkeys('"“”«»', '"')
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")


@dataclass(slots=True)
class Tokens:
    """The tokens of ``text[start:end]``.

    Attributes:
        text: The whole text.
        classes: A letter for each token.
        starts: Their offsets in the text.
        ends: Offsets behind them.
        values: What each means: a month from 1, a weekday from 0, a number, a unit.
        tenses: Directions of verbs, kept once they are known.
    """

    text: str
    classes: str
    starts: list[int]
    ends: list[int]
    values: list[Value]
    tenses: dict[int, Literal["past", "future"] | None] = field(default_factory=dict)

    def word(self, at: int) -> str:
        """A token as it stands, in small letters."""
        return self.text[self.starts[at] : self.ends[at]].lower()


@cache
def lexicon(code: str = "en") -> dict[str, tuple[str, Value]]:
    """Class and value of every word that grammar knows, by its small letters."""
    table = language.table(code)
    words: dict[str, tuple[str, Value]] = {}
    _add_grammar_words(words, table)
    for at, name in enumerate(table["months"]["names"], 1):
        words[name] = ("m" if name in table["months"]["ambiguous"] else "M", at)
    for short, value in table["months"]["abbreviations"].items():
        words[short + "."] = ("M", value)
        words[short] = ("m" if short in table["months"]["ambiguous"] else "M", value)
    for at, name in enumerate(table["weekdays"]["names"]):
        words[name] = ("W", at)
        words[name + "s"] = ("w", at)
    for short, value in table["weekdays"]["abbreviations"].items():
        words[short] = words[short + "."] = ("v", value)
    return words


def _add_grammar_words(words: dict[str, tuple[str, Value]], table: dict[str, Any]) -> None:
    for letter, section in (("q", "numbers"), ("T", "deictic"), ("r", "ordinals"), ("d", "decades")):
        words.update({word: (letter, value) for word, value in table[section].items()})
    words.update({word: (_UNITS[value], value) for word, value in table["units"].items()})
    for season, (first, length) in table["seasons"].items():
        words[season] = ("S", (first, length))
    words.update({word: ("P", word) for word in table["daytimes"]["words"]})
    words.update({word: ("E", tuple(part)) for word, part in table["parts"].items()})
    words.update(dict.fromkeys(table["vague"]["words"], ("V", None)))
    words.update(dict.fromkeys(table["vague"]["about"], ("a", None)))
    for letter, names in table["grammar"].items():
        words.update({word: (letter, word) for word in names.split()})


def read(text: str, start: int, end: int) -> Tokens:
    """The tokens of a stretch of text, in linear time."""
    classes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Value] = []
    words = lexicon()
    for found in _TOKEN.finditer(text, start, end):
        kind = found.lastgroup or "x"
        begin, behind = found.span()
        stop = behind
        if kind == "word":
            letter, value, begin, stop = _word(words, found.group(), begin, stop)
        else:
            letter, value = _class(kind, found.group())
        classes.append(letter)
        starts.append(begin)
        ends.append(stop)
        values.append(value)
        if stop < behind:
            classes.append(".")
            starts.append(stop)
            ends.append(behind)
            values.append(None)
    return Tokens(text, "".join(classes), starts, ends, values)


def _word(
    words: dict[str, tuple[str, Value]], surface: str, begin: int, stop: int
) -> tuple[str, Value, int, int]:
    lower = surface.lower()
    known = words.get(lower)
    if known is None and surface[-1] == "." and surface.count(".") == 1:
        # The stop ends the sentence, or an abbreviation without meaning here.
        surface, lower = surface[:-1], lower[:-1]
        known = words.get(lower)
        stop -= 1
    if known is None and not surface.islower():
        # Glued words of badly cut pages: "onFriday".
        cut = [at.start() for at in _CAMEL.finditer(surface[:40])]
        if cut and words.get(lower[cut[-1] :], ("x", None))[0] in "MWm":
            return *words[lower[cut[-1] :]], begin + cut[-1], stop
    if known is None:
        return "x", None, begin, stop
    letter, value = known
    if letter in "MWwmvH" and surface[0].islower():
        # "march", "may", "sat" and "sun" in small letters are other words.
        letter = letter if letter in "MW" and len(surface) > 5 and surface[-1] != "." else "x"
    return letter, value, begin, stop


def _class(kind: str, surface: str) -> tuple[str, Value]:
    if kind == "num":
        return _number(surface)
    if kind == "O":
        value = int(surface[:-2])
        return ("O", value) if 1 <= value <= 31 else ("x", None)
    if kind == "H":
        return "H", _holidays()[surface.lower()]
    if kind in ("Z", "c", "d"):
        return kind, surface
    if kind == "poss":
        return "'", None
    if kind == "dash":
        return "-", None
    return _PUNCTUATION.get(surface, "x"), None


def _number(surface: str) -> tuple[str, Value]:
    if len(surface) > 4:
        return "x", None
    value = int(surface)
    if len(surface) == 4:
        return ("Y", value) if 1000 <= value <= 2199 else ("n", value)
    if 1 <= value <= 31 and len(surface) <= 2:
        return "D", value
    return ("y" if len(surface) == 2 else "n"), value
