"""The grammar of time: patterns over the letters of token classes, each with the rule that reads it.

``MASTER`` matches any of them, longest constructions first; ``RULES`` gives the reader of each.
Every repetition is bounded, so that matching takes linear time on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from diplograph.text.timex import counted, days, months, relative, weekdays, years
from diplograph.text.timex.mention import TimeMention
from diplograph.text.timex.scene import Scene

Rule = Callable[[Scene, int, int], Iterable[TimeMention]]


def clock(scene: Scene, first: int, behind: int) -> Iterable[TimeMention]:
    """``6:30 p.m. local time``, ``1800 GMT``: a time of day, no date."""
    yield scene.mention(first, behind, None, "clock", kind="time")


def repeated(scene: Scene, first: int, behind: int) -> Iterable[TimeMention]:
    """``every Tuesday``, ``Mondays``."""
    yield scene.mention(first, behind, None, "set", kind="set")


_WD = r"(?:[Wv]P?,?\(?)?"
_RUN = r"[DO](?:[->u]t?[DO])?"
_NUMBER = r"(?:a?h?(?:q?Vo?|q-q|[qDyn]))"
_PART = r"(?:E-?o?)"
_YEAR = r"(?:,?\(?o?Y\)?)"
_U = r"[JKNRGgs]"
_CLOSED = r"(?=[.;,&iu>)\"'\-]|$|x)"

_GRAMMAR: tuple[tuple[str, str, Rule], ...] = (
    ("iso", r"Z", days.numeric),
    ("months_mdmd", rf"{_WD}[Mm]t?[DO](?:,?Y,?)?[->u]{_WD}[Mm]t?[DO]{_YEAR}?", days.across_months),
    ("months_dmdm", rf"{_WD}t?[DO]o?[Mm](?:,?Y,?)?[->u]{_WD}t?[DO]o?[Mm]{_YEAR}?", days.across_months),
    ("between_mdmd", rf"(?<=B){_WD}[Mm]t?[DO](?:,?Y)?&{_WD}[Mm]t?[DO]{_YEAR}?", days.across_months),
    ("between_dmdm", rf"(?<=B)t?[DO]o?[Mm](?:,?Y)?&t?[DO]o?[Mm]{_YEAR}?", days.across_months),
    ("between_md", rf"(?<=B)[Mm]t?[DO]&t?[DO]{_YEAR}?", days.days_between),
    ("between_dm", rf"(?<=B)t?[DO]&t?[DO]o?[Mm]{_YEAR}?", days.days_between),
    (
        "days_md",
        rf"{_WD}[Mm]t?{_RUN}(?:(?:,&?|&)t?{_RUN}(?!-?{_U}){_CLOSED}){{0,6}}(?:{_YEAR}|,?t?[XF]R)?",
        days.month_days,
    ),
    (
        "days_dm",
        rf"{_WD}t?(?:{_RUN}(?:,&?|&)t?){{0,6}}{_RUN}o?[Mm](?:{_YEAR}|,?t?[XF]R)?",
        days.month_days,
    ),
    ("month_year", rf"t?{_PART}?t?[Mm],?o?(?:Y|t?[XF]R)", months.month),
    ("month_modified", rf"{_PART}?t?[XF]X?[Mm]", months.month),
    ("month_part", rf"t?{_PART}[Mm]", months.month),
    ("month", r"M|(?:(?<=[iuBo>])m|(?<=t)m(?=x))(?!')", months.month),
    ("season_year", rf"{_PART}?t?So?(?:Y(?:-[yD])?|t?[XF]R)", years.season),
    ("season", rf"{_PART}?(?:t?[XF]|(?<=i)t?|t(?=S(?:[i.;,]|$)))S(?!o)", years.season),
    ("holiday", r"H,?[io]?Y|H", years.holiday),
    ("quarter", r"t?r(?:j|h)o(?:Y|t?[XF]R)", years.quarter),
    ("years", r"Y[->u][YyD]", years.years),
    ("years_between", r"(?<=B)Y&Y", years.years),
    ("century", r"t?[Or]-?s", years.century),
    ("decade", rf"{_PART}?t?d", years.decade),
    ("year", rf"(?:t?{_PART}|e)?Y(?:(?:,&?|&)Y){{0,5}}", years.year),
    ("ago", rf"{_NUMBER}[JKNRGgs]A", counted.ago),
    ("later", rf"{_NUMBER}[JKNR](?:e|b(?=[.;,)]|$)|bF(?=[.;,)x]|$))", counted.later),
    ("before_told", r"t[KNR]b(?=[.;,)&]|$)", relative.before_told),
    ("year_end", r"R-?E(?!o)", relative.year_end),
    ("beside", rf"{_NUMBER}Jb", counted.beside),
    ("ahead", rf"(?<=i){_NUMBER}[JKNR]'(?=x)", counted.ahead),
    ("before_yesterday", r"tJbT", relative.today),
    ("today", r"[eE]?T", relative.today),
    ("daytime", r"t?[XF]{1,2}P", relative.daytime),
    ("weekday_week", r"[Wv]P?[io]?t?[XF]K", weekdays.weekday),
    ("weekday_last", r"t?X[Wv]P?(?:[->u]|,?&)[Wv]", weekdays.weekdays),
    ("weekdays", r"[Wv]P?(?:[->u][Wv]|(?:,[Wv]){1,5},?&[Wv]|&[Wv])", weekdays.weekdays),
    ("weekday", r"t?[XF]X?[Wv]|W|(?<=i)v", weekdays.weekday),
    ("ordinal_day", r"t?[rX]J(?=[.;,&iox(]|$)(?<=rJ)", counted.ordinal_day),
    ("same_day", r"t?FJ|tXJ|tJb(?=[.;,)]|$)|[eE]it?J", relative.same_day),
    ("weekend", r"t?[XF]X?Q|tQ", weekdays.weekend),
    (
        "vague",
        r"t?[XF](?:V|q|[Dyn])[JKNRg]|t[XF](?:V|q|[Dyn])?[JKNRg](?<=[JKNRg])|VX?[JKNR]",
        relative.vague,
    ),
    ("period", rf"(?:t?{_PART}t?|e)?[XF]{{1,2}}[KNRg]|t?{_PART}o?t[KNR]|eit[KNR]", relative.period),
    ("duration_hyphen", r"(?:[Dynq]-|q-q-?)[JKNRG](?!-x)", counted.duration),
    ("duration", rf"{_NUMBER}[JKNG]", counted.duration),
    ("bare_day", r"(?<=[iu])tO(?=[.;,&ix)]|$)", counted.bare_day),
    ("set", r"w|C(?:[WJKNR]|q[JKNR])", repeated),
    ("clock", r"c(?:lx)?z?", clock),
)

RULES: dict[str, Rule] = {name: rule for name, _, rule in _GRAMMAR}
MASTER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _GRAMMAR))
