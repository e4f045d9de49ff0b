"""The sentence being read: its tokens, what they are counted from, and how a mention is made of them.

Takes tokens, the day of publication and the context; rules of ``absolute`` and ``relative`` ask it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from diplograph.model import Granularity, TimeSpan, first_day
from diplograph.text.timex import calendar
from diplograph.text.timex.mention import Anchor, Kind, Relation, TimeContext, TimeMention
from diplograph.text.timex.tense import Direction, direction
from diplograph.text.timex.tokens import Tokens

_BOUNDS: dict[str, Relation] = {
    "since": "since",
    "until": "until",
    "till": "until",
    "through": "until",
    "by": "by",
    "before": "before",
    "after": "after",
}


@dataclass(slots=True)
class Scene:
    """A sentence and what its times are counted from.

    Attributes:
        tokens: Its tokens.
        published: Day of publication, if known.
        context: What was told before, moved on with every mention found.
        told: Year of an explicit date earlier in the sentence.
        dated: Whether a day was told earlier in the sentence.
        found: What was found so far.
    """

    tokens: Tokens
    published: date | None
    context: TimeContext
    told: int | None = None
    dated: bool = False
    found: list[TimeMention] = field(default_factory=list)

    def add(self, mention: TimeMention) -> None:
        """Keep a mention; what follows in the sentence may count from it."""
        self.found.append(mention)
        self.context = self.context.then(mention)
        self.dated = self.dated or mention.span.granularity is Granularity.DAY

    def number(self, at: int) -> int:
        """The number that a token means."""
        value = self.tokens.values[at]
        return value if isinstance(value, int) else 0

    def places(self, letters: str, first: int, behind: int) -> list[int]:
        """The tokens of some classes within a stretch."""
        classes = self.tokens.classes
        return [at for at in range(first, behind) if classes[at] in letters]

    def place(self, letters: str, first: int, behind: int) -> int | None:
        """The first token of some classes within a stretch."""
        classes = self.tokens.classes
        return next((at for at in range(first, behind) if classes[at] in letters), None)

    def part(self, first: int, behind: int, bounds: tuple[date, date]) -> tuple[date, date] | None:
        """The part of a stretch of time that "early", "mid" or "late" means; None if none is told."""
        at = self.place("E", first, behind)
        value = self.tokens.values[at] if at is not None else None
        return calendar.part(bounds, value) if isinstance(value, tuple) else None

    def direction(self, first: int, behind: int) -> Direction:
        """Whether a stretch of tokens dates something past or to come."""
        return direction(self.tokens, first, behind)

    def modifiers(self, first: int, behind: int) -> list[str]:
        """Words such as "last" and "this"; the "next" of "the next week he left" is "following"."""
        words = [self.tokens.word(at) for at in self.places("XF", first, behind)]
        if (
            words == ["next"]
            and self.tokens.classes[first] == "t"
            and self.direction(first, behind) == "past"
        ):
            return ["following"]
        return words

    def phrase(self, first: int, behind: int) -> str:
        """The words of a stretch of tokens."""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[behind - 1]]

    def is_name(self, at: int) -> bool:
        """Whether a token is the first of a name: a capitalised word follows."""
        behind = at + 1
        if self.tokens.classes[behind : behind + 1] != "x":
            return False
        return self.tokens.text[self.tokens.starts[behind]].isupper()

    def relation(self, first: int) -> Relation:
        """Whether the word before makes a bound of the time."""
        for back in (first - 1, first - 2):
            if back >= 0 and self.tokens.classes[back] in "iub":
                return _BOUNDS.get(self.tokens.word(back), "at")
            if back >= 0 and self.tokens.classes[back] not in "t'":
                break
        return "at"

    def mention(
        self,
        first: int,
        behind: int,
        value: str | None,
        rule: str,
        *,
        end: str | None = None,
        kind: Kind = "date",
        anchor: Anchor = "none",
        within: tuple[date, date] | None = None,
        days: int | None = None,
    ) -> TimeMention:
        """A mention of tokens ``first`` to ``behind`` (exclusive)."""
        span = TimeSpan(
            start=value,
            end=end if value and end != value else None,
            phrase=self.phrase(first, behind),
            anchor=self._anchored(anchor) if value else None,
        )
        return TimeMention(
            start=self.tokens.starts[first],
            end=self.tokens.ends[behind - 1],
            span=span,
            kind="range" if kind == "date" and span.end else kind,
            anchor=anchor if value else "none",
            rule=rule,
            days=days,
            within=(within[0].isoformat(), within[1].isoformat()) if within else None,
            relation=self.relation(first),
        )

    def _anchored(self, anchor: Anchor) -> str | None:
        if anchor == "published" and self.published:
            return self.published.isoformat()
        if anchor == "context":
            last = self.context.day or self.context.latest
            return last.start if last else (str(self.context.year) if self.context.year else None)
        return None

    def last_day(self) -> date | None:
        """The day told last, if it was one day or the first of a stretch."""
        day = self.context.day if self.context.fresh else None
        return first_day(day.start) if day and day.start and day.granularity is Granularity.DAY else None

    def anchor(self) -> tuple[date | None, Anchor]:
        """What year-less dates and weekdays count from: publication, else the day told last."""
        if self.published:
            return self.published, "published"
        day = self.last_day()
        if day:
            return day, "context"
        latest = self.context.latest
        if latest and latest.start:
            return calendar.midpoint((first_day(latest.start), latest.latest_end())), "context"
        if self.context.year:
            return date(self.context.year, 7, 1), "context"
        return None, "none"
