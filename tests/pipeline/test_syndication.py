"""One text under several names and publishers is one voice in the graph, and the command line says so."""

import json
import subprocess
import sys

from diplograph import pipeline, store

TEXT = (
    "SEOUL, Sept. 6, 2024 -- Japanese Prime Minister Fumio Kishida arrived in Seoul on Friday for a two-day "
    "visit and met President Yoon Suk Yeol.\n"
)
OTHER = (
    "TOKYO, Sept. 7, 2024 -- Yoon Suk Yeol, the president of South Korea, received Fumio Kishida of Japan in "
    "Seoul on Friday.\n"
)


def papers(folder):
    """One agency's text in two papers, one of them cut, and another writer's text."""
    rows = [
        {
            "name": "one",
            "publisher": "Paper One",
            "published": "2024-09-06",
            "text": f"Kishida in Seoul\n\n{TEXT}",
        },
        {
            "name": "two",
            "publisher": "Paper Two",
            "published": "2024-09-07",
            "text": TEXT.partition(" -- ")[2],
        },
        {"name": "three", "publisher": "Paper Three", "published": "2024-09-07", "text": OTHER},
    ]
    path = folder / "papers.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def test_copies_are_found(tmp_path):
    """Papers that print the same agency's text find each other; who wrote for himself stands alone."""
    with store.open() as kept:
        pipeline.ingest(kept, [papers(tmp_path)])
        names = {kept.document(source).name: source for source in kept.sources()}
        found = {name: pipeline.copies(kept, source) for name, source in names.items()}

    assert {"one": (names["two"],), "two": (names["one"],), "three": ()} == found


def test_the_command_line_names_copies(tmp_path):
    """Ingestion says which documents tell in the words of others."""

    command = [
        sys.executable,
        "-m",
        "diplograph",
        "ingest",
        str(papers(tmp_path)),
        "--store",
        str(tmp_path / "kg"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "two: tells in the words of one; together they count once" in done.stderr
    assert "three: tells" not in done.stderr
