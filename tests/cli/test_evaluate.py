"""The verb ``evaluate`` gives the figures of the shared tool, and shows where each comes from."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
TOOL = TESTS.parents[1] / "shared" / "tools" / "score.py"
NAMES = ("01-yoon-tokyo-curtain-raiser", "02-kishida-in-seoul", "14-two-naras", "17-to-lam-trump-call")


@pytest.fixture
def gold(tmp_path):
    """A copy of a few annotated articles."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in NAMES:
        for suffix in (".txt", ".json"):
            shutil.copy(TESTS / "gold" / f"{name}{suffix}", folder)
    return folder


@pytest.mark.skipif(not TOOL.exists(), reason="the scoring tool lies outside the repository")
def test_the_same_figures_as_the_shared_tool(diplograph, tmp_path):
    """Reading the gold set and judging what was extracted from it give what the shared tool gives."""
    gold = shutil.copytree(TESTS / "gold", tmp_path / "gold")
    extracted = tmp_path / "extracted.jsonl"
    extracted.write_text(diplograph("extract", *sorted(gold.glob("*.txt"))).out)
    told = subprocess.run(
        [sys.executable, TOOL, gold, extracted, "--json"], capture_output=True, text=True, check=True
    )
    for arguments in ((gold,), (gold, "--predicted", extracted)):
        done = diplograph("evaluate", *arguments, "--format", "json")

        assert json.loads(told.stdout) == json.loads(done.out)[0]["figures"]


def test_the_parts_are_shown(diplograph, gold):
    """Types, difficulties and the reliability of the confidence stand below the figures."""
    out = diplograph("evaluate", gold).out

    for heading in ("measure", "type", "difficulty", "confidence"):
        assert any(line.startswith(heading) for line in out.splitlines())
    assert "0.8 to 0.9" in out


def test_reliability_adds_up(diplograph, gold):
    """The bins hold every event that was extracted, and lie between nought and one."""
    (found,) = json.loads(diplograph("evaluate", gold, "--format", "json").out)
    bins = found["reliability"]

    assert found["figures"]["predicted_events"] == sum(row["events"] for row in bins)
    assert 10 == len(bins)
    assert all(row["low"] <= row["confidence"] <= row["high"] for row in bins if row["events"])


def test_errors_are_grouped(diplograph, gold):
    """Each mistake is shown once, in its sentence, below what makes it hard; the largest group first."""
    (found,) = json.loads(diplograph("evaluate", gold, "--errors", "--format", "json").out)
    out = diplograph("evaluate", gold, "--errors").out
    report = out[out.index("0.9 to 1.0") :].splitlines()[2:]
    groups = [line for line in report if line and not line.startswith(" ")]
    sizes = [int(line.rpartition("(")[2].rstrip(")")) for line in groups]

    assert len(found["errors"]) == sum(sizes) == out.count("«")
    assert sorted(sizes, reverse=True) == sizes
    assert {"wrong", "missed,", "extra,"} >= {line.split()[0] for line in groups}
