"""Finds the sentence behind a node: of a report, an event, a participation, or the evidence itself.

Takes a store of quads of any graphs and a node; gives the exact words of a source, if the graph has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplograph.vocab import prologue

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

# The nearest way to a quote is tried first; the sentence that tells the event comes before other spans.
_PART = "(dg:participation|dg:statusChange|dg:decision)"
_WAYS: Final = (
    "?node oa:exact ?quote",
    "?span oa:hasSelector ?node ; oa:hasSelector/oa:exact ?quote",
    "BIND (?node AS ?span) ?span oa:hasSelector/oa:exact ?quote",
    "?node dg:evidence ?span . ?span oa:hasSelector/oa:exact ?quote",
    "?node ^dg:denotes/dg:evidence ?span . ?span oa:hasSelector/oa:exact ?quote",
    f"?node ^{_PART}/dg:evidence ?span . ?span oa:hasSelector/oa:exact ?quote",
    f"?node ^{_PART}/^dg:denotes/dg:evidence ?span . ?span oa:hasSelector/oa:exact ?quote",
)


def quote_of(store: Store, node: NamedNode) -> str | None:
    """The words behind a node, from whatever graph has them; None if there are none.

    Args:
        store: Evidence and consensus together.
        node: A report, event, span, selector, participation, status change or decision.
    """
    from pyoxigraph import QuerySolutions, Variable

    for way in _WAYS:
        found = store.query(
            f"{prologue()}SELECT ?node ?quote {{ {way} . OPTIONAL {{ ?span dg:supports ?field }} }} "
            'ORDER BY (?field != "event") ?span ?quote LIMIT 1',
            use_default_graph_as_union=True,
            substitutions={Variable("node"): node},
        )
        assert isinstance(found, QuerySolutions)
        for row in found:
            return str(row["quote"].value)
    return None
