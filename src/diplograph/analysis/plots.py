"""Draws each measure: a chart for each table, with the colours and words of the house.

Takes rows of the measures (and names of states); gives Altair charts that ``figure.save`` writes. A chart
draws coarse dates as bars between their bounds, never as points. An empty table gives an empty chart that
says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from diplograph.analysis import ground
from diplograph.analysis.balance import Balance
from diplograph.analysis.ground import HEIGHT, MOST, ROW, SOFT, TENSION, A, B
from diplograph.analysis.hazard import Bounds, Curve
from diplograph.analysis.journeys import Journey
from diplograph.analysis.periods import Comparison
from diplograph.analysis.reciprocity import Answer, Return
from diplograph.analysis.seasons import Seasons
from diplograph.analysis.series import Series
from diplograph.analysis.shuttle import Exchange
from diplograph.analysis.wording import MONTHS

if TYPE_CHECKING:
    import altair as alt

Names = Mapping[str, str]


def balances(rows: Sequence[Balance], names: Names) -> alt.TopLevelMixin:
    """Visits both ways, a bar to either side for each pair; the thirty busiest."""
    import altair as alt

    busiest = sorted(rows, key=lambda row: (-len(row.out) - len(row.back), row.a, row.b))[:MOST]
    pairs = [f"{names.get(row.a, row.a)} – {names.get(row.b, row.b)}" for row in busiest]
    values = [
        {
            "name": name,
            "pair": f"{names.get(x, x)} → {names.get(y, y)}",
            "visits": sign * len(ids),
            "way": way,
        }
        for row, name in zip(busiest, pairs, strict=True)
        for x, y, ids, sign, way in (
            (row.a, row.b, row.out, -1, "there"),
            (row.b, row.a, row.back, 1, "back"),
        )
    ]
    chart = ground.chart(values, "Visits both ways", "left: by the first named; right: by the second")
    if not values:
        return ground.finished(chart)
    return ground.finished(
        chart.mark_bar(height=ROW - 6)
        .encode(
            x=alt.X("visits:Q", title="visits", axis=alt.Axis(labelExpr="abs(datum.value)", format="d")),
            y=alt.Y("name:N", sort=pairs, title=None),
            color=alt.Color("way:N", scale=alt.Scale(domain=["there", "back"], range=[A, B]), legend=None),
            tooltip=["pair:N", "visits:Q"],
        )
        .properties(height=alt.Step(ROW))
    )


def returns(rows: Sequence[Return], within: int) -> alt.TopLevelMixin:
    """The share of visits returned by day, from what is sure to what can be."""
    import altair as alt

    judged = [row for row in rows if row.answer is not Answer.OPEN]
    days = sorted({d for row in judged if row.days for d in (row.days.at_least, row.days.at_most)})
    shown = [0, *(day for day in days if day <= 4 * within), 4 * within] if judged else []
    values = [
        {"days": day, "share": bisect_right(reached, day) / len(judged), "bound": name}
        for name, reached in (
            ("sure", sorted(row.days.at_most for row in judged if row.days)),
            ("at most", sorted(row.days.at_least for row in judged if row.days)),
        )
        for day in shown
    ]
    chart = ground.chart(values, "How soon visits are returned", f"{len(judged)} visits; open ones left out")
    if not values:
        return ground.finished(chart)
    line = chart.mark_line(interpolate="step-after").encode(
        x=alt.X("days:Q", title="days since the visit began"),
        y=alt.Y("share:Q", title="share returned", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
        color=alt.Color("bound:N", scale=alt.Scale(domain=["sure", "at most"], range=[A, SOFT]), title=None),
    )
    rule = alt.Chart(ground.inline([{"days": within}])).mark_rule(strokeDash=[4, 4], color=TENSION)
    return ground.finished((line + rule.encode(x="days:Q")).properties(height=HEIGHT))


def exchange(found: Exchange, names: Names) -> alt.TopLevelMixin:
    """The legs of a pair as points in two lanes, joined in their order; coarse dates are bars."""
    import altair as alt

    values = [
        {
            **_when(leg),
            "guest": names.get(leg.guest, leg.guest),
            "shuttle": f"{number}",
            "place": leg.place or "",
        }
        for number, shuttle in enumerate(found.shuttles, start=1)
        for leg in shuttle.legs
    ]
    values += [
        {
            **_when(one),
            "guest": names.get(one.guest, one.guest),
            "shuttle": "single",
            "place": one.place or "",
        }
        for one in found.single
    ]
    title = "Shuttle diplomacy: " + " and ".join(names.get(code, code) for code in found.states)
    chart = ground.chart(values, title, "who travelled when; a line joins the legs of a shuttle")
    if not values:
        return ground.finished(chart)
    lanes = alt.Y("guest:N", title=None, sort=[names.get(code, code) for code in found.states])
    legs = chart.transform_filter("datum.shuttle != 'single'")
    joined = legs.mark_line(color=SOFT).encode(
        x="middle:T", y=lanes, detail="shuttle:N", order=alt.Order("middle:T")
    )
    bars = chart.mark_bar(height=8, cornerRadius=4, color=A, opacity=0.5).encode(
        x="first:T", x2="last:T", y=lanes
    )
    points = chart.mark_point(filled=True, size=70).encode(
        x=alt.X("middle:T", title=None, scale=alt.Scale(padding=12)),
        y=lanes,
        color=alt.condition("datum.shuttle == 'single'", alt.value(SOFT), alt.value(A)),
        tooltip=["guest:N", "place:N", "told:N"],
    )
    return ground.finished((joined + bars + points).properties(height=120))


def _when(journey: Journey) -> dict[str, str]:
    first, last = journey.when.earliest_start(), journey.when.latest_start()
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    days = {"first": first, "last": last, "middle": middle}
    return {**{name: day.isoformat() for name, day in days.items()}, "told": journey.when.edtf}


def survival(found: Bounds) -> alt.TopLevelMixin:
    """The probability that no visit has come yet, with gaps at their shortest and longest."""
    import altair as alt

    values = [
        {"days": days, "survival": share, "bound": name}
        for name, curve in (("at their shortest", found.shortest), ("at their longest", found.longest))
        for days, share in _steps(curve)
        if curve.steps
    ]
    curve = found.shortest
    chart = ground.chart(
        values, "How long until the next visit", f"{curve.gaps} gaps, {curve.open} of them still open"
    )
    if not values:
        return ground.finished(chart)
    names = ["at their shortest", "at their longest"]
    return ground.finished(
        chart.mark_line(interpolate="step-after")
        .encode(
            x=alt.X("days:Q", title="days since the last visit"),
            y=alt.Y(
                "survival:Q", title="no visit yet", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])
            ),
            color=alt.Color("bound:N", title="gaps", scale=alt.Scale(domain=names, range=[A, SOFT])),
        )
        .properties(height=HEIGHT)
    )


def _steps(curve: Curve) -> list[tuple[int, float]]:
    return [(0, 1.0), *((step.days, step.survival) for step in curve.steps)]


def seasons(found: Seasons) -> alt.TopLevelMixin:
    """Visits by month of the year beside what equal traffic would give."""
    import altair as alt

    values = [
        {"month": MONTHS[row.month - 1], "visits": row.sure, "expected": row.expected} for row in found.months
    ]
    p = "" if found.p is None else f"Rayleigh p = {found.p:.3f}"
    chart = ground.chart(values, "Visits by month of the year", p)
    month = alt.X("month:N", sort=list(MONTHS), title=None)
    bars = chart.mark_bar(color=A).encode(x=month, y=alt.Y("visits:Q", title="visits"))
    ticks = chart.mark_tick(color=TENSION, thickness=2, width=30).encode(x=month, y="expected:Q")
    return ground.finished((bars + ticks).properties(height=HEIGHT))


def series(found: Series, names: Names) -> alt.TopLevelMixin:
    """A pair's visits, contacts and tensions by period; tensions hang below the line."""
    import altair as alt

    a, b = (names.get(code, code) for code in found.states)
    kinds = [f"{a} to {b}", f"{b} to {a}", "contact", "tension"]
    values = [
        {"period": point.period, "events": sign * count.sure, "kind": kind}
        for point in found.points
        for kind, count, sign in zip(
            kinds, (point.a_to_b, point.b_to_a, point.contacts, point.tensions), (1, 1, 1, -1), strict=True
        )
    ]
    chart = ground.chart(values, f"{a} and {b}", "visits and other contact above, tensions below")
    if not values:
        return ground.finished(chart)
    return ground.finished(
        chart.mark_bar()
        .encode(
            x=alt.X("period:O", title=None),
            y=alt.Y("events:Q", title="events", axis=alt.Axis(labelExpr="abs(datum.value)")),
            color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[A, B, SOFT, TENSION])),
            tooltip=["period:O", "kind:N", "events:Q"],
        )
        .properties(height=HEIGHT)
    )


def matrix(found: Iterable[Journey], names: Names) -> alt.TopLevelMixin:
    """Who visits whom, the thirty busiest states, guests in rows."""
    import altair as alt

    counts: dict[tuple[str, str], int] = {}
    busy: dict[str, int] = {}
    for journey in found:
        counts[journey.guest, journey.host] = counts.get((journey.guest, journey.host), 0) + 1
        for code in (journey.guest, journey.host):
            busy[code] = busy.get(code, 0) + 1
    shown = sorted(busy, key=lambda code: (-busy[code], code))[:MOST]
    values = [
        {"guest": names.get(guest, guest), "host": names.get(host, host), "visits": number}
        for (guest, host), number in sorted(counts.items())
        if {guest, host} <= set(shown)
    ]
    order = [names.get(code, code) for code in shown]
    chart = ground.chart(
        values, "Who visits whom", f"{len(shown)} busiest of {len(busy)} states; guests in rows"
    )
    if not values:
        return ground.finished(chart)
    return ground.finished(
        chart.mark_rect()
        .encode(
            x=alt.X("host:N", sort=order, title="host", axis=alt.Axis(orient="top", labelAngle=-60)),
            y=alt.Y("guest:N", sort=order, title="guest"),
            color=alt.Color("visits:Q", scale=alt.Scale(scheme="blues")),
            tooltip=["guest:N", "host:N", "visits:Q"],
        )
        .properties(height=alt.Step(ROW), width=alt.Step(ROW))
    )


def comparison(found: Comparison, names: Names) -> alt.TopLevelMixin:
    """Visits by year in two periods, a line from the one to the other; the thirty surest changes."""
    import altair as alt

    years = [f"{period.first.year}–{period.last.year}" for period in (found.first, found.second)]
    rows = found.rows[:MOST]
    labels = [" – ".join(names.get(code, code) for code in row.key) for row in rows]
    values = [
        {"name": label, "period": years[side], "rate": (row.rate_before, row.rate_after)[side]}
        for label, row in zip(labels, rows, strict=True)
        for side in (0, 1)
    ]
    chart = ground.chart(values, f"Visits by year: {years[0]} and {years[1]}", "the surest changes first")
    if not values:
        return ground.finished(chart)
    rates = alt.X("rate:Q", title="visits by year")
    lanes = alt.Y("name:N", sort=labels, title=None)
    lines = chart.mark_line(color=SOFT).encode(x=rates, y=lanes, detail="name:N")
    points = chart.mark_point(filled=True, size=60).encode(
        x=rates,
        y=lanes,
        color=alt.Color("period:N", title=None, scale=alt.Scale(domain=years, range=[SOFT, A])),
        tooltip=["name:N", "period:N", alt.Tooltip("rate:Q", format=".2f")],
    )
    return ground.finished((lines + points).properties(height=alt.Step(ROW)))
