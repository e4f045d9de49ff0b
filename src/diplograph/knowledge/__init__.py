"""What is known before anything is read: states, offices, places, types of event, issues, and grammar.

The doors are modules: ``gazetteer.load`` gives states, organisations, places, gatherings and dated
office-holders from ``data/gazetteer``; ``ontology`` gives types of event and issues from ``ontology/vocab``;
``grammar.load`` and ``grammar.words`` give the words of a language from ``data/language``; ``checks`` finds
what contradicts itself in them. Each reads its files at its first use, once.
"""

__all__ = ["checks", "gazetteer", "grammar", "ontology"]
