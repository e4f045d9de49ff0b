"""The statements of reports in columns, as SQL over the table ``events`` of ``statements``: an expression for each.

Takes the source; gives expressions whose values, one after the other, are N-Quads text.
"""

# ruff: noqa: E501 - SQL stands in lines of its own

from __future__ import annotations

from diplograph.graph.facts import CLASSES
from diplograph.graph.ntriples import LABEL, TYPE, dg, node
from diplograph.graph.rdf import RECORDS, source_graph
from diplograph.store import filing, telling
from diplograph.vocab import ID, XSD


def named(source: str, extractor: str) -> list[str]:
    """The SQL of what is said in graphs with a name: the evidence of a report, its index, and the records."""
    return [
        *of_report(source, extractor),
        *filing.lines(source),
        f"'<{ID}event/', event, '> {dg('record')} ', lit({telling.event_json()}), ' {RECORDS} .\n'",
    ]


def _statement(subject: str, predicate: str, value: str, graph: str = "") -> str:
    """SQL for one statement; nothing where the value is NULL."""
    end = f" {graph} .\n" if graph else " .\n"
    return f"({subject} || ' {predicate} ' || {value} || '{end}')"


def of_report(source: str, extractor: str) -> list[str]:
    """The SQL of the statements of a report in the graph of its source."""
    graph = source_graph(source)
    report = f"'<{ID}report/' || id || '>'"
    record = f"lit({telling.report_json(source, extractor)})"
    rows = (
        f"array_to_string(list_transform(rows, lambda x: concat({report}, ' {dg('row')} \"', "
        f"x.r % {1 << 40}, '\"^^<{XSD}integer> {graph} .\n')), '')"
    )
    return [
        _statement(report, TYPE, f"'{dg('ImportedReport')}'", graph),
        _statement(report, dg("reportedIn"), f"'{node('source', source)}'", graph),
        _statement(report, dg("record"), record, graph),
        _statement(report, dg("codedAs"), "'<' || concept || '>'", graph),
        _statement(report, dg("goldstein"), "decimal_of(score)", graph),
        _statement(report, dg("guestCode"), "lit_or_null(one_code)", graph),
        _statement(report, dg("hostCode"), "lit_or_null(two_code)", graph),
        rows,
    ]


def consensus() -> list[str]:
    """The SQL of what the consensus says of an event."""
    event = f"'<{ID}event/' || event || '>'"
    classes = " ".join(f"WHEN '{kind}' THEN '{dg(name)}'" for kind, name in CLASSES.items())
    told = [
        (TYPE, f"'{dg('Event')}'"),
        (TYPE, f"CASE type {classes} END"),
        (LABEL, f"lit({telling.label()})"),
        (dg("confidence"), "decimal_of(confidence)"),
        (dg("eventType"), f"concat('{dg('event-type/')[:-1]}', type, '>')"),
        (dg("subtype"), f"('{dg('event-type/')[:-1]}' || subtype || '>')"),
        (dg("status"), f"concat('{dg('status/')[:-1]}', status, '>')"),
        (dg("dyad"), "concat('\"', array_to_string(list_sort(states), '-'), '\"')"),
        (dg("host"), "CASE WHEN host IS NOT NULL THEN state(host) END"),
        (dg("place"), "place_node"),
        (dg("occasion"), "occasion_node"),
        (dg("edtf"), "concat('\"', edtf, '\"')"),
        (dg("earliestStart"), "moment(day, '00:00:00')"),
        (dg("latestStart"), "moment(starts, '23:59:59')"),
        (dg("earliestEnd"), "moment(ends, '00:00:00')"),
        (dg("latestEnd"), "moment(ended, '23:59:59')"),
        (dg("partOf"), f"('<{ID}event/' || part_of || '>')"),
        (dg("actor"), "CASE type WHEN 'tension' THEN state(states[1]) END"),
        (dg("statusChange"), f"concat('<{ID}change/', event, '-1>')"),
    ]
    change = f"concat('<{ID}change/', event, '-1>')"
    return [
        *(_statement(event, predicate, value) for predicate, value in told),
        *_each(event, dg("involves"), "states", "state(x)"),
        *_each(event, dg("guest"), "guests", "state(x)"),
        *_each(event, dg("target"), "CASE type WHEN 'tension' THEN states[2:] END", "state(x)"),
        *_each(event, dg("issue"), "list_transform(issues, lambda x: x.node)", "x"),
        _statement(f"'<{ID}report/' || id || '>'", dg("denotes"), event),
        _statement(change, TYPE, f"'{dg('StatusChange')}'"),
        _statement(change, dg("status"), f"concat('{dg('status/')[:-1]}', status, '>')"),
        _statement(change, dg("supportedBy"), f"concat('<{ID}report/', id, '>')"),
        _participations(event),
    ]


def _each(subject: str, predicate: str, items: str, value: str) -> list[str]:
    line = f"concat({subject}, ' {predicate} ', {value}, ' .\n')"
    return [f"array_to_string(list_transform({items}, lambda x: {line}), '')"]


def _participations(event: str) -> str:
    part = f"concat('<{ID}participation/', event, '-', i, '>')"
    person = f"concat('<{ID}person/', x.person, '>')"
    lines = [
        _statement(event, dg("hasParticipant"), person),
        _statement(event, dg("participation"), part),
        _statement(part, TYPE, f"'{dg('Participation')}'"),
        _statement(part, dg("person"), person),
        _statement(part, dg("named"), "lit(x.name)"),
        _statement(part, dg("forState"), "CASE WHEN x.state IS NOT NULL THEN state(x.state) END"),
        _statement(part, dg("officeTitle"), "lit_or_null(x.office)"),
        _statement(part, dg("underTenure"), f"('<{ID}tenure/' || x.tenure || '>')"),
    ]
    return f"array_to_string(list_transform(staff, lambda x, i: concat({', '.join(lines)})), '')"
