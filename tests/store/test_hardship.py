"""A little of what benchmarks/store_soak.py does at length, and what a full or locked disk does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hardship import BACKGROUND, TESTS, damaged, filled, killed, made, read_beside

from diplograph import store
from diplograph.errors import StoreError
from diplograph.store.backup import backup, restore
from diplograph.store.checking import faults

FULL_DISK = """
import resource, signal, sys
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/store"]
from hardship import BACKGROUND, made
from diplograph import store
from diplograph.errors import StoreError
kept = store.open(sys.argv[1], background=BACKGROUND)
documents = list(made(30))
kept.add(*documents[0])
print(documents[0][0].id, flush=True)
# No file may grow beyond this: what a full disk is to whoever writes.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    for document, reports in documents[1:]:
        kept.add(document, reports)
        print(document.id, flush=True)
except StoreError as fault:
    print("refused:", fault, flush=True)
import os
os._exit(0)
"""

FILL = Path(__file__).with_name("full_disk.py")
LOCKED = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/store"]
from hardship import BACKGROUND
from diplograph import store
from diplograph.errors import StoreError
for path in (Path(sys.argv[1]), Path(sys.argv[1]) / "new"):
    try:
        store.open(path)
    except StoreError as fault:
        print(fault)
with store.open(sys.argv[1], True, background=BACKGROUND) as kept:
    sys.stdout.write(kept.export("nq"))
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A closed store of twelve documents, and its export."""
    path = tmp_path_factory.mktemp("whole") / "kg"
    return path, filled(path, 12)


def test_killed_writers_lose_nothing(tmp_path):
    """Whoever is killed loses no acknowledged document and leaves none half; the end is as without."""
    assert (0, 0, 0, True) == killed(tmp_path / "kg", 2, 12)


@pytest.mark.parametrize("seed", range(8))
def test_no_damage_passes_silently(whole, tmp_path, seed):
    """Damaged files are reported in words, and the evidence comes back."""
    _, reported, end = damaged(whole[0], tmp_path / "kg", 12, whole[1], seed)

    assert reported
    assert "as before" == end


def test_readers_beside_a_writer(tmp_path):
    """A store opens for reading again and again while another process writes."""
    assert ([], 0) == read_beside(tmp_path / "kg", 8, 200)


@pytest.mark.parametrize("room", [20_000, 60_000])
def test_a_full_disk_is_told(tmp_path, room):
    """When nothing more can be written that is said, and what was acknowledged is there afterwards."""
    path = tmp_path / "kg"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, path, TESTS, str(room)], capture_output=True, text=True
    )
    *acknowledged, last = done.stdout.splitlines()

    assert last.startswith("refused:"), done.stderr[-500:]
    with store.open(path, background=BACKGROUND) as kept:
        assert set(acknowledged) <= set(kept.sources())
        assert () == kept.verify()


@pytest.mark.skipif(not shutil.which("unshare"), reason="a small disk wants unshare of util-linux")
def test_a_disk_that_fills_up(tmp_path):
    """On a small disk what was acknowledged stays, readers go on, and with room again so does the writer."""
    mount = f"mount -t tmpfs -o size=5m tmpfs {tmp_path} && exec {sys.executable} {FILL} {tmp_path}"
    done = subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, text=True)
    if "unshare failed" in done.stderr or "permission denied" in done.stderr:
        pytest.skip(f"no small disk can be made here ({done.stderr.strip()}); see test_a_full_disk_is_told")
    assert done.stdout, done.stderr[-500:]
    told = json.loads(done.stdout)

    assert "make room" in told["refused"]
    assert "make room" in told["opened"] or not told["opened"]
    assert len(told["acknowledged"]) > 1
    assert sorted(told["acknowledged"]) == told["read"]
    assert [] == told["faults"]
    assert told["same"]


def test_a_folder_that_cannot_be_written_to(tmp_path):
    """Without the right to write, writing is refused in words and reading goes on."""
    path = tmp_path / "kg"
    expected = filled(path, 3)
    folders = [path, *(one for one in path.rglob("*") if one.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    # Who may do everything must do without that right to be refused anything.
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*bare, sys.executable, "-c", LOCKED, path, TESTS], capture_output=True, text=True, check=True
    )
    for folder in folders:
        folder.chmod(0o755)
    refused, made_new, *export = done.stdout.split("\n", 2)

    assert "cannot be written to" in refused
    assert "no store can be made" in made_new
    assert expected == "\n".join(export)


def test_a_second_writer_may_wait(tmp_path):
    """Who is willing to wait gets the store when the first writer ends."""
    first = store.open(tmp_path / "kg", background=BACKGROUND)
    threading.Timer(0.3, first.close).start()
    with store.open(tmp_path / "kg", background=BACKGROUND, wait=20) as second:
        assert () == second.sources()


def test_a_backup_is_the_same_store(whole, tmp_path):
    """A store made from a backup exports the same bytes; the same store gives the same backup."""
    path, expected = whole
    with store.open(path, read_only=True, background=BACKGROUND) as kept:
        assert [12, 12] == [backup(kept, tmp_path / name) for name in ("a.zip", "b.zip")]
    restore(tmp_path / "a.zip", tmp_path / "again", BACKGROUND)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with store.open(tmp_path / "again", background=BACKGROUND) as again:
        assert expected == again.export("nq")
        assert () == faults(again.engine, again.ledger)
    with pytest.raises(StoreError, match="is not empty"):
        restore(tmp_path / "a.zip", tmp_path / "again")


def test_a_damaged_backup_is_refused(whole, tmp_path):
    """A backup with a flipped byte is no backup, and no store is made of it."""
    with store.open(whole[0], read_only=True, background=BACKGROUND) as kept:
        backup(kept, tmp_path / "a.zip")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[len(content) // 3] ^= 8
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(StoreError, match=r"damaged|no backup"):
        restore(tmp_path / "a.zip", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_an_older_layout_is_brought_up_to_date(tmp_path):
    """A store without index and copies is told to readers, and made whole by the first writer."""
    import pyoxigraph

    path = tmp_path / "kg"
    expected = filled(path, 6)
    database = pyoxigraph.Store(str(path / "graph"))
    database.remove_graph(pyoxigraph.NamedNode("https://w3id.org/diplograph/graph/index"))
    database.flush()
    del database
    shutil.rmtree(path / "evidence")
    (path / "seal.json").unlink()
    (path / "layout.json").write_text('{"layout": 1}')
    with pytest.raises(StoreError, match=r"layout 1.*diplograph rebuild"):
        store.open(path, read_only=True)
    with store.open(path, background=BACKGROUND) as kept:
        assert expected == kept.export("nq")
        for document, reports in made(8):
            kept.add(document, reports)
        kept.infer()
        export = kept.export("nq")
        kept.rebuild()
        assert export == kept.export("nq")
