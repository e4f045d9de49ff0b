"""Finds expressions of time in English news prose and says what they come to, never finer than told.

``find(text, start, end, published, context=...)`` takes a sentence and gives ``TimeMention``s;
``TimeContext.after`` carries what was told to the next sentence.
Inside: ``tokens`` (words to letters), ``grammar`` (patterns of letters), rules for ``days``, ``months``,
``years``,
``weekdays``, ``relative`` and ``counted`` times; ``tense``, ``choice`` (of years) and ``calendar`` serve
them.
"""

from diplograph.text.timex.find import find
from diplograph.text.timex.mention import TimeContext, TimeMention

__all__ = ["TimeContext", "TimeMention", "find"]
