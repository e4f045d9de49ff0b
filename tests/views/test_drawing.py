"""What is drawn: places, forms and words, without a browser."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import korea_japan
import pytest

from diplograph.analysis import wording
from diplograph.model import Document, Event, EventType, Evidence, Facts, Polarity, Report, Status, TimeSpan
from diplograph.views import (
    clean,
    document,
    event,
    layout,
    marks,
    network,
    page,
    saying,
    scale,
    scene,
    sparkline,
    strip,
)

EVENTS, REPORTS, DOCUMENTS = korea_japan.world()
NAMES, AS_OF = korea_japan.NAMES, korea_japan.AS_OF


def visit(when: str, status: Status = Status.HELD, guest: str = "KOR", host: str = "JPN") -> Event:
    facts = Facts(
        type=EventType.VISIT,
        status=status,
        states=(guest, host),
        guests=(guest,),
        host=host,
        when=TimeSpan.parse(when),
    )
    return Event(id=f"{guest}{when}{status}", facts=facts, reports=("r",))


def classes(drawn: str, tag: str = "rect") -> list[str]:
    root = ET.fromstring(drawn)
    found = (node.get("class") or "" for node in root.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))
    return [name for name in found if name.startswith("visit")]


def test_forms_of_certainty():
    """Held, planned and cancelled visits differ in form, each in its own lane."""
    events = [
        visit("2025-01-01"),
        visit("2025-03-01", Status.PLANNED, "JPN", "KOR"),
        visit("2025-06-01", Status.CANCELLED),
    ]
    drawn = strip.render(events, "KOR", "JPN", names=NAMES)
    assert ["visit a held", "visit b planned", "visit a cancelled"] == classes(drawn)
    assert 'class="struck"' in drawn


def test_a_month_is_a_bar_as_long_as_the_month():
    """A visit known to the month is wider than one known to the day, and begins with the month."""
    drawn = strip.render([visit("2025-01-01"), visit("2025-08")], "KOR", "JPN", names=NAMES)
    root = ET.fromstring(drawn)
    bars = [n for n in root.iter() if (n.get("class") or "").startswith("visit a")]
    day, month = (float(bar.get("width")) for bar in bars)
    assert month > 5 * day


def test_the_strip_says_days_between():
    """Arcs carry the turn-around; coarse ones a range."""
    coarse = [visit("2025-01-01"), visit("2025-06", guest="JPN", host="KOR")]
    assert "151–180 d" in strip.render(coarse, "KOR", "JPN", names=NAMES)
    assert ">38 d<" in strip.render(EVENTS, "KOR", "JPN", names=NAMES, as_of=AS_OF)


def test_breaks_and_leaders_are_told():
    """The long silence has its length, and the edges carry the leaders' names."""
    drawn = strip.render(EVENTS, "KOR", "JPN", names=NAMES, as_of=AS_OF, tenures=korea_japan.TENURES)
    assert "11 years 3 months" in drawn
    assert "Roh Moo-hyun" in drawn
    assert "Shigeru Ishiba" in drawn


def test_an_empty_strip_says_so():
    """No visit is an answer."""
    assert "No visit recorded between South Korea and Japan." in strip.render([], "KOR", "JPN", names=NAMES)
    assert "no visits from South Korea to Japan" in sparkline.render([], "KOR", "JPN", names=NAMES)


def test_undated_visits_stand_at_the_side():
    """A visit without a date is drawn as a question mark, not on a day."""
    drawn = strip.render([visit(""), visit("2025-01-01")], "KOR", "JPN", names=NAMES)
    assert 1 == len(classes(drawn))
    assert 'class="undated a"' in drawn


def test_the_scale_folds_silence():
    """Long silences take a fixed width; order is kept and every day lies inside."""
    days = [date(2000, 1, 1), date(2000, 6, 1), date(2020, 1, 1), date(2020, 2, 1)]
    line = scale.scale(days, 100, 900)
    places = [line.x(day) for day in days]
    assert places == sorted(places)
    assert (1, 96.0) == (len(line.folds), line.folds[0].right - line.folds[0].left)
    assert (100, 900) == (line.x(date(1990, 1, 1)), line.x(date(2030, 1, 1)))
    assert ("19 years 7 months", "14 months", "40 days") == tuple(map(scale.length, (7153, 426, 40)))


def test_no_mark_lies_upon_another():
    """In the picture of everything, cards keep clear of one another."""
    placed = scene.place(marks.picture(EVENTS, NAMES))
    cards = [place for key, place in placed.detail.items() if key.startswith("e:")]
    clashes = [
        (a, b)
        for i, a in enumerate(cards)
        for b in cards[i + 1 :]
        if abs(a[0] - b[0]) < 120 and abs(a[1] - b[1]) < 40
    ]
    assert [] == clashes


def test_boxes_are_pushed_apart():
    """Overlapping boxes end beside one another, the heavy one where it was."""
    boxes = [layout.Box(0, 0, 50, 50, weight=1000), layout.Box(5, 5, 20, 20), layout.Box(5, 5, 20, 20)]
    layout.push_apart(boxes, margin=10)
    assert abs(boxes[0].x) + abs(boxes[0].y) < 1
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            apart_x = abs(one.x - other.x) - one.half_width - other.half_width
            apart_y = abs(one.y - other.y) - one.half_height - other.half_height
            assert max(apart_x, apart_y) > 8


def test_a_visit_runs_from_guest_to_host():
    """The traveller leads to the visit, the visit to the host state, with an arrow there alone."""
    made = marks.picture([e for e in EVENTS if e.facts.place and e.facts.place.name == "Nara"], NAMES)
    lines = {
        (link.start[:2], link.end[:2], link.kind, link.arrow) for link in made.links if not link.overview
    }
    assert {
        ("p:", "e:", "visit", False),
        ("e:", "s:", "visit", True),
        ("p:", "e:", "contact", False),
    } <= lines
    over = [(link.start, link.end, link.count, link.planned) for link in made.links if link.overview]
    assert [("s:KOR", "s:JPN", 1, 1)] == over


def test_pyvis_keeps_opposite_edges():
    """The pyvis network is directed: visits both ways stay two edges."""
    drawn = marks.picture(EVENTS, NAMES)
    made = network.build(drawn, scene.place(drawn))
    ways = {(e["from"], e["to"]) for e in made.edges if e["overview"] and e["kind"] == "visit"}
    assert {("s:JPN", "s:KOR"), ("s:KOR", "s:JPN")} == ways


def test_large_graphs_open_with_states_and_say_what_they_leave_out():
    """Above some hundreds of events the earliest are left out of the picture, and the page says how many."""
    codes = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"]
    events = [
        visit(f"20{n // 12 + 10:02}-{n % 12 + 1:02}", guest=codes[n % 6], host=codes[(n + 1 + n % 4) % 6])
        for n in range(180)
    ]
    html = network.render(events, names={}, most=150)
    assert 'data-start="states"' in html
    assert "The 30 earliest events are in the list but not in the picture." in html


def test_policy_names_every_script():
    """The policy forbids everything and allows each script by its hash alone."""
    policy = page.policy(["let a = 1;"], ["p {}"])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_scripts_that_could_close_their_element_are_refused():
    """A closing tag in a script would end it early."""
    with pytest.raises(ValueError, match="closing tag"):
        page.render("event.html", title="x", scripts=("'</script>'",))


def test_strings_are_cleaned():
    """Unseen characters go, odd addresses lead nowhere, cuts fall between words."""
    assert "ab" == clean.plain("a\u202e\u0000b")
    assert "tab\tline\n" == clean.plain("tab\tline\n")
    found = [
        clean.address(u) for u in ("https://a.org/x", "javascript:alert(1)", "//a.org", "http://[", None)
    ]
    assert ["https://a.org/x", None, None, None, None] == found
    assert "some words…" == clean.short("some words that go on", 13)


def test_headlines():
    """An event reads as a headline, whatever its kind and status."""
    said = [saying.headline(e, NAMES) for e in EVENTS]
    assert "Junichiro Koizumi visited Jeju, South Korea" in said
    assert "Lee Jae Myung is to visit Nara, Japan" in said
    assert "Lee Jae Myung and Sanae Takaichi met in Gyeongju (APEC)" in said
    assert "Japan: tension against China: Taiwan" in said


def test_overlapping_evidence_is_marked_once():
    """Text is kept whole where two reports share words, and denied reports stay in the fold."""
    text = "Headline\n\nA met B in C. B denied it."
    source = Document(id="d" * 64, name="x.txt", text=text, raw=b"", published=date(2026, 1, 9))

    def report(key, start, end, polarity=Polarity.AFFIRMED):
        facts = Facts(type=EventType.MEETING, status=Status.HELD, states=("KOR", "JPN"))
        told = Evidence(start=start, end=end, field="event", quote=text[start:end])
        return Report(id=key, source=source.id, facts=facts, evidence=(told,), polarity=polarity)

    reports = [report("one", 10, 23), report("two", 12, 18), report("no", 24, 36, Polarity.DENIED)]
    html = document.render(source, reports, names=NAMES)
    shown = document.paragraphs(source, reports[:2], {r.id: None for r in reports})
    assert ["Headline", "A met B in C. B denied it."] == [
        "".join(p.text for p in row.pieces) for row in shown
    ]
    assert "2 events read in it" in html
    assert "set aside: denied or only imagined (1)" in html


def test_fields_beside_their_reports():
    """Each field shows its value, the rule that decided, and who says otherwise."""
    busan = next(e for e in EVENTS if e.decisions)
    own = [r for r in REPORTS if r.id in busan.reports]
    when = next(row for row in event.fields(busan, own, NAMES) if row.label == "When")
    assert ("30 September 2025", "most reports", 1) == (when.value, when.rule, when.support)
    assert (("29 September 2025", "a diplomat, 30 October 2025", "against"),) == when.others


def test_status_moves_are_told():
    """An event that was planned and then held says so, with the dates of the reports."""
    from diplograph.model import StatusStep
    from diplograph.views import cards

    planned = StatusStep(status=Status.PLANNED, report="a", published=date(2026, 1, 9))
    held = StatusStep(status=Status.HELD, report="b", published=date(2026, 1, 14))
    moved = replace(visit("2026-01-13"), history=(planned, held))
    card = cards.card(moved, {}, {}, NAMES)
    assert ("planned (9 January 2026)", "held (14 January 2026)") == card.moves
    assert "South Korea visited Japan" == card.heading
    assert "January 2026" in wording.span(moved.facts.when)
