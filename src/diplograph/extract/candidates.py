"""Candidates: frames with their time, place, status and what speaks for each.

Takes the lines of a document; gives one ``Candidate`` per act that a sentence may tell, unselected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from diplograph.extract import attribution, backoff, evidence, frames, issues, occasions, timing
from diplograph.extract.cues import CueHit, lexicon
from diplograph.extract.focus import PERSONAL
from diplograph.extract.frame import Frame, states_of
from diplograph.extract.scoring import score
from diplograph.extract.setting import Setting
from diplograph.extract.status import Reading, against_date
from diplograph.extract.timing import Timing
from diplograph.extract.verbgroups import verbal
from diplograph.knowledge import gazetteer, grammar
from diplograph.model import Occasion, Polarity, SegmentKind, TimeSpan, Topic
from diplograph.text import mentions
from diplograph.text.actors import Actor, Place
from diplograph.text.lines import Line
from diplograph.text.people import Person
from diplograph.text.timex import TimeMention

Span = tuple[str, int, int]


@dataclass(slots=True, eq=False)
class Candidate:
    """One possible reading of a sentence.

    Attributes:
        spans: (field, start, end) of the words that support each field.
    """

    frame: Frame
    type: str
    subtype: str | None
    states: tuple[str, ...]
    people: tuple[tuple[Person, Actor], ...]
    reading: Reading
    timing: Timing
    features: tuple[str, ...]
    confidence: float
    host: str | None = None
    place: str | None = None
    place_state: str | None = None
    place_slug: str | None = None
    occasion: Occasion | None = None
    margins: bool = False
    topics: tuple[Topic, ...] = ()
    attribution: str | None = None
    spans: list[Span] = field(default_factory=list)


def of_line(line: Line, text: str, times: Sequence[TimeMention], setting: Setting) -> list[Candidate]:
    """Every candidate of a sentence."""
    if line.sentence.kind is SegmentKind.BOILERPLATE or not any(states_of(a) for a in line.actors):
        return []
    found: list[Candidate] = []
    for hit in lexicon().find(line.tokens, partial(verbal, line)):
        actor = line.actor_at(hit.head)
        # The "meeting" in the name of a body is no cue.
        if actor is not None and actor.kind in ("body", "person", "state"):
            continue
        if hit.cue.text == "to call" and _names(line, hit):
            continue
        if hit.cue.text == "to call on" and _urges(line, hit) != (hit.cue.type != "meeting"):
            continue
        if hit.cue.text == "invitation" and not {"at", "on", "upon"}.isdisjoint(
            line.tokens.lowers[max(0, hit.head - 3) : hit.head]
        ):
            continue  # "came at the invitation of": told with the visit
        if _within_name(line, hit) or _of_stranger(line, hit) or _adjective(line, hit):
            continue
        read = _by_wire(line, hit)
        told = frames.build(line, read) or backoff.frames_of(line, read)
        found.extend(_candidate(frame, text, times, setting) for frame in told)
    return found


def _candidate(frame: Frame, text: str, times: Sequence[TimeMention], setting: Setting) -> Candidate:
    when = _when(frame, times, setting)
    people = _people(frame)
    features = evidence.features(frame, when, people, setting)
    candidate = Candidate(
        frame,
        frame.type,
        frame.subtype,
        frame.states,
        people,
        against_date(frame.reading, _latest_known(when), setting.published),
        when,
        features,
        score(features),
        host=frame.host,
    )
    _on_the_scene(candidate, setting)
    _place(candidate)
    _about(candidate, text)
    if when.mention:
        candidate.spans.append(("when", when.mention.start, when.mention.end))
    return candidate


def _within_name(line: Line, hit: CueHit) -> bool:
    """Whether a verb is only a word of a name: "the Commonwealth Heads of Government Meeting"."""
    return hit.cue.verb and any(
        k < hit.head <= end and known.meaning("series") for k, (end, known) in line.hits.items()
    )


def _names(line: Line, hit: CueHit) -> bool:
    """Whether "called" gives somebody or something a name: "called Putin a killer"."""
    called = line.actor_at(hit.end)
    if called is None or called.kind not in PERSONAL or called.preposition:
        return True
    if line.tokens.words[called.j : called.j + 1] in (['"'], ["“"], ["‘"]):
        return True
    word = line.tokens.lowers[called.j] if called.j < len(line.tokens) else "."
    timed = any(line.tokens.starts[called.j : called.j + 1] == [time.start] for time in line.times)
    goes_on = grammar.words("prepositions") | {"to", "and", "after", "before", "when", "while", "as", "again"}
    return not (timed or word in goes_on or not word[0].isalnum())


def _urges(line: Line, hit: CueHit) -> bool:
    """Whether "called on" asks for something, and is no courtesy call: "called on Iran to stop"."""
    called_on = line.actor_at(hit.end)
    return called_on is None or line.tokens.lowers[called_on.j : called_on.j + 1] in (
        ["to"],
        ["for"],
        ["not"],
    )


def _adjective(line: Line, hit: CueHit) -> bool:
    """Whether "bilateral" describes another noun here and is no meeting by itself."""
    named = "".join(line.tokens.words[hit.end : hit.end + 1]).istitle()
    return hit.cue.text in grammar.words("half_nouns") and (named or evidence.modifies(line, hit.end))


def _of_stranger(line: Line, hit: CueHit) -> bool:
    """Whether an act is that of somebody who is not read: "ahead of the delegation's visit"."""
    k = hit.head - 2
    if hit.cue.verb or k < 1 or line.tokens.lowers[k + 1] not in ("'s", "'", "’"):
        return False
    owner = line.actor_at(k)
    if owner is not None:
        return not (states_of(owner) or owner.person)
    known = any(n <= k < end for n, (end, _) in line.hits.items())
    return not known and line.tokens.words[k].islower() and line.tokens.lowers[k] not in grammar.words("ages")


def _by_wire(line: Line, hit: CueHit) -> CueHit:
    """Talks by telephone or on a screen are a call: "held telephone talks"."""
    near = line.tokens.lowers[max(0, hit.head - 2) : hit.last + 1]
    if hit.cue.type != "meeting" or grammar.words("by_wire").isdisjoint(near):
        return hit
    return replace(hit, cue=replace(hit.cue, type="call", subtype=None))


def weigh_together(found: Sequence[Candidate]) -> None:
    """Let sentences that tell the same kind of act of the same states support each other."""
    lines: dict[tuple[str, frozenset[str]], set[int]] = {}
    for candidate in found:
        lines.setdefault((candidate.type, frozenset(candidate.states)), set()).add(candidate.frame.line.index)
    for candidate in found:
        if len(lines[candidate.type, frozenset(candidate.states)]) > 1:
            candidate.features += ("retold",)
            candidate.confidence = score(candidate.features)


def _when(frame: Frame, times: Sequence[TimeMention], setting: Setting) -> Timing:
    """The time told in the sentence, else the day of publication where the act is the news."""
    told = timing.of_frame(frame, times)
    if told.span.start is not None or told.mention is not None:
        return told
    lead = frame.line.index <= setting.lead or setting.digest
    today = timing.news_of_the_day(
        frame, setting.published, lead=lead, readout=setting.readout, digest=setting.digest
    )
    # A duration was perhaps told although no date was.
    return replace(today, days=told.days) if told.days else today


def _on_the_scene(candidate: Candidate, setting: Setting) -> None:
    """A meeting that opens a transcript was held where that was made; "here" is where the text is dated."""
    frame, line = candidate.frame, candidate.frame.line
    opening = line.sentence.heading or line.index <= setting.lead
    place = setting.scene if setting.scene and opening else None
    if place is None and "here" in line.tokens.lowers:
        place = setting.dateline
    if place and frame.place is None and candidate.type == "meeting":
        frame.place, candidate.host = place, place.state


def _latest_known(when: Timing) -> TimeSpan:
    """The time of a frame, or the days between which an inexact one lies."""
    within = when.mention.within if when.mention else None
    return TimeSpan(start=within[0], end=within[1]) if within else when.span


def _people(frame: Frame) -> tuple[tuple[Person, Actor], ...]:
    """The persons who take part, each once, in order."""
    told: dict[int, tuple[Person, Actor]] = {}
    for actor in frame.actors:
        for member in actor.members or (actor,):
            if member.person and member.state:
                told.setdefault(id(member.person), (member.person, member))
    return tuple(told.values())


def _place(candidate: Candidate) -> None:
    place = candidate.frame.place
    if place and (place.slug or place.capital or (candidate.type == "meeting" and place.state)):
        candidate.place_state, candidate.place_slug = place.state, place.slug
        town = _town_of(candidate.frame.line, place)
        candidate.place = f"{place.name}, {town.name}" if town else place.name
        candidate.spans.append(("place", place.start, town.end if town else place.end))


def _town_of(line: Line, venue: Place) -> Place | None:
    """The town named behind a venue: "at the Akasaka Palace in Tokyo"."""
    if venue.slug and gazetteer.load().places[venue.slug].kind in ("city", "capital", "region"):
        return None
    between = line.tokens.lowers[venue.j : venue.j + 1]
    town = next((p for p in line.places if p.i == venue.j + 1), None) if between in (["in"], [","]) else None
    fits = town and town.state == venue.state and town.name != venue.name
    return town if town and fits and (town.slug or town.capital) else None


def _about(candidate: Candidate, text: str) -> None:
    """Attribution, occasion and issues of the sentence."""
    line, head = candidate.frame.line, candidate.frame.hit.head
    said = attribution.of_cue(line, head, text)
    if said:
        candidate.attribution = said[0]
        candidate.spans.append(("attribution", said[1], said[2]))
    if candidate.type in ("visit", "meeting"):
        gathering = occasions.occasion(line, head, text)
        if gathering:
            candidate.occasion, candidate.margins = gathering[0], gathering[3]
            candidate.spans.append(("occasion", gathering[1], gathering[2]))
            _place_of_occasion(candidate)
    found = issues.of_line(line, text)
    candidate.topics = tuple(topic for topic, _, _ in found)
    candidate.spans.extend(("issues", start, end) for _, start, end in found)


def _place_of_occasion(candidate: Candidate) -> None:
    """A gathering that bears the name of a town is held there: the Munich Security Conference."""
    if candidate.type != "meeting" or candidate.host or candidate.occasion is None:
        return
    places = gazetteer.load().places
    for hit in mentions.find(candidate.occasion.name.partition(" ")[0]):
        slug = hit.meaning("place")
        if slug:
            candidate.place, candidate.place_slug = places[slug].name, slug
            candidate.host = candidate.place_state = places[slug].state


def affirmed(candidate: Candidate) -> bool:
    """Whether a candidate tells that something was or will be."""
    return candidate.reading.polarity is Polarity.AFFIRMED


def span_of(candidate: Candidate) -> TimeSpan:
    """The time of a candidate."""
    return candidate.timing.span
