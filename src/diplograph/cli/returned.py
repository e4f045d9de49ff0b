"""What the verb ``reciprocity`` says of its rows: headings, explanations and sums in words.

Takes figures; gives text.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.analysis.reciprocity import Returns


class By(StrEnum):
    """What a row is."""

    VISIT = "visit"
    PAIR = "pair"
    GUEST = "guest"
    HOST = "host"
    RESPONSE = "response"


COLUMNS = {
    By.VISIT: ["guest", "host", "when", "place", "answer", "days", "returned"],
    By.PAIR: ["states", "there", "back", "returned", "perhaps", "open", "share", "reciprocity"],
    By.GUEST: ["states", "visits", "returned", "perhaps", "open", "share"],
    By.HOST: ["states", "visits", "returned", "perhaps", "open", "share"],
    By.RESPONSE: ["actor", "other", "way", "beta", "r2", "p", "periods"],
}
TESTED = ["a", "b", "visits", "returned", "mean", "low", "high", "z", "p", "p_corrected"]
TOLD = {
    By.VISIT: "A visit is returned if one the other way begins after it and in time; perhaps if coarse dates "
    "allow that; open if it is too recent to judge.",
    By.PAIR: "there: visits of the first to the second; share: returned of those not open; reciprocity: "
    "2·min/sum of the weights both ways.",
    By.GUEST: "Visits made by each state, and how many the hosts returned in time.",
    By.HOST: "Visits received by each state, and how many it returned in time.",
    By.RESPONSE: "beta above 0 is reciprocity: level follows level (simple), change follows change (trend), "
    "change follows the difference (comparative); p by circular shifts (Patchen and Bogumil 1995).",
}


def figures(found: Returns, scheme: str) -> dict[str, Any]:
    """The sums over all visits judged."""
    from diplograph.analysis import tables

    rate, visits = found.rate, found.judged
    grid = tables.balances(visits, scheme=scheme).columns
    minmax, weighted = tables.reciprocity(visits, scheme=scheme)
    return {
        "visits": len(found),
        "returned": rate.returned,
        "perhaps": rate.perhaps,
        "at_risk": rate.at_risk,
        "open": rate.open,
        "partners": len(grid["a"]),
        "both_ways": int(((grid["a_to_b"] > 0) & (grid["b_to_a"] > 0)).sum()),
        "minmax": minmax,
        "reciprocity": weighted,
    }


def verdict(found: Any) -> dict[str, Any]:
    """A verdict as plain values."""
    names = ("observed", "mean", "low", "high", "z", "p", "rho", "draws", "sentence")
    return {"model": found.model.value, **{name: getattr(found, name) for name in names}}


def told(figures: dict[str, Any], within: int) -> str:
    """The sums over all visits judged, in words."""
    share = "" if figures["reciprocity"] is None else f"; reciprocity 2Σmin/Σw = {figures['reciprocity']:.2f}"
    perhaps = f" and {figures['perhaps']} perhaps" if figures["perhaps"] else ""
    text = (
        f"\n{figures['returned']} of {figures['at_risk']} visits were returned within {within} days{perhaps}"
        f"; {figures['open']} can still be returned in time{share}\n"
        f"{figures['partners']} pairs, {figures['both_ways']} with visits both ways\n"
    )
    chance = figures.get("chance")
    if chance:
        z = "" if chance["z"] is None else f", z = {chance['z']:.1f}"
        text += f"{chance['sentence']} (share returned; {chance['model']}{z}, p = {chance['p']:.3f})\n"
    return text
