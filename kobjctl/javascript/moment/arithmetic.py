"""Count with dates as moment does: shift one, or tell how far two are apart.

Source: moment's documentation of `subtract()` and `diff()`; `manual/platform.md 6.3`.
"""

import math
from datetime import datetime
from typing import Final

from kobjctl.javascript.moment.calendar import (
    DAYS_PER_WEEK,
    MONTHS_PER_YEAR,
    MS_PER_DAY,
    MS_PER_MINUTE,
    Parts,
    clip,
    days_in_month,
    put_together,
    take_apart,
)
from kobjctl.javascript.moment.formatting import INVALID_DATE, format_instant
from kobjctl.javascript.moment.reading import Date, read_instant

_MONTHS: Final = {"year": MONTHS_PER_YEAR, "quarter": 3, "month": 1}
_DAYS: Final = {"week": DAYS_PER_WEEK, "isoWeek": DAYS_PER_WEEK, "day": 1}
_WIDTHS: Final = {
    "week": DAYS_PER_WEEK * MS_PER_DAY,
    "day": MS_PER_DAY,
    "hour": 60 * MS_PER_MINUTE,
    "minute": MS_PER_MINUTE,
    "second": 1000,
    "millisecond": 1,
}

_LETTERS: Final = {
    "y": "year",
    "Q": "quarter",
    "M": "month",
    "w": "week",
    "W": "isoWeek",
    "d": "day",
    "h": "hour",
    "m": "minute",
    "s": "second",
    "ms": "millisecond",
}
_UNITS: Final = {
    spelling: unit
    for letter, unit in _LETTERS.items()
    for spelling in (letter, unit.lower(), f"{unit.lower()}s")
}
_FOUR_DIGIT_YEARS: Final = range(10_000)


def shift(now: datetime, unit: str, count: float) -> str:
    """Return `now` less `count` units, in UTC: `2020-10-01T12:06:20.291Z`.

    The units are moment's, singular, plural or short, from years to milliseconds; any other unit
    changes nothing. Part of a day, week or longer is rounded; a day that the month doesn't have
    is its last one. `Invalid date` beyond the years that JavaScript knows.
    Source: `manual/platform.md 6.3`, `{{date}}`.
    """
    instant = read_instant(now)
    shifted = None if instant is None else _less(instant, _unit(unit), count)
    if shifted is None:
        return INVALID_DATE
    four_digits = take_apart(shifted).year in _FOUR_DIGIT_YEARS
    year = "YYYY" if four_digits else "YYYYYY"
    return format_instant(shifted, f"{year}-MM-DD[T]HH:mm:ss.SSS[Z]")


def difference(unit: str, start: Date, end: Date) -> float:
    """Return how many whole units `end` is after `start`, as `moment(end).diff(start, unit)`.

    Negative where it is before. A unit that moment doesn't know counts milliseconds; NaN where
    one of the two is no date (see `reading.read_instant`).
    Source: `manual/platform.md 6.3`, `{{dateDiff}}`.
    """
    first, last = read_instant(start), read_instant(end)
    if first is None or last is None:
        return math.nan
    unit = _unit(unit)
    if unit in _MONTHS:
        return int(_months_between(take_apart(first), take_apart(last)) / _MONTHS[unit])
    return int((last - first) / _WIDTHS.get(unit, 1))


def _unit(spelling: str) -> str:
    """Return the singular of a unit; empty where it is none. `m` is minute, `M` is month."""
    if spelling == "D":  # moment's date, which counts nothing, and not the short form of day
        return ""
    return _UNITS.get(spelling) or _UNITS.get(spelling.lower(), "")


def _less(instant: int, unit: str, count: float) -> int | None:
    """Subtract in floating point, as JavaScript does, and round what moment rounds."""
    amount = _as_float(count) * (_MONTHS.get(unit) or _DAYS.get(unit) or 1)
    if not unit or math.isnan(amount):
        return instant
    if math.isinf(amount):
        return None
    if unit in _MONTHS:
        return clip(_add_months(take_apart(instant), -_rounded(amount)))
    if unit in _DAYS:
        return clip(instant - _rounded(amount) * MS_PER_DAY)
    if unit == "hour":
        return clip(instant - amount * 1000 * 60 * 60)
    return clip(instant - amount * _WIDTHS[unit])


def _as_float(count: float) -> float:
    try:
        return float(count)
    except OverflowError:
        return math.inf


def _rounded(number: float) -> int:
    """Round halves away from zero."""
    whole = math.floor(abs(number))
    whole += abs(number) - whole >= 0.5  # noqa: PLR2004 - a half
    return whole if number >= 0 else -whole


def _add_months(parts: Parts, months: int) -> int:
    month = parts.month + months
    day = min(parts.day, days_in_month(parts.year, month))
    within_day = parts.instant % MS_PER_DAY
    return put_together(parts.year, month, day) + within_day


def _months_between(start: Parts, end: Parts) -> float:
    """Count months with their fraction, which is linear between two monthly days of `end`."""
    if end.day < start.day:
        return -_months_between(end, start)
    whole = (start.year - end.year) * MONTHS_PER_YEAR + start.month - end.month
    anchor = _add_months(end, whole)
    later = _add_months(end, whole + 1)
    rest = start.instant - anchor
    month = later - anchor if rest >= 0 else anchor - _add_months(end, whole - 1)
    return -(whole + rest / month)
