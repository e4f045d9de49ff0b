"""Every page is opened in a browser: nothing leaves, the console is empty, and a click leads to quotes."""

import xml.etree.ElementTree as ET

import korea_japan
import pytest
from hostile import STRINGS, spoil

from diplograph.views import document, event, network, pair, sparkline, strip

EVENTS, REPORTS, DOCUMENTS = korea_japan.world()
NAMES, AS_OF = korea_japan.NAMES, korea_japan.AS_OF
BUSAN = next(e for e in EVENTS if e.decisions)


def graph(events=EVENTS, reports=REPORTS, documents=DOCUMENTS, names=NAMES, title="Korea and Japan"):
    return network.render(events, reports, names=names, title=title, as_of=AS_OF, documents=documents)


def pair_page(events=EVENTS, reports=REPORTS, documents=DOCUMENTS, names=NAMES, title=None):
    return pair.render(
        events,
        reports,
        "KOR",
        "JPN",
        names=names,
        as_of=AS_OF,
        documents=documents,
        tenures=korea_japan.TENURES,
        title=title,
    )


def source_page(_events=EVENTS, reports=REPORTS, documents=DOCUMENTS, names=NAMES, _title=None):
    return document.render(documents[-1], reports, names=names)


def event_page(events=EVENTS, reports=REPORTS, documents=DOCUMENTS, names=NAMES, _title=None):
    one = next(e for e in events if e.id == BUSAN.id)
    return event.render(one, reports, names=names, documents=documents)


PAGES = {"graph": graph, "pair": pair_page, "source": source_page, "event": event_page}
QUIET = ([], [], [])


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_pages_ask_for_nothing_and_say_nothing(open_page, name, width, scheme):
    """No request leaves the file, the console is empty, and no page is wider than its window."""
    opened = open_page(PAGES[name](), width=width, scheme=scheme)
    opened.page.wait_for_timeout(200)
    assert QUIET == opened.misdeeds
    assert width >= opened.page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_the_same_every_time(name):
    """Rendering twice, from events in another order, gives the same bytes."""
    assert PAGES[name]() == PAGES[name](EVENTS[::-1], REPORTS[::-1])


def test_a_click_on_an_event_opens_its_quote(open_page):
    """The mark of Busan, clicked in the picture, opens its card with both sentences."""
    page = open_page(graph()).page
    x, y = page.evaluate(
        """() => {
        const { nodes } = JSON.parse(document.querySelector('#graph').textContent);
        const busan = nodes.find((node) => node.label.startsWith('Busan'));
        const at = window.diplograph.place(busan.id);
        const box = document.querySelector('#canvas').getBoundingClientRect();
        return [box.left + at.x, box.top + at.y];
        }"""
    )
    page.mouse.click(x, y)
    card = page.locator(f"#e-{BUSAN.id}")
    card.locator("blockquote").first.wait_for(state="visible")
    quotes = card.locator("blockquote").all_inner_texts()
    assert ["Shigeru Ishiba went to Busan on Tuesday, a day before he leaves office.", True] == [
        quotes[0],
        len(quotes) == 2,
    ]
    assert "a diplomat" in card.inner_text()
    assert "Sources differ on when." in card.inner_text()
    assert "2 events of Busan 30 Sep 2025" == page.locator("#shown").inner_text()


def test_the_record_works_by_keyboard(open_page):
    """Without the picture: search, tab to a card, open it with the keyboard."""
    page = open_page(graph()).page
    page.locator("#search").fill("hot springs")
    assert "1 event" == page.locator("#shown").inner_text()
    # Past issue, office and "show all" to the first card.
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("details.card[open] blockquote").is_visible()


def test_filters_hide_marks_and_cards(open_page):
    """A kind that is switched off leaves both the picture and the record."""
    page = open_page(graph()).page
    page.locator('.chip[data-kind="visit"]').click()
    assert page.locator('details.card[data-kind="visit"]:visible').count() == 0
    assert "15 events" == page.locator("#shown").inner_text()
    page.locator('.chip[data-status="planned"]').click()
    assert "14 events" == page.locator("#shown").inner_text()


def test_levels_on_a_phone(open_page):
    """A narrow window opens with states alone and shows everything on request."""
    page = open_page(graph(), width=390, height=844).page
    assert ["s:CHN", "s:JPN", "s:KOR"] == sorted(page.evaluate("window.diplograph.shown()"))
    page.locator('[data-level="all"]').click()
    assert len(page.evaluate("window.diplograph.shown()")) > 30


def test_the_strip_leads_to_the_record(open_page):
    """A mark of the strip is a link to its card."""
    page = open_page(pair_page()).page
    page.locator(f'svg.strip a[href="#e-{BUSAN.id}"]').first.click()
    assert page.url.endswith(f"#e-{BUSAN.id}")


def test_pages_open_with_their_sentence(open_page):
    """Text first: the answer is the first paragraph of the graph and of the pair."""
    for html in (graph(), pair_page()):
        text = open_page(html).page.locator("p").first.inner_text()
        assert text.startswith("It is South Korea’s turn: Shigeru Ishiba went to Busan on 30 September 2025;")


# The event page shows every kind of field and is quick: each string alone. The others take them by the half
# dozen, for a page of half a megabyte takes its time to open.
ALONE = [("event", (text,)) for text in STRINGS]
TOGETHER = [
    (name, STRINGS[n : n + 6]) for name in ("graph", "pair", "source") for n in range(0, len(STRINGS), 6)
]


def test_hostile_strings_stay_text(open_page):
    """Whatever a source holds, nothing runs, nothing is asked for, and no template is filled in."""
    for name, texts in ALONE + TOGETHER:
        text = "\n".join(texts)
        events, reports, documents = spoil(EVENTS, REPORTS, DOCUMENTS, text)
        names = dict.fromkeys(NAMES, text)
        opened = open_page(PAGES[name](events, reports, documents, names, text))
        assert opened.page.evaluate("window.pwned === undefined"), (name, text)
        assert "49" not in opened.page.title()
        assert QUIET == opened.misdeeds, (name, text)
        links = opened.page.evaluate("Array.from(document.links, a => a.protocol)")
        assert set(links) <= {"file:"}, (name, text)
        opened.page.context.close()


@pytest.mark.parametrize("text", STRINGS)
def test_hostile_strings_in_svg(text):
    """The strip and the sparkline stay well-formed XML without scripts, links or odd characters."""
    events, _, _ = spoil(EVENTS, REPORTS, DOCUMENTS, text)
    for draw in (strip.render, sparkline.render):
        drawn = draw(events, "KOR", "JPN", names=dict.fromkeys(NAMES, text), as_of=AS_OF)
        tags = {node.tag.rpartition("}")[2] for node in ET.fromstring(drawn.encode()).iter()}
        assert tags <= {"svg", "style", "g", "rect", "line", "path", "circle", "text", "title", "desc"}
        assert not set(drawn) & set("\u202e\u2066\u2069\u2028\u0000\u0007")


@pytest.mark.parametrize("name", ["graph", "pair"])
def test_nothing_recorded_is_an_answer(open_page, name):
    """Without events a page still opens and says so."""
    opened = open_page(PAGES[name]((), (), ()))
    assert QUIET == opened.misdeeds
    assert "recorded" in opened.page.locator("body").inner_text()
