"""What the resolver gives, and what it carries from sentence to sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from diplograph.model import Granularity, TimeSpan

Kind = Literal["date", "range", "duration", "time", "set"]
Anchor = Literal["published", "context", "none"]
Relation = Literal["at", "since", "until", "by", "before", "after"]


_ASIDE = ("year/attribute", "decade", "century", "weekday/local", "beside/clause", "date/attribute")
_FRESH = 6
_BACKGROUND = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """An expression of time: ``text[start:end]``.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        span: Its value; without a start if nothing fixes it.
        kind: What sort of expression it is.
        anchor: What a relative expression was counted from.
        rule: The rule of grammar that read it, such as ``weekday/past``.
        days: Length of a duration in days, where that can be said.
        within: First and last day between which an inexact time lies, such as "early next week".
        relation: How it stands to what is told: ``at`` it, or a bound ("since May", "by Friday").
    """

    start: int
    end: int
    span: TimeSpan
    kind: Kind = "date"
    anchor: Anchor = "none"
    rule: str = ""
    days: int | None = None
    within: tuple[str, str] | None = None
    relation: Relation = "at"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeContext:
    """The times told last, from which "the next day" and "that December" count.

    Attributes:
        day: The last time told to the day, or None.
        latest: The last time told to the month or finer, or None.
        year: The last year told, or None.
        age: How many sentences ago ``day`` was told.
    """

    day: TimeSpan | None = None
    latest: TimeSpan | None = None
    year: int | None = None
    age: int = 0

    @property
    def fresh(self) -> bool:
        """Whether the day was told so lately that a bare weekday or "the next day" can count from it."""
        return self.day is not None and self.age <= _FRESH

    def after(self, mentions: Iterable[TimeMention]) -> TimeContext:
        """The context for what follows these mentions."""
        context = replace(self, age=self.age + 1)
        for mention in mentions:
            context = context.then(mention)
        return context

    def then(self, mention: TimeMention) -> TimeContext:
        """The context for what follows one mention."""
        span = mention.span
        if span.start is None or mention.kind not in ("date", "range") or mention.rule in _ASIDE:
            return self
        year = int(span.start[:4])
        if mention.relation in ("since", "before"):
            # The bound of a stretch is not when the thing told happened, but "that year" may mean it.
            return replace(self, year=year)
        if span.granularity is Granularity.YEAR:
            return replace(self, year=year, latest=self.latest if self.year == year else None)
        if span.granularity is Granularity.MONTH or self._is_background(span):
            # A later year leads the story away from the day told last; an earlier one is an aside.
            told = self.day.start if self.day else None
            stays = told is not None and told[:4] >= span.start[:4]
            return replace(self, year=year, latest=span, day=self.day if stays else None)
        return TimeContext(day=span, latest=span, year=year)

    def _is_background(self, span: TimeSpan) -> bool:
        """Whether a day lies so far before the one told last that the story only looks back to it."""
        if not self.fresh or self.day is None:
            return False
        return (self.day.earliest_start() - span.earliest_start()).days > _BACKGROUND
