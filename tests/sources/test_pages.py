"""What a web page says of itself is believed only where it is marked; no date is guessed."""

import json
from datetime import date

import pytest
from needed import need

from diplograph.sources.html import Page

need("trafilatura")

STORY = (
    "<p>The president of South Korea is going to Nara for a two-day visit, and his host will be the prime "
    "minister of Japan, who grew up there; so much was made known in Seoul at the end of the week.</p>"
)


def draft(head="", body="", lang="", title="A visit to Nara | The Desk"):
    html = (
        f"<html {lang}><head><title>{title}</title>{head}</head><body><nav>Home World</nav>"
        f"<article><h1>A visit to Nara</h1>{STORY}{STORY}{STORY}</article>{body}</body></html>"
    )
    return Page(name="a.html", raw=html.encode()).draft()


def ld(value):
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "A visit to Nara",
    "datePublished": "2026-01-09T23:51:00+09:00",
    "dateModified": "2026-02-01",
    "publisher": {"@type": "Organization", "name": "The Desk"},
    "url": "https://e.org/visit",
    "inLanguage": "en-GB",
}


def meta(name, value, key="name"):
    return f'<meta {key}="{name}" content="{value}">'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(ARTICLE), ""),
        (ld([{"@type": "WebSite", "name": "x"}, ARTICLE]), ""),
        (ld({"@context": "https://schema.org", "@graph": [{"@type": ["Report", "Thing"]}, ARTICLE]}), ""),
        ("<script type='application/ld+json'>{broken</script>" + ld(ARTICLE), ""),
        (ld({"@type": "Event", "datePublished": "1999-01-01"}) + ld(ARTICLE), ""),
        (meta("article:published_time", "2026-01-09T12:00Z", "property"), ""),
        (meta("DC.date.issued", "2026-01-09"), ""),
        (meta("pubdate", "Fri, 09 Jan 2026 12:51:00 GMT"), ""),
        (meta("datePublished", "January 9, 2026", "itemprop"), ""),
        (meta("date", "no day") + meta("pubdate", "2026-01-09"), ""),
        ("", '<time datetime="2026-01-09T12:00">9 January</time>'),
        (
            "",
            '<time datetime="2026-01-01">x</time><time class="published" datetime="2026-01-09">y</time>',
        ),
        (ld(ARTICLE) + meta("date", "2020-01-01"), '<time datetime="2020-01-01">x</time>'),
    ],
)
def test_day_of_publication(head, body):
    """JSON-LD, OpenGraph, other marks and time elements tell the day, the strongest first."""
    assert date(2026, 1, 9) == draft(head, body).published


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer>Copyright 2021 The Desk. Founded 3 May 1999.</footer>"),
        ("", '<time datetime="2026-01-01">x</time><time datetime="2026-01-09">y</time>'),
        ("", "<p>Read also: what happened on 4 April 2019</p>"),
        (meta("article:modified_time", "2026-02-01", "property"), ""),
        (ld({"@type": "Event", "datePublished": "1999-01-01"}), ""),
        (ld({"@type": "NewsArticle", "datePublished": "soon"}), ""),
        (ld("[" * 50), ""),
    ],
)
def test_no_day_is_made_up(head, body):
    """Copyright lines, teasers and changes tell no day of publication."""
    assert draft(head, body).published is None


def test_the_fields():
    """Publisher, address, title and language are taken from what the page marks."""
    found = draft(ld(ARTICLE))

    assert ("The Desk", "https://e.org/visit", "A visit to Nara", "en") == (
        found.publisher,
        found.url,
        found.title,
        found.language,
    )
    assert 1 == found.text.count("A visit to Nara")
    assert "Home World" not in found.text


def test_the_fields_of_open_graph():
    """Without JSON-LD the meta elements tell, and the heading."""
    head = meta("og:site_name", "Die Post", "property") + '<link rel="canonical" href="https://e.org/besuch">'
    found = draft(head, lang='lang="de-DE"')

    assert ("Die Post", "https://e.org/besuch", "A visit to Nara", "de") == (
        found.publisher,
        found.url,
        found.title,
        found.language,
    )


@pytest.mark.parametrize("address", ["https://e.org/", "https://e.org", "/visit", "javascript:alert(1)"])
def test_a_front_page_is_no_address(address):
    """A site that names its front page on each page does not make one article of all."""
    assert draft(f'<link rel="canonical" href="{address}">').url is None


def test_where_it_was_fetched_is_stronger():
    """The address that a page was fetched from counts, whatever the page says; a feed's day is weakest."""
    html = f"<html><head>{ld(ARTICLE)}</head><body><article>{STORY * 3}</article></body></html>".encode()
    found = Page(name="a", raw=html, url="https://e.org/other", published=date(2025, 1, 1)).draft()
    bare = Page(name="a", raw=f"<article>{STORY * 3}</article>".encode(), published=date(2025, 1, 1)).draft()

    assert ("https://e.org/other", date(2026, 1, 9)) == (found.url, found.published)
    assert date(2025, 1, 1) == bare.published
