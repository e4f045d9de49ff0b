"""Times spaCy's small English pipeline; started by ``benchmarks/throughput.py``.

Reads from stdin texts as a list in JSON; writes version, what was measured, and processor seconds. Where the
package ``en_core_web_sm`` is installed it is used. Elsewhere a pipeline of the same components, sizes and
numbers of labels is built with untrained weights: it does the same arithmetic and says nothing sensible.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import Any

import spacy

WIDTH = 96
ROWS = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500, "SPACY": 50, "IS_SPACE": 50}
NER_ATTRIBUTES = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
TAGS, RELATIONS, ENTITIES = 50, 45, 18


def embedding(attributes: tuple[str, ...]) -> dict[str, Any]:
    """The layers that turn words into vectors, as in the small model."""
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": list(attributes),
        "rows": [ROWS[name] for name in attributes],
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}


def transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    """A parser by transitions."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def untrained() -> Any:
    """The pipeline of ``en_core_web_sm`` with random weights."""
    nlp = spacy.blank("en")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": embedding(tuple(ROWS))})
    tagger = nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}}
    )
    parser = nlp.add_pipe("parser", config={"model": transitions("parser", shared)})
    nlp.add_pipe("attribute_ruler")
    ner = nlp.add_pipe("ner", config={"model": transitions("ner", embedding(NER_ATTRIBUTES))})
    for component, number in ((tagger, TAGS), (parser, RELATIONS), (ner, ENTITIES)):
        for n in range(number):
            component.add_label(f"L{n}")
    nlp.initialize()
    return nlp


def small() -> tuple[Any, str]:
    """The small English pipeline, and what it is."""
    try:
        nlp = spacy.load("en_core_web_sm")
    except OSError:
        parts = "tok2vec, tagger, parser, attribute_ruler, ner"
        return untrained(), f"pipeline of en_core_web_sm ({parts}), untrained weights, without lemmatizer"
    return nlp, f"en_core_web_sm {nlp.meta['version']}, full pipeline"


def sentences() -> tuple[Any, str]:
    """The tokenizer, and sentences by their full stops: the least that spaCy can do."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp, "tokenizer and sentencizer alone"


def main() -> None:
    """Time both."""
    warnings.simplefilter("ignore")
    texts = json.load(sys.stdin)
    told = []
    for make in (small, sentences):
        nlp, what = make()
        nlp.max_length = 100_000_000
        list(nlp.pipe(texts[:3]))
        start = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        told.append([f"spaCy {spacy.__version__}, {what}", time.process_time() - start])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
