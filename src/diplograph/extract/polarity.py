"""Whether what a cue tells is denied, or hangs on a condition.

Takes the words of a sentence and the place of a cue in it; gives yes or no. Which words deny stands in
``data/language/en-grammar.toml``.
"""

from __future__ import annotations

from diplograph.extract.status import word_class
from diplograph.knowledge import grammar


def denied(lowers: list[str], head: int) -> bool:
    """Whether what a cue tells is denied: "denied that", "no plans for", "reports … were false"."""
    known = grammar.load().status
    if lowers[:2] == ["not", "since"] and head > next((k for k, w in enumerate(lowers) if w == "had"), head):
        return True  # "Not since Koizumi went to Jeju had a premier come"
    for k in range(head - 1, max(-1, head - 16), -1):
        if lowers[k] in (";", ":"):
            return False
        if lowers[k] in known["falsely"] or (lowers[k] == "neither" and k == 0):
            return True
        if word_class(lowers[k]) == "denied" and set(lowers[k + 1 : k + 4]) & known["rumoured"]:
            return True
        if lowers[k] == "no" and (set(lowers[k + 1 : k + 3]) & known["plans"] or k == head - 1):
            return True
    return bool(known["rumoured"] - {"that"} & set(lowers[:head]) and known["untrue"] & set(lowers[head:]))


def hypothetical(lowers: list[str], head: int) -> bool:
    """Whether the clause of a cue hangs on an "if" or "unless", or on a verb put first: "should he come"."""
    if _inverted(lowers, head):
        return True
    for k in range(head - 1, -1, -1):
        if lowers[k] in (";", ":", "."):
            return False
        if lowers[k] in ("if", "unless") and not (k and lowers[k - 1] in ("even", "as", "only")):
            return "," not in lowers[k:head] or lowers[k] == "unless"
    return False


def _inverted(lowers: list[str], head: int) -> bool:
    """Whether a verb stands before its subject: "Had he visited Athens", "were she to go", "imagine that"."""
    starts = [k for k in range(head) if k == 0 or lowers[k - 1] in (",", ";", "that")]
    pronouns = grammar.words("pronouns_one") | grammar.words("pronouns_many") | {"it"}
    for k in starts:
        if lowers[k] == "should" and lowers[k + 1] in pronouns:
            return True
        if (lowers[k] == "had" and k == 0) or lowers[k : k + 2] == ["imagine", "that"]:
            return True
        if lowers[k] == "were" and "to" in lowers[k:head]:
            return True
    return False
