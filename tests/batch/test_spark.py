"""A batch on Spark: the same parts as on one machine, whatever happens to workers, driver and documents."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diplograph.batch import load
from diplograph.store.engine import RETRACTED

pytestmark = pytest.mark.skipif(
    "DIPLOGRAPH_TEST_SPARK" not in os.environ, reason="starts Spark; run it with `make test-spark`"
)
# Small batches end before Java's better compiler has paid for itself.
JAVA = {"JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
# Two workers with a core each, in processes of their own.
CLUSTER = "local-cluster[2,1,1024]"


def start(archive, output, master, path=()):
    """A batch in a process of its own, in slices of two documents and small partitions."""
    told = filter(None, [*map(str, path), os.environ.get("PYTHONPATH")])
    script = (
        "import sys\nfrom pathlib import Path\nfrom diplograph.batch import run\n"
        "print(run([sys.argv[1]], Path(sys.argv[2]), master=sys.argv[3], size=2, share=100))"
    )
    command = [sys.executable, "-c", script, archive, output, master]
    known = os.environ | JAVA | {"PYTHONPATH": os.pathsep.join(told)}
    return subprocess.Popen(command, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process):
    told, said = process.communicate(timeout=600)
    assert 0 == process.returncode, said[-4000:]
    return told


def below(process) -> dict[int, str]:
    """The processes below one, with their command lines."""
    known, found = {}, {process.pid}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                known[int(entry.name)] = (parent, (entry / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
    while more := {pid for pid, (parent, _) in known.items() if parent in found} - found:
        found |= more
    return {pid: known[pid][1] for pid in found if pid in known}


def wait_for(condition, seconds=300):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found


def accounts(output):
    return len(list(output.glob("work/account-read-*.json")))


@pytest.fixture(scope="module")
def single(archive, alone, tmp_path_factory):
    """The archive taken in one by one on one machine, as statements."""
    folder = tmp_path_factory.mktemp("single") / "kg"
    documents = [p for p in archive.iterdir() if p.suffix != ".tab"]
    return alone.stated(alone.one_by_one(documents, sorted(archive.glob("*.tab")), folder))


def loaded(alone, output):
    load(output, output.with_name(f"{output.name}-kg"))
    return alone.stated(output.with_name(f"{output.name}-kg"))


def parts_of(output):
    folders = ("nquads", "parquet", "lines")
    return {f"{f}/{p.name}": p.read_bytes() for f in folders for p in (output / f).iterdir()}


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    """The parts of an undisturbed batch on two cores of this machine."""
    output = tmp_path_factory.mktemp("whole") / "parts"
    finished(start(archive, output, "local[2]"))
    return output


def test_the_graph_is_that_of_one_machine(alone, single, whole):
    """Reports and consensus of all parts together are those of ingestion on one machine, to the byte."""
    assert single == loaded(alone, whole)
    assert 2 < len(list(whole.glob("nquads/consensus-*")))


def test_a_worker_is_killed(archive, whole, tmp_path):
    """On a cluster of two workers, one killed at work costs nothing, and the parts are the same bytes."""
    batch = start(archive, tmp_path / "parts", CLUSTER)

    def workers():
        return [p for p, told in below(batch).items() if "CoarseGrainedExecutorBackend" in told]

    wait_for(lambda: accounts(tmp_path / "parts") >= 1 or batch.poll() is not None)
    killed = workers()[:1]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    finished(batch)

    assert 1 == len(killed)
    assert parts_of(whole) == parts_of(tmp_path / "parts")


@pytest.fixture
def cluster(tmp_path):
    """The address of a master on this machine, and the processes of its two workers."""
    import pyspark

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"spark://127.0.0.1:{port}"
    home = Path(pyspark.__file__).parent
    known = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }

    def daemon(kind, *words):
        command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{kind}", *words]
        return subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    master = daemon("master.Master", "--host", "127.0.0.1", "--port", port, "--webui-port", "0")
    worker = (
        "worker.Worker",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        "--work-dir",
        tmp_path / "w",
    )
    started = [master, daemon(*worker, address), daemon(*worker, address)]
    try:
        yield address, started[1:]
    finally:
        for one in started:
            for pid in below(one):
                os.kill(pid, signal.SIGKILL)
            one.wait()


@pytest.mark.soak
@pytest.mark.skipif("DIPLOGRAPH_TEST_SOAK" not in os.environ, reason="slow; runs with `make soak`")
def test_a_machine_is_lost(cluster, archive, whole, tmp_path):
    """Of a standalone cluster a worker is killed with all it runs; the other one does the rest."""
    address, workers = cluster
    batch = start(archive, tmp_path / "parts", address)

    def at_work():
        told = any("CoarseGrainedExecutorBackend" in one for one in below(workers[0]).values())
        return batch.poll() is not None or (told and accounts(tmp_path / "parts") >= 1)

    wait_for(at_work)
    lost = below(workers[0])
    for pid in lost:
        os.kill(pid, signal.SIGKILL)
    finished(batch)

    assert any("CoarseGrainedExecutorBackend" in told for told in lost.values())
    assert parts_of(whole) == parts_of(tmp_path / "parts")


def test_the_driver_is_killed(archive, whole, tmp_path):
    """After the kill of the driver the same call goes on; what was read is not read again."""
    output = tmp_path / "parts"
    batch = start(archive, output, "local[1]")
    wait_for(lambda: accounts(output) >= 2 or batch.poll() is not None)
    everyone = list(below(batch))
    for pid in everyone:
        os.kill(pid, signal.SIGKILL)
    batch.communicate()
    done = {path: path.stat().st_mtime_ns for path in output.glob("work/account-read-*.json")}
    finished(start(archive, output, "local[2]"))

    assert 2 <= len(done) < accounts(output)
    assert done == {path: path.stat().st_mtime_ns for path in done}
    assert parts_of(whole) == parts_of(output)


def test_a_deadly_document(deadly, tmp_path):
    """A document that ends the process that reads it is set aside, and the job is done."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.deadly", "c.txt"):
        (folder / name).write_text("The Japanese Prime Minister arrived in Seoul on Friday, Sept. 6, 2024.")
    told = finished(start(folder, tmp_path / "out", "local[1]", path=[deadly]))

    assert "documents=2" in told
    assert "b.deadly" in told
    assert "its reading ended the process" in told


def test_versions_and_copies(alone, tmp_path):
    """Of one document under two names the first stays, of versions the newest, as on one machine."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = "The Japanese Prime Minister arrived in Seoul on Friday for a two-day visit and met the President."
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text(f"SEOUL, Sept. 6, 2024 -- {text}")
    rows = [
        ("https://x.test/1", "2024-09-06", "one", text),
        ("https://x.test/1", "2024-09-08", "two", f"{text} More."),
        ("https://x.test/1", "2024-09-07", "three", f"{text} Less."),
        (None, "2024-09-09", "name", f"{text} Long since."),
        (None, "2024-09-10", "name", f"{text} Long since, it was said."),
    ]
    keys = ("url", "published", "name", "text")
    lines = [json.dumps({k: v for k, v in zip(keys, row, strict=True) if v}) for row in rows]
    (folder / "versions.jsonl").write_text("\n".join(lines) + "\n")
    told = finished(start(folder, tmp_path / "out", "local[1]"))
    single = alone.one_by_one(sorted(folder.iterdir()), [], tmp_path / "kg")
    expected = alone.stated(single)
    expected.pop(RETRACTED)

    assert "replaced=4" in told
    assert expected == loaded(alone, tmp_path / "out")
