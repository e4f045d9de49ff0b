"""Documents are read in order by any number of processes, and one that misbehaves costs only itself."""

import json
import subprocess
import sys
import threading

import pytest
import strange_extractors

from diplograph import pipeline
from diplograph.errors import DiplographError
from diplograph.pipeline import Task, Told, workers
from diplograph.sources import Draft, SourceFailure


def drafts(*texts):
    return [Draft(name=f"{n:03}", text=text, raw=text.encode()) for n, text in enumerate(texts)]


def read(texts, jobs=2, **options):
    task = Task(extractor=strange_extractors.obedient, **options)
    return list(pipeline.read_all(drafts(*texts), task, jobs))


def outcome(told):
    return "told" if isinstance(told, Told) else str(told.reason)


def test_order_is_kept():
    """A hundred documents read by three processes come back in their order."""
    told = read([f"text {n}" for n in range(100)], jobs=3)

    assert [f"text {n}" for n in range(100)] == [one.document.text for one in told]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("please refuse", "001: cannot be read: nothing can be made of it; set aside"),
        (
            "please stumble",
            "001: cannot be read: KeyError: 'nobody foresaw this'; please report this; set aside",
        ),
        ("please dig", "001: is nested too deeply to be read; set aside"),
        ("please hang softly", "001: reading took longer than 1 s; set aside"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_document_costs_itself(text, reason, jobs):
    """What fails or hangs is told in words, in its place, with one process and with two."""
    told = read(["before", text, "after"], jobs=jobs, patience=0.5)

    assert ["told", reason, "told"] == [outcome(one) for one in told]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("please crash", "001: its reading ended the process (signal SIGSEGV); set aside"),
        ("please leave", "001: its reading ended the process (exit code 7); set aside"),
        ("please hang hard", "001: reading took longer than 1 s; set aside"),
    ],
)
def test_a_document_that_kills_its_process(monkeypatch, text, reason):
    """A process that dies or hears no alarm is replaced, and all other documents are read."""
    monkeypatch.setattr(workers, "_GRACE", 0.2)
    told = read(["before", text, *["after"] * 30], patience=0.5)

    assert ["told", reason, *["told"] * 30] == [outcome(one) for one in told]


def test_failures_keep_their_place():
    """An input that was no document stands in the row where it was found."""
    missing = SourceFailure(name="none", reason=DiplographError("there is no such file"))
    task = Task(extractor=strange_extractors.obedient)
    told = list(pipeline.read_all([*drafts("a"), missing, *drafts("b")], task, 2))

    assert [Told, SourceFailure, Told] == [type(one) for one in told]
    assert missing is told[1]


def test_few_documents_are_in_hand():
    """Drafts are taken as they are needed, however many there are."""
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield from drafts("text")

    told = pipeline.read_all(endless(), Task(extractor=strange_extractors.obedient), 2)
    for _ in range(50):
        next(told)
    told.close()

    assert 50 <= taken <= 100


def test_an_extractor_that_cannot_be_found():
    """A function that other processes cannot import is refused with words."""
    module = type(sys)("not_there")
    exec("def extractor(document): return ()", module.__dict__)
    sys.modules["not_there"] = module
    module.extractor.__module__ = "not_there"
    try:
        with pytest.raises(DiplographError, match="must be importable"):
            list(pipeline.read_all(drafts("a"), Task(extractor=module.extractor), 2))
    finally:
        del sys.modules["not_there"]


def test_known_documents_are_not_read():
    """What is known already is opened and not read again."""
    (draft,) = drafts("please refuse")
    task = Task(extractor=strange_extractors.obedient, known=frozenset({draft.document().id}))

    assert [None] == [told.reports for told in pipeline.read_all([draft], task, 2)]


def test_reading_in_a_thread():
    """Outside the main thread, where no alarm can be set, documents are read all the same."""
    found = []
    thread = threading.Thread(target=lambda: found.extend(read(["a", "please refuse"], jobs=1)))
    thread.start()
    thread.join()

    assert [Told, SourceFailure] == [type(one) for one in found]


STREAM = """
import json, sys
number = int(sys.argv[1])
for n in range(number):
    print(json.dumps({"name": f"{n:06}", "published": "2026-01-14", "text":
        f"SEOUL -- President Lee Jae Myung met Prime Minister Person{n} Takai{n} in Place{n} on Tuesday."}))
"""
EXTRACT = [sys.executable, "-m", "diplograph", "extract"]


def write_stream(path, number):
    with path.open("w") as stream:
        subprocess.run([sys.executable, "-c", STREAM, str(number)], stdout=stream, check=True)
    return path


def test_any_number_of_jobs_prints_the_same(tmp_path):
    """Six hundred documents, one of them bad, give the same bytes with 1, 2 and 3 jobs, and code 3."""
    path = write_stream(tmp_path / "a.jsonl", 600)
    with path.open("a") as stream:
        stream.write('{"no": "text"}\n' + json.dumps({"name": "last", "text": "Nothing."}) + "\n")
    runs = [
        subprocess.run([*EXTRACT, str(path), "--jobs", str(jobs)], capture_output=True, text=True)
        for jobs in (1, 2, 3)
    ]

    assert [3, 3, 3] == [run.returncode for run in runs]
    assert [601] * 3 == [len(run.stdout.splitlines()) for run in runs]
    assert 1 == len({run.stdout for run in runs})
    assert 1 == len({run.stderr for run in runs})
    assert 'this line has no "text"' in runs[0].stderr


def peak(path):
    """The most memory, in kilobytes, that reading a file took."""
    code = (
        "import resource, sys; from diplograph.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "extract", str(path)], capture_output=True, text=True, check=True
    )
    return int(run.stderr.splitlines()[-1])


@pytest.mark.skipif(sys.platform == "darwin", reason="ru_maxrss is counted in bytes there")
def test_memory_is_flat(tmp_path):
    """Two thousand articles that each name somebody new take hardly more memory than two hundred."""
    few, many = (peak(write_stream(tmp_path / f"{n}.jsonl", n)) for n in (200, 2000))

    assert many < few + 8_000
