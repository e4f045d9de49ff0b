"""Strings that must never do anything but be read; each would leave a trace if it ran."""

from __future__ import annotations

from dataclasses import replace

from diplograph.model import Document, Event, Evidence, Occasion, PlaceName, Report, Topic

STRINGS = (
    "<script>window.pwned=1;alert(1)</script>",
    "</script><script>window.pwned=1</script>",
    "</style><script>window.pwned=1</script>",
    "--><script>window.pwned=1</script><!--",
    "<!--<script>",
    "]]><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>",
    "</textarea><img src=x onerror=window.pwned=1>",
    '"><img src=x onerror="window.pwned=1">',
    "'><svg onload=window.pwned=1>",
    "<img src=https://example.org/x.png>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<a href='javascript:window.pwned=1'>x</a>",
    "javascript:window.pwned=1",
    "data:text/html,<script>parent.pwned=1</script>",
    "<body onload=window.pwned=1>",
    "<svg><style>@import url(https://example.org/x.css)</style>",
    "<link rel=stylesheet href=https://example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>",
    "<base href=https://example.org/>",
    "<form action=https://example.org><button>x",
    "<object data=https://example.org/x></object>",
    "<details open ontoggle=window.pwned=1>",
    "<math><mtext></p><script>window.pwned=1</script>",
    "{{ 7*7 }}",
    "{% raw %}{{ config }}{% endraw %}",
    "{{ ''.__class__.__mro__ }}",
    "${window.pwned=1}",
    "`${window.pwned=1}`",
    "#{window.pwned=1}",
    "\\u003cscript>window.pwned=1\\u003c/script>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "';window.pwned=1;//",
    '";window.pwned=1;//',
    "\u2028window.pwned=1\u2029",
    "\u202egnihtemos\u202c reversed",
    "\u2066isolated\u2069\u200e\u200f",
    "nul\u0000l and bell\u0007",
    "\ud800 lone surrogate",
    "x" * 3000,
    "__proto__",
    "constructor",
)


def spoil(events: tuple[Event, ...], reports: tuple[Report, ...], documents: tuple[Document, ...], text: str):
    """The same world with every string of a source replaced by one that is hostile."""
    bad_documents = tuple(
        replace(d, name=text, title=text, publisher=text, url=f"javascript:{text}", text=text + d.text)
        for d in documents
    )
    shift = len(text)
    bad_reports = tuple(
        replace(
            r,
            attribution=text,
            rule=text,
            evidence=tuple(
                Evidence(start=e.start + shift, end=e.end + shift, field=e.field, quote=text)
                for e in r.evidence
            ),
            facts=_facts(r.facts, text),
        )
        for r in reports
    )
    return tuple(replace(e, facts=_facts(e.facts, text)) for e in events), bad_reports, bad_documents


def _facts(facts, text):
    return replace(
        facts,
        subtype=text,
        participants=tuple(
            replace(p, name=text, office=text, person=f"{text}-{p.person}") for p in facts.participants
        ),
        place=PlaceName(name=text, state=facts.place.state) if facts.place else None,
        occasion=Occasion(name=text) if facts.occasion else None,
        issues=(Topic(name=text, id=text), *facts.issues),
    )
