"""Trains the weights of the reader on annotated articles: ``scripts/train.py [--out FOLDER] [FOLDER ...]``.

Reads folders of ``NAME.txt`` with ``NAME.json``, by default ``tests/gold`` and, where it is there,
``../shared/corpus``; writes ``weights.json`` and its model card ``README.md`` into ``data/reader``.
A candidate is right if it is compatible with a firm event of the annotation; one that fits only an optional
event is left out. Logistic regression on the candidates' named features, with no random choice: twice run,
twice the same weights. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.extract import candidates, pairing, reader, scoring
from diplograph.extract.candidates import Candidate
from diplograph.extract.pairing import Reading
from diplograph.model import Document
from diplograph.text import segments

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "tests" / "gold", ROOT.parent / "shared" / "corpus")
OUT = ROOT / "data" / "reader"

PENALTY = 0.2
"""Inverse strength of the quadratic penalty."""

RARE = 5
RARE_CUE = 8
"""Features seen less often are left out; single cues need more, since each says little of the next text."""

FOLDS = 5
NEGLIGIBLE = 0.005
AT_THE_DESK = ("author-of-remarks", "sport", "to-the-press")
"""Features too rare to be learned that keep their prior."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One candidate: its article, its features, and whether the annotation has such an event."""

    article: str
    features: tuple[str, ...]
    right: bool


def documents(folder: Path) -> Iterator[tuple[Document, list[Reading]]]:
    """The annotated articles of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        published = segments.published(text)
        document = Document(
            id=Document.digest(text, published),
            name=f"{folder.name}/{path.stem}",
            text=text,
            raw=b"",
            published=published,
            segments=segments.split(text),
        )
        events = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["events"]
        yield document, [Reading.of(event) for event in events]


def samples(document: Document, golds: Sequence[Reading]) -> Iterator[Sample]:
    """The labelled candidates of an article."""
    for candidate in filter(candidates.affirmed, reader.all_candidates(document)):
        fitting = [gold for gold in golds if pairing.compatible(gold, told(candidate))]
        firm = any(not gold.optional for gold in fitting)
        if firm or not fitting:
            yield Sample(article=document.name, features=candidate.features, right=firm)


def told(candidate: Candidate) -> Reading:
    """What a candidate tells, as far as compatibility asks."""
    span = candidates.span_of(candidate)
    return Reading(type=candidate.type, states=candidate.states, start=span.start, end=span.end)


def kept(found: Iterable[Sample]) -> list[str]:
    """The features seen often enough, sorted."""
    counts = Counter(feature for sample in found for feature in set(sample.features))
    return sorted(f for f, n in counts.items() if n >= (RARE_CUE if f.startswith("cue=") else RARE))


def train(found: Sequence[Sample]) -> tuple[dict[str, float], dict[str, float]]:
    """Weights by feature, and the cross-validated figures."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score

    names = kept(found)
    x = np.array([[name in set(sample.features) for name in names] for sample in found], dtype=float)
    y = np.array([sample.right for sample in found])
    fold = np.array([zlib.crc32(sample.article.encode()) % FOLDS for sample in found])
    chance = np.zeros(len(found))
    for k in range(FOLDS):
        model = LogisticRegression(C=PENALTY, max_iter=5000, tol=1e-8).fit(x[fold != k], y[fold != k])
        chance[fold == k] = model.predict_proba(x[fold == k])[:, 1]
    figures = {"log loss": float(log_loss(y, chance)), "AUC": float(roc_auc_score(y, chance))}
    model = LogisticRegression(C=PENALTY, max_iter=5000, tol=1e-8).fit(x, y)
    learned = {
        n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= NEGLIGIBLE
    }
    desk = {name: scoring.PRIORS[name] for name in AT_THE_DESK}
    return desk | learned | {"bias": round(float(model.intercept_[0]), 3)}, figures


def card(found: Sequence[Sample], weights: Mapping[str, float], figures: Mapping[str, float]) -> str:
    """The model card."""
    articles = Counter(name.partition("/")[0] for name in {sample.article for sample in found})
    corpus = ", ".join(f"{n} of `{folder}`" for folder, n in sorted(articles.items()))
    right = sum(sample.right for sample in found)
    return f"""# The weights of the reader

`weights.json` holds {len(weights)} log-odds, one for each named feature of a reading
(`extract/candidates.py`).
Their sum, squashed, is the confidence of the reading; `diplograph why` shows those that counted most.

## Training

`make train` wrote this file and the weights.
Candidates come from these articles: {corpus}
(articles without a candidate are not counted).
Of {len(found)} affirmed candidates {right} are compatible with a firm event of the annotation,
in type, states and time; those that fit only an optional event are left out.
Logistic regression with a quadratic penalty (C={PENALTY});
features seen fewer than {RARE} times and cues seen fewer than {RARE_CUE} times have no weight.
`{"`, `".join(AT_THE_DESK)}` keeps the weight set at the desk unless it is seen often enough.

Cross-validated over {FOLDS} folds of whole articles:
log loss {figures["log loss"]:.3f}, AUC {figures["AUC"]:.3f}.

## Limits

The articles are English news, read-outs and digests on diplomacy, most of them of a few outlets and years.
A label says that such an event is annotated, not that this sentence tells it,
so some wrong readings count as right.
Several candidates of one article are not independent, so the confidence is better at ranking than as a share:
see the reliability table of `diplograph evaluate`.
What the rules do not find as a candidate no weight can bring back.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description="Train the weights of the reader.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of annotated articles")
    parser.add_argument("--out", type=Path, default=OUT, help="where weights.json and README.md go")
    given = parser.parse_args(arguments)
    folders = given.folders or [folder for folder in FOLDERS if folder.is_dir()]
    found = [s for folder in folders for pair in documents(folder) for s in samples(*pair)]
    if len({sample.right for sample in found}) < 2:
        parser.error(
            f"no right and wrong candidates in {', '.join(map(str, folders))}; name annotated folders"
        )
    weights, figures = train(found)
    content: dict[str, Any] = {"weights": dict(sorted(weights.items()))}
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "weights.json").write_text(
        json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (given.out / "README.md").write_text(card(found, weights, figures), encoding="utf-8")
    print(f"{len(found)} candidates, {len(weights)} weights:", {k: round(v, 4) for k, v in figures.items()})


if __name__ == "__main__":
    main()
