"""Every page of the table of pages, its twins, the site and the dossier: whole, quiet and the same twice."""

import importlib.util
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import korea_japan
import pytest
from hostile import STRINGS, spoil
from shelf import Shelf

from diplograph import pages
from diplograph.errors import DiplographError, QueryError, StoreError, UnknownPluginError
from diplograph.pages import dossiers, gather, places, site
from diplograph.store import Answer
from diplograph.views import (
    cards,
    gathering,
    issue,
    leader,
    marks,
    network,
    questions,
    state,
    ways,
    world,
)
from diplograph.views.ways import ALONE, Form, Ways

WORLD = korea_japan.world()
SHELF = Shelf(*WORLD)
GIVEN = gather.world(SHELF)
BUSAN = next(event for event in WORLD[0] if event.decisions)
SERVED = Ways(form=Form.SERVED)
QUIET = ([], [], [])


def addresses(given):
    """An address for each kind of page."""
    return {
        "start": "/",
        "pair": "/pair/KOR-JPN",
        "state": "/state/KOR",
        "leader": f"/leader/{ways.slug(leader.keys(given)[0])}",
        "event": f"/event/{BUSAN.id}",
        "why": f"/why/{BUSAN.id}/when",
        "issue": f"/issue/{ways.slug(issue.keys(given)[0])}",
        "gathering": f"/gathering/{ways.slug(gathering.keys(given)[0])}",
        "source": f"/source/{max(given.documents)}",
        "graph": "/graph/JPN-KOR",
        "map": "/map",
        "changes": "/changes",
        "questions": "/questions",
        "question": "/questions/contradictions",
        "sparql": "/sparql",
        "ontology": "/ontology",
        "dossier": "/dossier/KOR-JPN",
    }


ADDRESSES = addresses(GIVEN)


def test_every_kind_is_tried():
    """No kind of page is left out of these tests."""
    assert set(places.PLACES) | {"dossier", "question"} == set(ADDRESSES)


@pytest.fixture(scope="module")
def axe():
    """The checker of accessibility."""
    if os.environ.get("CI") != "true":
        why = "NO AXE, ACCESSIBILITY IS NOT TESTED: install axe-playwright-python"
        pytest.importorskip("axe_playwright_python", reason=why)
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


@pytest.mark.parametrize("kind", ADDRESSES)
def test_pages_are_quiet_and_fit_and_accessible(open_page, axe, kind):
    """No request, an empty console, nothing wider than a phone, and nothing that axe calls serious."""
    text = pages.answer(SHELF, ADDRESSES[kind]).text
    opened = open_page(text, width=390, scheme="dark" if len(kind) % 2 else "light")
    if kind in ("map", "graph"):
        opened.page.locator("canvas, #atlas svg").first.wait_for()
    assert 390 >= opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    assert 1440 >= opened.page.evaluate("document.documentElement.scrollWidth")
    opened.page.evaluate("document.querySelectorAll('details').forEach((one, n) => { one.open = n < 6 })")
    found = axe.run(opened.page).response["violations"]
    assert QUIET == opened.misdeeds
    serious = {
        rule["id"]: [node["html"][:120] for node in rule["nodes"][:3]]
        for rule in found
        if rule["impact"] in ("serious", "critical")
    }
    assert {} == serious


@pytest.mark.parametrize("kind", ADDRESSES)
def test_twins(kind):
    """Each page has a JSON twin that says its sentence and a Turtle twin that parses, the same twice."""
    from pyoxigraph import RdfFormat, parse

    place = ADDRESSES[kind].replace("/when", "") if kind != "start" else "/index"
    told = pages.answer(SHELF, f"{place}.json")
    assert ("application/json", told.body) == (told.media, pages.answer(SHELF, f"{place}.json").body)
    found = json.loads(told.text)
    assert found["kind"] in (kind, "questions")
    assert found["sentence"]
    turtle = pages.answer(SHELF, f"{place}.ttl")
    triples = list(parse(turtle.body, format=RdfFormat.TURTLE))
    assert turtle.body == pages.answer(SHELF, f"{place}.ttl").body
    assert bool(triples) == (kind not in ("questions", "question", "sparql"))


def test_the_twin_of_a_pair_holds_what_the_page_says():
    """Balance and shuttles of the JSON twin name events that it holds, each with its quote and address."""
    found = json.loads(pages.answer(SHELF, "/pair/KOR-JPN.json").text)
    events = {row["event"]: row for row in found["events"]}
    assert found["balance"]["KOR-JPN"]
    assert set(found["balance"]["KOR-JPN"]) <= set(events)
    assert all(row["quote"] and row["address"] == f"/event/{key}" for key, row in events.items())
    assert "JPN" != found["turn"]


@pytest.mark.parametrize(
    "place",
    "/nothing /state /state/XXX /pair/KOR /pair/KOR-KOR /event/0 /leader/nobody /map/KOR /source/none "
    "/issue/none /gathering/none /pair/KOR-JPN.exe /dossier/KOR-JPN.doc /../etc".split(),
)  # fmt: skip
def test_addresses_of_nothing(place):
    """What is not there is told as such."""
    with pytest.raises(StoreError):
        pages.answer(SHELF, place)


def test_parameters_without_meaning():
    """A date that is none, a question without its parameters, and one that there is not."""
    with pytest.raises(QueryError, match="no date"):
        pages.answer(SHELF, "/changes", {"since": "yesterday"})
    with pytest.raises(QueryError, match="no date"):
        pages.answer(SHELF, "/dossier/KOR-JPN", {"since": "yesterday"})
    assert "needs" not in pages.answer(SHELF, "/questions/visits-of-x-to-y").text
    assert (
        "expected state"
        in pages.answer(SHELF, "/questions/visits-of-x-to-y", {"guest": "?", "host": "JPN"}).text
    )
    with pytest.raises(UnknownPluginError):
        pages.answer(SHELF, "/questions/none")


def test_as_of_changes_the_answer():
    """The pair page looks from the day it is given."""
    then = json.loads(pages.answer(SHELF, "/pair/KOR-JPN.json", {"as-of": "2024-12-01"}).text)
    assert "2024-12-01" == then["as_of"]
    assert then["sentence"] != json.loads(pages.answer(SHELF, "/pair/KOR-JPN.json").text)["sentence"]


def test_links_of_served_pages_lead_to_pages():
    """Every link of every page to another page is answered."""
    links = set()
    for place in ADDRESSES.values():
        links |= set(re.findall(r'href="(/[^"#?]*)', pages.answer(SHELF, place).text))
    links -= {"/read"}
    assert len(links) > 60
    for link in sorted(links):
        if link not in ("/map", "/graph", "/map.json", "/map.ttl"):
            pages.answer(SHELF, link.replace("&amp;", "&"))


def test_slugs_are_harmless_and_apart():
    """A slug is a file name on any disk, differs where keys differ, and is found again."""
    keys = [*STRINGS, "CON", "nul", "index", "a/b", "a b", "A-B", "lee-jae-myung", "x" * 81, "é", "é", ""]
    slugs = [ways.slug(key) for key in keys]
    assert len(set(slugs)) == len(set(keys))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,80}", slug) for slug in slugs)
    assert not {"con", "nul", "index"} & {slug.lower() for slug in slugs}
    assert keys == [ways.named(slug, keys) for slug in slugs]


def test_results_of_a_query():
    """An answer becomes a table whose cells lead to pages; a problem is told; a query stays text."""
    row = {"s": {"type": "uri", "value": "https://w3id.org/diplograph/id/state/KOR"}}
    answered = pages.results("SELECT ?s", Answer(variables=("s",), bindings=(row,))).text
    assert '<a href="/state/KOR">South Korea</a>' in answered
    assert "format=csv" in answered
    refused = pages.results("</textarea><script>", None, "it took longer than 10 seconds").text
    assert "it took longer than 10 seconds" in refused
    assert "</textarea><script>" not in refused


def test_policy_of_a_reply():
    """A page's header policy is its own, with no frame around it; everything else allows nothing."""
    page = pages.answer(SHELF, "/pair/KOR-JPN")
    assert "script-src 'sha256-" in page.policy
    assert page.policy.endswith("frame-ancestors 'none'")
    assert "unsafe" not in page.policy
    assert pages.answer(SHELF, "/pair/KOR-JPN.json").policy.startswith("default-src 'none'")


@pytest.mark.parametrize("kind", ADDRESSES)
def test_hostile_strings_stay_text(open_page, kind):
    """Forty strings in titles, names, quotes and answers: none runs, none leads elsewhere."""
    text = "\n".join(STRINGS)
    shelf = Shelf(*spoil(*WORLD, text), said=text)
    opened = open_page(pages.answer(shelf, addresses(gather.world(shelf))[kind]).text)
    assert opened.page.evaluate("window.pwned === undefined")
    assert QUIET == opened.misdeeds
    assert set(opened.page.evaluate("Array.from(document.links, a => a.protocol)")) <= {"file:"}


def test_hostile_strings_in_a_dossier_of_markdown():
    """Markdown of a hostile world holds no tag, no picture, no address that a reader would follow."""
    from markdown_it import MarkdownIt

    for text in STRINGS:
        shelf = Shelf(*spoil(*WORLD, text))
        told = pages.answer(shelf, "/dossier/KOR-JPN.md").text
        shown = MarkdownIt("commonmark", {"html": True, "linkify": False}).render(told)
        tags = set(re.findall(r"<(/?\w+)", shown))
        assert {t.strip("/") for t in tags} <= {"h1", "h2", "p", "ul", "li", "strong", "em"}, text


def test_the_dossier_quotes_all_it_says():
    """Each footnote that is called stands at the end with its sentence, and the first page comes first."""
    told = pages.answer(SHELF, "/dossier/KOR-JPN.md").text
    called, defined = (
        set(re.findall(r"\[\^(\d+)\](?!:)", told)),
        set(re.findall(r"^\[\^(\d+)\]:", told, re.MULTILINE)),
    )
    assert called == defined
    assert len(called) > 15
    assert "went to Busan on Tuesday, a day before he leaves office" in told
    assert told.index("## Last contacts") < told.index("## Issues") < told.index("## Record")
    assert "[^1]" in told.split("## Next contacts")[0]


def test_the_dossier_from_and_up_to_a_day():
    """The record begins at ``since`` and knows nothing published after ``as-of``."""
    told = pages.answer(SHELF, "/dossier/KOR-JPN.md", {"since": "2025-01-01", "as-of": "2025-09-01"}).text
    record = told.split("## Record")[1].split("Cite this")[0]
    assert "2004" not in record
    assert "Busan" not in told
    assert "1 September 2025" in told


def test_the_dossier_as_pdf():
    """Chromium prints it; twice gives the same bytes, with the day of the graph and not of the clock."""
    if not any(map(__import__("shutil").which, ("chromium", "chromium-browser"))):
        pytest.skip("NO CHROMIUM, THE PDF IS NOT TESTED")
    one, two = (dossiers.answer(SHELF, ("KOR", "JPN"), "pdf", {}).body for _ in range(2))
    assert one[:5] == b"%PDF-"
    assert b"(D:20260109000000" in one
    assert one == two


def test_a_pdf_without_chromium(monkeypatch):
    """Where there is no Chromium, the message says what to do."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DiplographError, match="DIPLOGRAPH_CHROMIUM"):
        dossiers.chromium()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The site of the small world, twice."""
    folders = [tmp_path_factory.mktemp("site") / name for name in ("one", "two")]
    return folders, [site.write(SHELF, folder) for folder in folders]


def test_a_site_is_the_same_twice(written):
    """Two exports hold the same files with the same bytes."""
    one, two = written[0]
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    assert [path for path in files if (one / path).read_bytes() != (two / path).read_bytes()] == []


def test_a_site_holds_together(written):
    """Every relative link of every file leads to a file; no page points to a server."""
    folder = written[0][0]
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            if not target.startswith(("#", "http", "data:")):
                file = (page.parent / target.split("#")[0]).resolve()
                assert file.is_file(), (page.name, target)
                assert file.is_relative_to(folder), (page.name, target)


def test_a_site_opens_from_a_disk(browser, written):
    """Index to pair to event, with styles and scripts from beside it; nothing leaves the disk."""
    folder = written[0][0]
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    asked, console = [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: console.append(m.text))
    page.goto((folder / "index.html").as_uri())
    page.click("text=Japan – South Korea")
    assert "rgb(252, 252, 250)" == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#record, .card").first.wait_for()
    page.click(".card summary >> nth=0")
    page.click("text=This event, report by report >> visible=true")
    assert page.url.startswith((folder / "event").as_uri())
    page.click("nav a:text-is('Graph')")
    page.locator("#canvas canvas").wait_for()
    page.click("nav a:text-is('Map')")
    page.locator("#atlas svg").wait_for()
    assert page.locator("#atlas path").count() > 150
    context.close()
    assert [] == console
    assert {True} == {url.startswith((folder.as_uri(), "data:", "blob:")) for url in asked}


def test_a_site_takes_no_folder_of_others(tmp_path, written):
    """A folder with other files is refused; pages of an older site are taken away."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="other files"):
        site.write(SHELF, tmp_path)
    folder = written[0][1]
    (folder / "event" / "gone.html").write_text("old")
    site.write(SHELF, folder)
    assert not (folder / "event" / "gone.html").exists()


def test_hostile_names_of_files(tmp_path):
    """A site of a hostile world writes nothing outside its folder, and only harmless names."""
    folder = tmp_path / "site"
    site.write(Shelf(*spoil(*WORLD, "/../".join(STRINGS))), folder)
    names = {part for path in folder.rglob("*") for part in path.relative_to(folder).parts}
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+(\.[a-z]+)?", name) for name in names)
    assert ["site"] == [path.name for path in tmp_path.iterdir()]


def test_the_site_of_the_demo_is_small(tmp_path, root):
    """All pages of the demo articles, with the scripts of graph and map, in less than five million bytes."""
    import diplograph

    with diplograph.open(tmp_path / "kg") as kg:
        kg.ingest(root / "data" / "articles")
        done = site.write(kg.store, tmp_path / "site")
    assert () == done.left_out
    assert done.size == sum(
        p.stat().st_size for p in (tmp_path / "site").rglob("*") if p.is_file() and p.name != site.MARK
    )
    assert done.size < 5_000_000


def test_pages_that_stand_alone_link_to_no_other():
    """A lone file has no menu and no link but to itself and to the web."""
    for kind, subjects in (("state", ("Korea",)), ("leader", (leader.keys(GIVEN)[0],)), ("why", (BUSAN.id,))):
        text = pages.page(SHELF, kind, *subjects).text
        assert {True} == {h.startswith(("#", "http", "data:")) for h in re.findall(r'href="([^"]*)"', text)}


def test_the_page_of_a_state_counts_as_the_measures_do():
    """The sentence of a state agrees with its balance sheet."""
    sheet = state.sheet(GIVEN, "KOR")
    made = sum(row["out"] for row in sheet.values["ledger"])
    received = sum(row["back"] for row in sheet.values["ledger"])
    assert (len(sheet.facts["made"]), len(sheet.facts["received"])) == (made, received)
    assert f"made {made} visits" in sheet.sentence
    assert f"received {received} visits" in sheet.sentence


def test_changes_tell_what_changed():
    """What one publication brought: new events, and the dispute over Busan's date."""
    text = pages.answer(SHELF, "/changes.json", {"since": "2025-10-01", "until": "2025-10-31"}).text
    what = {row["event"]: row["what"] for row in json.loads(text)["changes"]}
    assert "disputed" == what[BUSAN.id]
    assert "new" in what.values()
    quiet = pages.answer(SHELF, "/changes.json", {"since": "1999-01-01", "until": "1999-02-01"}).text
    assert [] == json.loads(quiet)["changes"]


def test_the_matrix_of_a_gathering_is_symmetric():
    """Who met whom reads the same from either side."""
    key = gathering.keys(GIVEN)[0]
    meetings = [e for e in GIVEN.events if e.facts.occasion and cards.gathering_key(e.facts.occasion) == key]
    rows, left = gathering.matrix([e for e in meetings if e.facts.type.value == "meeting"], GIVEN)
    cells = [[len(cell or []) for cell in row["cells"]] for row in rows]
    assert cells == [list(column) for column in zip(*cells, strict=True)]
    assert 0 == left


def test_words_are_marked_within_their_sentence():
    """On the page of facts, the pieces of a sentence make up the sentence."""
    from diplograph.views import why

    for report in WORLD[1]:
        pieces = why.pieces(report, "when", GIVEN)
        assert report.quote == "".join(text for text, _ in pieces)


def test_cells_of_answers():
    """States are named, terms are shortened, unbound variables are empty."""
    term = {"type": "uri", "value": "https://w3id.org/diplograph/ontology/status/held"}
    assert "status:held" == questions.cell(term, GIVEN).text
    assert "" == questions.cell(None, GIVEN).text
    unknown = questions.cell({"type": "uri", "value": "https://w3id.org/diplograph/id/event/1"}, GIVEN)
    assert ("event", "1") == (unknown.kind, unknown.key)


def test_world_of_one_event_is_no_larger():
    """The page of an event reads the reports of that event alone."""
    small = gather.world_of_event(SHELF, BUSAN.id)
    assert set(BUSAN.reports) == set(small.reports)
    assert GIVEN.as_of == small.as_of
    assert world.cite("x", (BUSAN,), small).startswith("x. diplograph, 1 event from 2 sources")
    assert None is ALONE.to("event", BUSAN.id)
    assert Path("pair/JPN-KOR.html") == Path(ways.file_of(ways.address("pair", ways.dyad("KOR", "JPN"))))


def test_large_pages_draw_in_two_seconds(browser, tmp_path, root):
    """A graph of 500 marks and 2,000 lines, all shown, and a pair of 1,000 events: each within 2 s."""
    spec = importlib.util.spec_from_file_location("bench_pages", root / "benchmarks" / "pages.py")
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    codes = sorted(GIVEN.known.states)
    names = {code: code for code in codes}
    events, reports = bench.dense(codes)
    drawn = marks.picture(events, names)
    assert (True, True) == (len(drawn.nodes) >= 500, len(drawn.links) >= 2000)
    graph = network.render(events, reports, names=names)
    assert bench.drawn(browser, graph, "#canvas canvas", tmp_path) < 2
    assert bench.everything(browser, tmp_path) < 2
    many = [bench.event(n, ("KOR", "JPN") if n % 2 else ("JPN", "KOR")) for n in range(1000)]
    assert bench.drawn(browser, bench.long_pair(many, names), "svg.strip", tmp_path) < 2


def test_a_large_graph_is_looked_at_in_part(monkeypatch):
    """A page about more events than it may read takes the latest and says so; a pair has all."""
    monkeypatch.setattr(gather, "MOST", 5)
    seen = gather.world(SHELF)
    dated = sorted((e.facts.when.earliest_start() for e in WORLD[0] if e.facts.when.start), reverse=True)
    start, pair = pages.answer(SHELF, "/"), pages.answer(SHELF, "/pair/KOR-JPN")

    assert 5 == len(seen.events)
    assert len(WORLD[0]) - 5 == seen.left_out
    assert dated[4] == min(event.facts.when.earliest_start() for event in seen.events)
    assert f"leaves out {len(WORLD[0]) - 5} earlier ones" in start.text
    assert "leaves out" not in pair.text
    assert len(GIVEN.between("KOR", "JPN")) == pair.text.count('<details class="card"')
    assert json.loads(pages.answer(SHELF, "/index.json").text)["left_out"] == seen.left_out


def test_a_long_list_says_what_it_left_out(monkeypatch):
    """A list shows so many rows, and then how many there are more."""
    from diplograph.views import page

    monkeypatch.setitem(page.environment().globals, "LISTED", 3)
    text = pages.answer(SHELF, "/pair/KOR-JPN").text

    assert 3 == text.count('<details class="card"')
    assert f"{len(GIVEN.between('KOR', 'JPN')) - 3} more events are left out of this list" in text


def test_pages_read_no_more_than_they_are_about():
    """The page of a thing is the same whether the whole graph was read for it or not."""
    whole = replace(GIVEN, ways=SERVED)
    for kind, view in (("state", state), ("leader", leader), ("issue", issue), ("gathering", gathering)):
        for key in view.keys(GIVEN)[:6]:
            place = f"/{kind}/{ways.slug(key)}"
            assert world.written(view.sheet(whole, key), whole) == pages.answer(SHELF, place).text, place


def test_a_visit_returns_one_visit():
    """Of several visits that were waiting for a return, an event's page names the latest as returned."""
    from diplograph.views import event

    told = [near.how.split(",")[0] for one in WORLD[0] for near in event.near(one, GIVEN)]
    each = [sum(near.how.startswith("Returned,") for near in event.near(one, GIVEN)) for one in WORLD[0]]

    assert "Returned" in told
    assert 1 == max(each)


def test_ids_in_answers_are_short():
    """An event in an answer is told by the beginning of its id, and leads to its page."""
    part = questions.cell({"type": "uri", "value": f"https://w3id.org/diplograph/id/event/{BUSAN.id}"}, GIVEN)

    assert f"event {BUSAN.id[:10]}" == part.text
    assert ("event", BUSAN.id) == (part.kind, part.key)
