"""Reports and events as RDF and back, what follows from them, and whether they are in order.

Modules: ``rdf`` (to and from quads), ``rules`` (what the rules add), ``reasoning`` (HermiT's judgement),
``validation`` (SHACL). The others serve these.
"""

from diplograph.graph import rdf, reasoning, rules, validation

__all__ = ["rdf", "reasoning", "rules", "validation"]
