"""Dates as moment.js reads, writes and counts them, in UTC and in English.

The platform's date helpers are moment.js, so what it prints is the truth here, to the character.
Times are milliseconds since 1970, as in JavaScript, because moment reads years that Python's
dates don't have. What differs on purpose is said at `read_instant` and `format_moment`; beyond
that, moment loses count in the year -271821, where JavaScript's time begins, and at midnight as
24 o'clock on the last day of a year before 100.
Source: `manual/platform.md 6.3` (the time zone).
"""

from kobjctl.javascript.moment.arithmetic import difference, shift
from kobjctl.javascript.moment.formatting import INVALID_DATE, format_moment
from kobjctl.javascript.moment.reading import is_date

__all__ = ["INVALID_DATE", "difference", "format_moment", "is_date", "shift"]
