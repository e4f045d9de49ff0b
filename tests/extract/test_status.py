"""How far an event had come, word by word: verb groups, nouns, verbs that call off, and dates."""

from __future__ import annotations

from datetime import date

import pytest

from diplograph.extract import status
from diplograph.extract.status import Reading
from diplograph.extract.verbgroups import VerbGroup
from diplograph.model import Polarity, Status, TimeSpan

TODAY = date(2025, 9, 10)


def said(reading):
    """Status, polarity (if it is not affirmed) and reason of a reading, as one line."""
    polarity = "" if reading.polarity is Polarity.AFFIRMED else f" {reading.polarity}"
    return f"{reading.status}{polarity}: {reading.reason}"


def group(auxiliaries="", form="base", governors="", start=0):
    """A verb group; governors are given as they stand in the sentence, the nearest last."""
    return VerbGroup(start, tuple(auxiliaries.split()), form, tuple(reversed(governors.split())))


@pytest.mark.parametrize(
    ("auxiliaries", "form", "governors", "expected"),
    [
        ("", "past", "", "held: tense: past"),
        ("has been", "participle", "", "held: tense: has been participle"),
        ("did not", "base", "", "held denied: negated: did not"),
        ("has never", "participle", "", "held denied: negated: has never"),
        ("didn't", "base", "", "held denied: negated: didn't"),
        ("will not", "base", "", "cancelled: will not"),
        ("would not", "base", "", "cancelled: will not"),
        ("would", "base", "", "planned: would"),
        ("'d", "base", "", "planned: would"),
        ("would have", "participle", "", "held hypothetical: would have"),
        ("will", "base", "", "planned: future: will"),
        ("may have", "participle", "", "proposed: modal: may have"),
        ("should", "base", "", "proposed: modal: should"),
        ("is to", "base", "", "planned: is to"),
        ("was to have", "participle", "", "cancelled: was to have"),
        ("had to", "base", "", "planned: infinitive or gerund alone"),
        ("to", "base", "the first president", "held: no governor"),
        ("to", "base", "the first who is due", "planned: governed by 'due'"),
        ("to", "base", "he refused", "cancelled: governed by 'refused'"),
        ("to", "base", "he has no plans", "planned denied: no plans"),
        ("to", "base", "he was not invited", "planned denied: no invited"),
        ("to", "base", "he hopes", "proposed: governed by 'hopes'"),
        ("to", "base", "he put off", "postponed: governed by 'put'"),
        ("to", "base", "he travelled there", "held: purpose of 'travelled'"),
        ("to", "base", "they came", "held: purpose of 'came'"),
        ("to", "base", "on his way", "planned: infinitive or gerund alone"),
        ("to", "base", "hopes a b c d e f g", "planned: infinitive or gerund alone"),
        ("to", "base", "hopes a b c d e f", "proposed: governed by 'hopes'"),
        ("to", "base", "set a b c d e f g", "planned: purpose of a 'set'"),
        ("", "gerund", "", "held: infinitive or gerund alone"),
        ("", "gerund", "he left before", "planned: infinitive or gerund alone"),
        ("", "gerund", "he thanked him for", "held: purpose of 'thanked'"),
        ("", "gerund", "the idea of", "planned: infinitive or gerund alone"),
        ("", "gerund", "he arrived after", "held: purpose of 'arrived'"),
        ("is", "gerund", "", "held: tense: is gerund"),
        ("have been", "gerund", "", "held: tense: have been gerund"),
        ("been", "gerund", "", "held: tense: been gerund"),
        ("", "gerund", "storms prevented him from", "cancelled: kept from it"),
        ("", "gerund", "prevented a b c d from", "cancelled: kept from it"),
        ("", "gerund", "prevented a b c d e from", "held: purpose of 'prevented'"),
        ("", "gerund", "the reason for", "planned: infinitive or gerund alone"),
        ("", "gerund", "he hopes to make a stop before", "proposed: governed by 'hopes'"),
        ("", "gerund", "he came to make a stop before", "held: purpose of 'came'"),
        ("to", "base", "a first b c d e f g h", "held: no governor"),
        ("to", "base", "a first b c d e f g h i", "planned: infinitive or gerund alone"),
        ("to", "base", "no a b plans", "planned denied: no plans"),
        ("to", "base", "no a b c plans", "planned: governed by 'plans'"),
        ("", "gerund", "he refrained from", "held: purpose of 'refrained'"),
    ],
)
def test_verbs(auxiliaries, form, governors, expected):
    """A verb group says how far the act had come, whether it is affirmed, and by which word."""
    assert expected == said(status.of_verb(group(auxiliaries, form, governors)))


@pytest.mark.parametrize(
    ("word", "following", "expected"),
    [
        ("cancelled", "", "cancelled"),
        ("called", "the whole thing off", "cancelled"),
        ("called", "one two three four off", "proposed"),
        ("putting", "off", "postponed"),
        ("took", "place", "occurring"),
        ("denies", "", "denied"),
        ("invited", "", "proposed"),
        ("scheduled", "", "planned"),
        ("table", "", None),
    ],
)
def test_classes_of_words(word, following, expected):
    """A word has a class in all its forms; one of two words only with the second within four."""
    assert expected == status.word_class(word, tuple(following.split()))


@pytest.mark.parametrize(
    ("sentence", "noun", "lemma", "verb", "expected"),
    [
        ("the visit", "visit", None, None, "held: no governor"),
        ("a planned visit", "visit", None, None, "planned: 'planned' before the noun"),
        ("the possible but delayed visit", "visit", None, None, "postponed: 'delayed' before the noun"),
        ("possible one two three visit", "visit", None, None, "proposed: 'possible' before the noun"),
        ("possible one two three four visit", "visit", None, None, "held: no governor"),
        ("ahead of the visit", "visit", None, None, "planned: ahead of it"),
        ("after the visit", "visit", None, None, "held: after it"),
        ("after one two three four five visit", "visit", None, None, "held: after it"),
        ("after one two three four five six visit", "visit", None, None, "held: no governor"),
        (
            "he cancelled a visit",
            "visit",
            "cancel",
            group("", "past", start=1),
            "cancelled: governed by 'cancel'",
        ),
        (
            "he did not cancel a visit",
            "visit",
            "cancel",
            group("did not", start=1),
            "held denied: negated: did not",
        ),
        (
            "it was not postponed , the visit",
            "visit",
            "postpone",
            group("was not", "participle", start=1),
            "postponed: governed by 'postpone'",
        ),
        (
            "he proposed a visit",
            "visit",
            "propose",
            group("", "past", start=1),
            "proposed: 'proposed' before the noun",
        ),
        (
            "he discussed trade at a meeting",
            "meeting",
            "suggest",
            group("", "past", start=1),
            "proposed: governed by 'suggest'",
        ),
        ("he sought trade at a meeting", "meeting", "seek", group("", "past", start=1), "held: tense: past"),
        (
            "he sought a meeting",
            "meeting",
            "seek",
            group("", "past", start=1),
            "proposed: governed by 'seek'",
        ),
        (
            "he denied a meeting",
            "meeting",
            "deny",
            group("", "past", start=1),
            "proposed denied: governed by 'deny'",
        ),
        ("a meeting took place", "meeting", "take", group("", "past", start=2), "held: tense: past"),
        ("a meeting will take place", "meeting", "take", group("will", start=2), "planned: future: will"),
        (
            "he planned a meeting",
            "meeting",
            "plan",
            group("", "past", start=1),
            "planned: 'planned' before the noun",
        ),
        ("he will plan a meeting", "meeting", "plan", group("will", start=1), "planned: future: will"),
        (
            "he plotted a meeting",
            "meeting",
            "plan",
            group("", "past", start=1),
            "planned: governed by 'plan'",
        ),
        (
            "he put forward a visit",
            "visit",
            "propose",
            group("", "past", start=1),
            "proposed: governed by 'propose'",
        ),
        ("a resumption of talks", "talks", None, None, "proposed: only spoken of"),
        (
            "they discussed the talks",
            "talks",
            "discuss",
            group("", "past", start=1),
            "proposed: only spoken of",
        ),
        ("he praised his visit", "visit", "praise", group("", "past", start=1), "held: no governor"),
        ("he will praise his visit", "visit", "praise", group("will", start=1), "planned: future: will"),
        ("he has plans", "plans", "have", group("", "past", start=1), "planned: plans"),
        (
            "he never had plans",
            "plans",
            "have",
            group("never", "past", start=1),
            "held denied: negated: never",
        ),
        ("he praised one visit", "visit", "praise", group("", "past", start=1), "held: tense: past"),
    ],
)
def test_nouns(sentence, noun, lemma, verb, expected):
    """A noun takes its status from an adjective, its governor, what stands near, then from tense."""
    words = sentence.split()
    governor = (lemma, verb) if lemma else None

    assert expected == said(status.of_noun(words, words.index(noun), governor))


PAST = ("", "past")


@pytest.mark.parametrize(
    ("words", "lemma", "expected"),
    [
        *(
            (f"he sought help at home {stop} talks", "seek", "proposed: governed by 'seek'")
            for stop in ", of to and".split()
        ),
        ("he sought help at one two three talks", "seek", "held: tense: past"),
        ("he sought help at one two three four talks", "seek", "proposed: governed by 'seek'"),
        ("he called the talks off", "call", "cancelled: governed by 'call'"),
        ("he held the visit", "hold", "held: tense: past"),
        *(
            (f"he praised {word} {noun}", "praise", "held: no governor")
            for word in "the this 's his her".split()
            for noun in ("trip", "visit")
        ),
        ("he praised his one two trip", "praise", "held: no governor"),
        ("he praised his one two three trip", "praise", "held: tense: past"),
        ("he praised the deal", "praise", "held: tense: past"),
    ],
)
def test_nouns_behind_a_verb(words, lemma, expected):
    """A noun behind a verb in the past is governed by it, is its adjunct, or is only taken up."""
    lowers = words.split()
    head = next(
        at for at in range(len(lowers) - 1, 0, -1) if lowers[at] in ("talks", "visit", "trip", "deal")
    )

    assert expected == said(status.of_noun(lowers, head, (lemma, group(*PAST, start=1))))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the atmosphere for talks", "proposed: only spoken of"),
        ("resumption of a b c talks", "proposed: only spoken of"),
        ("resumption of a b c d talks", "held: no governor"),
        ("one of talks", "held: no governor"),
        *((f"resumption of {stop} talks", "held: no governor") for stop in ", the to in and".split()),
    ],
)
def test_what_is_only_spoken_of(words, expected):
    """The resumption of talks is no talk; a new phrase between them ends that."""
    lowers = words.split()

    assert expected == said(status.of_noun(lowers, len(lowers) - 1, None))


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("he postponed his visit", "postponed", "postponed: the verb 'postponed'"),
        ("he called the visit off", "called", "cancelled: the verb 'called'"),
        ("he dropped in at Lahore", "dropped", "held: tense"),
        ("he dropped by", "dropped", "held: tense"),
        ("he dropped the visit", "dropped", "cancelled: the verb 'dropped'"),
        ("he invited him to visit", "invited", "proposed: the verb 'invited'"),
        ("he wanted to visit", "wanted", "held: tense"),
        ("he visited", "visited", "held: tense"),
    ],
)
def test_verbs_that_call_off(sentence, verb, expected):
    """A verb that calls off, puts off or invites says so itself."""
    words = sentence.split()

    assert expected == said(
        status.of_status_verb(words, words.index(verb), Reading(Status.HELD, reason="tense"))
    )


def test_a_denied_call_off_stays_denied():
    """What was not cancelled is not cancelled."""
    denied = Reading(Status.HELD, Polarity.DENIED, "negated")

    assert denied == status.of_status_verb(["not", "cancelled"], 1, denied)


@pytest.mark.parametrize(
    ("told", "when", "expected"),
    [
        (Reading(Status.HELD), "2025-09-11", "planned: its date lies ahead"),
        (Reading(Status.HELD), "2025-09-10", "held: "),
        (Reading(Status.HELD), "2025-09", "held: "),
        (Reading(Status.HELD), "2025-10", "planned: its date lies ahead"),
        (Reading(Status.HELD), "", "held: "),
        (Reading(Status.HELD, Polarity.DENIED), "2025-10", "held denied: "),
        (Reading(Status.PROPOSED), "2025-07-11", "held: its date has long passed"),
        (Reading(Status.PROPOSED), "2025-07-12", "proposed: "),
        (Reading(Status.PLANNED), "2025-09-09", "held: its date has passed"),
        (Reading(Status.PLANNED), "2025-09-10", "planned: "),
        (Reading(Status.PLANNED, reason="governed by 'plan'"), "2025-09-09", "planned: governed by 'plan'"),
        (Reading(Status.CANCELLED), "2025-01-01", "cancelled: "),
    ],
)
def test_dates(told, when, expected):
    """What is said to be held lies not ahead, and what was planned for a day that has passed was held."""
    assert expected == said(status.against_date(told, TimeSpan.parse(when), TODAY))


def test_without_a_day_of_publication_dates_say_nothing():
    """Where nobody knows when it was published, no status is mended."""
    told = Reading(Status.HELD)

    assert told is status.against_date(told, TimeSpan.parse("2099-01-01"), None)
