"""Which of the times of a sentence an event has.

Takes a frame and the time mentions of its line; gives a ``Timing``: the span, the words that told it and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diplograph.extract.frame import Frame
from diplograph.extract.verbs import verb_forms
from diplograph.knowledge import grammar
from diplograph.model import UNRESOLVED, SegmentKind, Status, TimeSpan, first_day
from diplograph.text.timex import TimeMention

_NEWS_FORMS = frozenset({"third", "base"})
"""Forms in the present tense, in which digests and headings tell the news."""


_NOUN_REACH = 9
"""How many words before a time the noun may stand whose time it is."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a frame's event was or will be.

    Attributes:
        span: Its time; unresolved if nothing fixes it.
        mention: The words that told it, if any.
        days: Length in days, where a duration is told with it.
        rule: How the time was found.
    """

    span: TimeSpan = UNRESOLVED
    mention: TimeMention | None = None
    days: int | None = None
    rule: str = "none"

    @property
    def soft(self) -> bool:
        """Whether it was inferred for want of a better and yields to any date that is told."""
        return self.rule in ("time/news-of-the-day", "time/whole-tour")


def of_frame(frame: Frame, times: Sequence[TimeMention]) -> Timing:
    """The time of a frame's event."""
    days = _duration(frame, times)
    chosen = _choose(frame, times)
    if chosen is None:
        return Timing(days=days)
    span, rule = chosen.span, f"time/{chosen.rule}"
    if frame.stop is not None and span.end:
        rule = "time/whole-tour"
    if span.start is None and chosen.within and chosen.within[0][:7] == chosen.within[1][:7]:
        span = TimeSpan(start=chosen.within[0][:7], phrase=span.phrase)
    return Timing(_ended(span, days) if _tells_the_end(frame) else _lasting(span, days), chosen, days, rule)


def _tells_the_end(frame: Frame) -> bool:
    """Whether the date is that on which the visit ended: "wrapped up a two-day visit on Friday"."""
    near = frame.line.tokens.lowers[max(0, frame.hit.head - 8) : frame.hit.end]
    return bool(grammar.words("endings") & set(near))


def _ended(span: TimeSpan, days: int | None) -> TimeSpan:
    """A stretch of some days that ends on a day."""
    if days and 1 < days < 32 and span.start and len(span.start) == 10 and span.end is None:
        first = first_day(span.start) - timedelta(days=days - 1)
        return TimeSpan(start=first.isoformat(), end=span.start, phrase=span.phrase, anchor=span.anchor)
    return span


def _lasting(span: TimeSpan, days: int | None) -> TimeSpan:
    """A day with a duration becomes a stretch."""
    if days and 1 < days < 32 and span.start and len(span.start) == 10 and span.end is None:
        last = first_day(span.start) + timedelta(days=days - 1)
        return TimeSpan(start=span.start, end=last.isoformat(), phrase=span.phrase, anchor=span.anchor)
    return span


def _duration(frame: Frame, times: Sequence[TimeMention]) -> int | None:
    """The length told for a visit in its own clause: "a two-day visit"."""
    if frame.type != "visit":
        return None
    starts, lowers = frame.line.tokens.starts, frame.line.tokens.lowers
    for time in times:
        k, behind = _index(starts, time.start), _index(starts, time.end)
        counts = lowers[behind : behind + 1] and lowers[behind] in _COUNTING
        if time.kind == "duration" and time.days and abs(k - frame.hit.head) <= 10 and not counts:
            return time.days
    return None


_COUNTING = ("before", "after", "ago", "earlier", "later", "ahead")


def _choose(frame: Frame, times: Sequence[TimeMention]) -> TimeMention | None:
    """The nearest time that belongs to the cue and not to who said so."""
    starts = frame.line.tokens.starts
    best, cost = None, 100.0
    for time in times:
        if not _dates(time):
            continue
        k = _index(starts, time.start)
        distance = _distance(frame, k) if frame.stop is None else _from_stop(frame, k)
        if (
            distance is None
            or _behind(frame, k)
            or _belongs_to_saying(frame, k)
            or _belongs_to_journey(frame, k)
        ):
            continue
        # "a fortnight before, on 14 February": the day beside it tells more than the month.
        finer = best is not None and _to_the_day(time) and not _to_the_day(best) and time.start - best.end < 8
        if distance < cost or finer:
            best, cost = time, distance
    return best


def _behind(frame: Frame, k: int) -> bool:
    """Whether a tour lay behind at a time: "left on Sunday, after a tour that had taken him to Cairo"."""
    words = frame.line.tokens.lowers[frame.hit.head : frame.stop or frame.hit.last]
    return k < frame.hit.head and "had" in words


def _to_the_day(time: TimeMention) -> bool:
    return len(time.span.start or "") == len("2026-01-13")


def _dates(time: TimeMention) -> bool:
    """Whether a time can be that of an event, and not only a bound or the year of a thing."""
    bound = time.relation in ("since", "before", "after", "until") and time.kind == "date"
    return time.kind in ("date", "range") and not bound and not time.rule.startswith("year/attribute")


def _distance(frame: Frame, k: int) -> float | None:
    """How far a time is from the cue, in words; other clauses are far away."""
    lowers, borders = frame.line.tokens.lowers, grammar.words("time_borders")
    head, end = frame.hit.head, frame.hit.end
    if k >= head:
        if any(w in borders and not (w == "which" and n < 4) for n, w in enumerate(lowers[end:k])):
            return None
        if frame.type in ("statement-of-intent", "agreement", "tension") and _within_content(frame, k):
            return None
        return (k - head) * 0.5 + 4 * _verbs_between(frame, end, k)
    if _enclosed(lowers, k, head) or _outside(lowers, k, head):
        return None
    crossed = sum(1 for w in lowers[k:head] if w in borders or w in ("that", "but"))
    opening = k <= 4
    if crossed and not opening and frame.reading.status is not Status.HELD:
        return None
    if crossed and frame.reading.reason.startswith("tense: had"):
        return None  # "received her on Thursday, a year after he had gone to Rome"
    if frame.reading.status is not Status.HELD and _of_other_act(frame, k):
        return None
    others = _verbs_between(frame, k, head)
    return (head - k) * (0.3 if opening else 0.7) + 8 * crossed + (0 if opening else 3) * others + 1


def _enclosed(lowers: Sequence[str], k: int, head: int) -> bool:
    """Whether a time stands in a clause put between commas before a verb: "X, who came in 1993, met Y"."""
    relatives = grammar.words("relatives")
    opened = next((n for n in range(k - 1, 0, -1) if lowers[n] in relatives or lowers[n] == ","), 0)
    return lowers[opened] in relatives and lowers[opened - 1] == "," and "," in lowers[k:head]


def _of_other_act(frame: Frame, k: int) -> bool:
    """Whether a time before a verb is that of a noun before it: "after the visit in May he is to go"."""
    line = frame.line
    for n in range(k - 1, max(-1, k - _NOUN_REACH), -1):
        word = line.tokens.lowers[n]
        if word == "," or (
            word in verb_forms() and line.actor_at(n) is None and word not in grammar.words("acts")
        ):
            return False
        if word in grammar.words("acts"):
            return n != frame.hit.head
    return False


def _outside(lowers: Sequence[str], k: int, head: int) -> bool:
    """Whether a verb stands in a clause that opens behind a time: "came Monday on a tour that took him"."""
    for n in range(head - 1, k, -1):
        if lowers[n] in grammar.words("relatives") or lowers[n - 1 : n + 1] in (
            ["tour", "that"],
            ["journey", "that"],
            ["trip", "that"],
        ):
            return not (lowers[n - 1] == "," and "," in lowers[n:head])
    return False


def _within_content(frame: Frame, k: int) -> bool:
    """Whether a time dates what was intended or agreed: "invited him to visit in May"."""
    lowers, forms = frame.line.tokens.lowers, verb_forms()
    for n in range(frame.hit.head, k - 1):
        if lowers[n] == "that" or (lowers[n] == "to" and forms.get(lowers[n + 1], ("", ""))[1] == "base"):
            return True
    return False


def _from_stop(frame: Frame, k: int) -> float | None:
    """Distance of a time from a stop of a tour; a time that follows another stop belongs there."""
    stop = frame.stop or 0
    places = [p for p in frame.line.places if p.state and p.i > frame.hit.head]
    if k >= stop:
        between = {p.state for p in places if stop < p.i < k} - {frame.host}
        shared = all(p.i < k for p in places)
        return k - stop if not between or shared else None
    ahead_of_all = all(k < p.i for p in places)
    return (stop - k) + 10.0 if k < frame.hit.head or ahead_of_all else None


def _belongs_to_journey(frame: Frame, k: int) -> bool:
    """Whether a time dates the verb of which the talks are the purpose: "departs on Tuesday for talks"."""
    if frame.hit.cue.verb or frame.type not in ("meeting", "call") or not frame.verb < k < frame.hit.head:
        return False
    return "for" in frame.line.tokens.lowers[k + 1 : frame.hit.head]


def _verbs_between(frame: Frame, start: int, end: int) -> int:
    """How many further verbs stand between two words: "and met"."""
    lowers, forms = frame.line.tokens.lowers, verb_forms()
    return sum(
        1 for k in range(start, min(end, len(lowers) - 1)) if lowers[k] == "and" and lowers[k + 1] in forms
    )


def _belongs_to_saying(frame: Frame, k: int) -> bool:
    """Whether a time tells when something was said: "said Friday", "told reporters on Monday"."""
    reporting, fill = grammar.words("reporting"), grammar.words("said_fill")
    lowers = frame.line.tokens.lowers
    window = lowers[max(0, k - 6) : k]
    for back, word in enumerate(reversed(window)):
        if word in reporting:
            between = window[len(window) - back :]
            return fill.issuperset(between) and k - back - 1 != frame.hit.head
        if word in (",", ";", "that"):
            return False
    return False


def _index(starts: Sequence[int], offset: int) -> int:
    """Index of the first word at or after an offset."""
    return next((k for k, start in enumerate(starts) if start >= offset), len(starts))


def news_of_the_day(
    frame: Frame, published: date | None, *, lead: bool, readout: bool, digest: bool
) -> Timing:
    """The day of publication, for an act told as the news of the day without a day of its own.

    Args:
        frame: The act.
        published: The day of publication.
        lead: Whether the sentence opens the text.
        readout: Whether the text is a ministry's account of one act.
        digest: Whether it is a list of unconnected news.
    """
    if not grammar.words("long_ago").isdisjoint(frame.line.tokens.lowers):
        return Timing()
    heading = frame.line.sentence.heading or frame.line.sentence.kind is SegmentKind.HEADLINE
    contact = frame.type in ("call", "meeting")
    if frame.type in ("visit", "meeting") and frame.reading.status in (Status.CANCELLED, Status.POSTPONED):
        return Timing()  # the day of the news is not that for which it was meant
    if published is None or (
        frame.reading.status not in (Status.HELD, Status.CANCELLED, Status.POSTPONED)
        and not (heading and readout and contact)
    ):
        return Timing()
    tense = frame.reading.reason if frame.reading.reason.startswith("tense:") else ""
    background = grammar.words("background") & set(frame.line.tokens.lowers[: frame.hit.head])
    today = (
        (heading and (tense or (readout and contact)))
        or (digest and not background)
        or (tense and (tense.split()[-1] in _NEWS_FORMS or tense.split()[1] in ("is", "are")))
        or (
            lead
            and (
                readout
                or tense.startswith(("tense: has", "tense: have"))
                or (tense and contact and not digest)
            )
        )
    )
    day = published.isoformat()
    return Timing(TimeSpan(start=day, anchor=day), rule="time/news-of-the-day") if today else Timing()
