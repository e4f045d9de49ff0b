"""Pages that were made once are given again until the graph changes."""

from __future__ import annotations

from diplograph.app.kept import LARGEST, MOST, Kept, Page

ARTICLE = (
    '{"text": "TOKYO, March 3, 2025 -- South Korean President Yoon Suk Yeol arrived in Tokyo on Monday '
    'for talks with Prime Minister Shigeru Ishiba.", "published": "2025-03-03", "name": "tokyo.txt"}'
)


def page(size=10):
    return Page(body=b"x" * size, media="text/html", headers={})


def test_a_page_is_kept_for_its_view():
    """It is given for its view and address, and forgotten with the view."""
    kept = Kept()
    kept.put("one", ("/", b""), page())

    assert kept.get("one", ("/", b"")) == page()
    assert kept.get("one", ("/", b"as-of=2025-01-01")) is None
    assert kept.get("two", ("/", b"")) is None
    kept.put("two", ("/map", b""), page())
    assert kept.get("one", ("/", b"")) is None


def test_what_is_kept_has_a_limit():
    """Large pages are not kept; of the others those go first that nobody asked for longest."""
    kept = Kept()
    kept.put("one", ("/large", b""), page(LARGEST + 1))
    assert kept.get("one", ("/large", b"")) is None

    many = [(f"/{number}", b"") for number in range(MOST // LARGEST + 2)]
    for key in many:
        kept.put("one", key, page(LARGEST))
        kept.get("one", many[0])
    held = [key for key in many if kept.get("one", key)]

    assert MOST // LARGEST == len(held)
    assert many[0] in held
    assert many[-1] in held
    assert many[1] not in held


def test_a_page_is_put_twice():
    """The same address again counts once."""
    kept = Kept()
    for _ in range(2 * MOST // LARGEST):
        kept.put("one", ("/", b""), page(LARGEST))
    kept.put("one", ("/map", b""), page(LARGEST))

    assert kept.get("one", ("/", b"")) is not None


def test_a_change_is_seen_at_once(changing):
    """A page asked for again is the same; after a text was taken in it is another."""
    first, again = changing.get("/"), changing.get("/")
    assert 200 == changing.post("/ingest.json", ARTICLE, content_type="application/json").status
    after = changing.get("/")

    assert first.body == again.body
    assert first.headers["content-security-policy"] == again.headers["content-security-policy"]
    assert first.headers["content-type"] == again.headers["content-type"]
    assert after.body != first.body
    assert "Shigeru Ishiba" in after.text or "Yoon Suk Yeol" in after.text
