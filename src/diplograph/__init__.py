"""diplograph: a cited, time-aware knowledge graph of bilateral relations."""
