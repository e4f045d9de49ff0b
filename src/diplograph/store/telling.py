"""What the records and labels of reports in columns say, as SQL over the table ``events`` of ``statements``.

The JSON is that of ``graph.records``, the line for people that of ``graph.rdf``; a test holds both together.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations


def label() -> str:
    """The line for people that ``graph.rdf.event_label`` gives."""
    kind = "replace(coalesce(subtype, type), '-', ' ')"
    capital = f"concat(upper({kind}[1]), lower({kind}[2:]))"
    shown = "CASE WHEN x.state IS NULL THEN x.name ELSE concat(x.name, ' (', x.state, ')') END"
    guests = f"list_transform(list_filter(staff, lambda x: x.state IS DISTINCT FROM host), lambda x: {shown})"
    people = f"list_transform(staff, lambda x: {shown})"
    names = (
        "CASE len(states) WHEN 1 THEN [coalesce(g.label, states[1])] "
        "WHEN 2 THEN [coalesce(g.label, states[1]), coalesce(h.label, states[2])] "
        "ELSE list_transform(states, lambda x: coalesce(every.names[x], x)) END"
    )
    parties = f"CASE WHEN len(coalesce(staff, [])) > 1 THEN {people} ELSE {names} END"
    travelling = f"CASE WHEN len({guests}) > 0 THEN {guests} ELSE [coalesce(g.label, states[1])] END"
    visit = f"concat({capital}, ' of ', {_joined(travelling)}, ' to ', h.label)"
    meeting = f"concat({capital}, ' of ', {_joined(parties)}, ' in ' || place.name)"
    headline = (
        f"CASE WHEN type = 'visit' THEN {visit} WHEN type IN ('meeting', 'call') THEN {meeting} "
        f"WHEN type = 'tension' THEN concat({capital}, ': ', array_to_string(({names})[:2], ' against ')) "
        f"ELSE concat({capital}, ': ', {_joined(names)}) END"
    )
    return f"concat({headline}, ', ', edtf, ' (', status, ')')"


def _joined(items: str) -> str:
    return f"array_and({items})"


def report_json(source: str, extractor: str) -> str:
    """The JSON of a report."""
    spans = (
        "array_to_string(list_transform(rows, lambda x: concat('[', x.c0, ',', x.c0 + length(x.raw), "
        "',\"event\",', js(x.raw), ']')), ',')"
    )
    return (
        f'concat(\'{{"confidence":\', confidence, \',"evidence":[\', {spans}, \'],"extractor":"{extractor}",'
        f'"facts":\', facts, \',"id":"\', id, \'","polarity":"affirmed","rule":\', js(rule), '
        f'\',"source":"{source}"}}\')'
    )


def event_json() -> str:
    """The JSON of an event."""
    return (
        'concat(\'{"confidence":\', confidence, \',"facts":\', facts, \',"history":[["\', status, '
        '\'","\', id, \'",null]],"id":"\', event, \'"\', \',"part_of":"\' || part_of || \'"\', '
        "',\"reports\":[\"', id, '\"]}')"
    )


def facts_json() -> str:
    """The JSON of the facts."""
    people = (
        "array_to_string(list_transform(staff, lambda x: concat('[', js(x.name), ',', js(x.person), ',', "
        "js(x.state), ',', js(x.office), ']')), ',')"
    )
    issues = (
        "array_to_string(list_transform(issues, lambda x: concat('[', js(x.name), ',', js(x.id), ']')), ',')"
    )
    fields = [
        "CASE WHEN len(guests) > 0 THEN concat('\"guests\":[\"', array_to_string(guests, '\",\"'), '\"],') END",
        "('\"host\":\"' || host || '\",')",
        f"CASE WHEN len(issues) > 0 THEN concat('\"issues\":[', {issues}, '],') END",
        "CASE WHEN occasion IS NOT NULL THEN concat('\"occasion\":[', js(occasion.name), ',', js(occasion.id), '],') END",
        f"CASE WHEN len(staff) > 0 THEN concat('\"participants\":[', {people}, '],') END",
        "CASE WHEN place IS NOT NULL THEN concat('\"place\":[', js(place.name), ',', js(place.state), ',', js(place.id), '],') END",
        'concat(\'"states":["\', array_to_string(states, \'","\'), \'"],"status":"\', status, \'",\')',
        "('\"subtype\":\"' || subtype || '\",')",
        "concat('\"type\":\"', type, '\",\"when\":[', js(first), ',', js(last), ',\"\",null]')",
    ]
    return f"concat('{{', {', '.join(fields)}, '}}')"
