"""What a new user does first, in a fresh environment: ``python first_steps.py [EXTRA ...]``.

It uses nothing but the installed package, in the folder where it is started; for each extra it does what the
extra is for. It fails with what was said, or prints ``works``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

TEXT = (
    "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday "
    "for a two-day visit and met President Yoon Suk Yeol."
)
ROWS = "Japan\tMake a visit\tChina\t2014-02-03\nChina\tHost a visit\tJapan\t2014-02-03\n"
HOSTS = ("query", "SELECT ?host { ?event a dg:Visit ; dg:host ?host }", "--format", "csv")
VISIT = '"host": "KOR"'


def say(*words: str) -> str:
    """What a verb prints."""
    command = [sys.executable, "-m", "diplograph", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"diplograph {' '.join(words)}: {done.returncode} {done.stdout} {done.stderr}")
    return done.stdout


def first() -> None:
    """Without any extra: from a text to an answer and a page."""
    Path("article.txt").write_text(TEXT)
    assert say("--version").startswith("diplograph ")
    assert VISIT in say("extract", "article.txt", "--format", "jsonl")
    say("ingest", "article.txt")
    assert "KOR" in say(*HOSTS)
    assert "KOR" in say("ask", "events-of-dyad", "a=KOR", "b=JPN", "--format", "json")
    say("view", "pair", "KOR", "JPN", "-o", "pair.html")
    assert "Kishida" in Path("pair.html").read_text(encoding="utf-8")
    say("validate")
    say("doctor")


def reason() -> None:
    """HermiT and pyshacl."""
    say("reason", "--check")
    say("validate", "--pyshacl")


def html() -> None:
    """A page becomes a document."""
    page = f"<html><body><article><h1>Visit</h1><p>{TEXT}</p><p>{TEXT} Later.</p></article></body></html>"
    Path("page.html").write_text(page)
    assert VISIT in say("extract", "page.html", "--format", "jsonl")


def web() -> None:
    """A web archive is read."""
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with Path("a.warc").open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        told = StatusAndHeaders("200 OK", [("Content-Type", "text/plain")], protocol="HTTP/1.0")
        body = BytesIO(TEXT.encode())
        record = writer.create_warc_record("http://a.test/", "response", payload=body, http_headers=told)
        writer.write_record(record)
    assert VISIT in say("extract", "a.warc", "--format", "jsonl")


def data() -> None:
    """Event data goes in, and frames come out."""
    Path("rows.txt").write_text(ROWS)
    assert "1 reports" in say("import", "--format", "quadruples", "rows.txt", "--store", "rows")
    import diplograph

    with diplograph.open("rows", read_only=True) as graph:
        assert len(graph.sparql("SELECT ?e { ?e a dg:Visit }").to_pandas()) == 1
        assert graph.events().to_arrow().num_rows == 1


def serve() -> None:
    """Pages are served."""
    command = [sys.executable, "-m", "diplograph", "serve", "--port", "8791"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            assert b"diplograph" in page_of("http://127.0.0.1:8791/")
        finally:
            server.terminate()


def page_of(address: str) -> bytes:
    """What a server answers that is just starting."""
    for _ in range(600):
        try:
            with urlopen(address) as answer:  # noqa: S310 - an address of ours
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nobody answered at {address}")


def notebook() -> None:
    """The magic is there."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "diplograph")
    assert "sparql" in shell.magics_manager.magics["cell"]


def plots() -> None:
    """A chart is drawn."""
    say("tempo", "KOR", "JPN", "--plot", "tempo.svg")
    assert Path("tempo.svg").stat().st_size > 1000


def map_() -> None:
    """The map is drawn."""
    say("view", "map", "-o", "map.html")
    assert Path("map.html").stat().st_size > 1000


def network() -> None:
    """Bridges and communities are found."""
    assert "Korea" in say("network", "--by", "rank")


def spark() -> None:
    """A batch gives the graph; without Java nothing can be tried."""
    if shutil.which("java"):
        say("batch", "article.txt", "-o", "parts", "--into", "batch", "--master", "local[1]")
        assert "KOR" in say(*HOSTS, "--store", "batch")


STEPS = {
    "reason": reason,
    "html": html,
    "web": web,
    "data": data,
    "serve": serve,
    "notebook": notebook,
    "plots": plots,
    "map": map_,
    "network": network,
    "spark": spark,
}

if __name__ == "__main__":
    first()
    for extra in sys.argv[1:]:
        STEPS[extra]()
    print("works")
