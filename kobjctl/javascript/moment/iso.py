"""Read dates of ISO 8601, in the forms and with the looseness of moment.

moment finds out which form a text has, and then cuts the text by that form's tokens, each one
taking the first place that fits. The two steps disagree for years of six digits in some forms
(`+002020-01` is read as the year 20), so they are two steps here as well.
Source: moment's documentation of `moment(String)`.
"""

import re
from typing import Final, NamedTuple, TypeAlias

from kobjctl.javascript.moment.calendar import (
    DAYS_PER_WEEK,
    MS_PER_MINUTE,
    clip,
    days_in_month,
    days_in_year,
    days_since_epoch,
    put_together,
)
from kobjctl.model.unseen import WHITESPACE

Layout: TypeAlias = tuple[str, ...]


class _Form(NamedTuple):
    """A form of a date or a time: the pattern that shows it, and its tokens."""

    pattern: str
    tokens: str
    may_have_time: bool = True


# Patterns are text until their first use, when `re` compiles and keeps them: all at once would
# take several milliseconds of every start.
_OFFSET: Final = rf"([+-]\d\d(?::?\d\d)?|[{WHITESPACE}]*Z)?"
_EXTENDED: Final = (
    rf"[{WHITESPACE}]*((?:[+-]\d{{6}}|\d{{4}})-(?:\d\d-\d\d|W\d\d-\d|W\d\d|\d{{3}}|\d\d))"
    rf"(?:([T ])(\d\d(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?){_OFFSET})?"
)
_BASIC: Final = (
    rf"[{WHITESPACE}]*((?:[+-]\d{{6}}|\d{{4}})(?:\d{{4}}|W\d{{3}}|W\d\d|\d{{3}}|\d\d|))"
    rf"(?:([T ])(\d\d(?:\d\d(?:\d\d(?:[.,]\d+)?)?)?){_OFFSET})?"
)

_DATES: Final = (
    _Form(r"[+-]\d{6}-\d\d-\d\d", "YYYYYY - MM - DD"),
    _Form(r"\d{4}-\d\d-\d\d", "YYYY - MM - DD"),
    _Form(r"\d{4}-W\d\d-\d", "GGGG - W WW - E"),
    _Form(r"\d{4}-W\d\d", "GGGG - W WW", may_have_time=False),
    _Form(r"\d{4}-\d{3}", "YYYY - DDD"),
    _Form(r"\d{4}-\d\d", "YYYY - MM", may_have_time=False),
    _Form(r"[+-]\d{10}", "YYYYYY MM DD"),
    _Form(r"\d{8}", "YYYY MM DD"),
    _Form(r"\d{4}W\d{3}", "GGGG W WW E"),
    _Form(r"\d{4}W\d\d", "GGGG W WW", may_have_time=False),
    _Form(r"\d{7}", "YYYY DDD"),
    _Form(r"\d{6}", "YYYY MM", may_have_time=False),
    _Form(r"\d{4}", "YYYY", may_have_time=False),
)
_TIMES: Final = (
    _Form(r"\d\d:\d\d:\d\d\.\d+", "HH : mm : ss . SSSS"),
    _Form(r"\d\d:\d\d:\d\d,\d+", "HH : mm : ss , SSSS"),
    _Form(r"\d\d:\d\d:\d\d", "HH : mm : ss"),
    _Form(r"\d\d:\d\d", "HH : mm"),
    _Form(r"\d{6}\.\d+", "HH mm ss . SSSS"),
    _Form(r"\d{6},\d+", "HH mm ss , SSSS"),
    _Form(r"\d{6}", "HH mm ss"),
    _Form(r"\d{4}", "HH mm"),
    _Form(r"\d\d", "HH"),
)

_FIELDS: Final = {
    "YYYYYY": r"[+-]?\d{1,6}",
    "YYYY": r"\d{1,4}",
    "GGGG": r"\d{1,4}",
    "DDD": r"\d{1,3}",
    "SSSS": r"\d+",
    "Z": r"Z|[+-]\d\d(?::?\d\d)?",
    **dict.fromkeys(("MM", "DD", "WW", "E", "HH", "mm", "ss"), r"\d\d?"),
}

_MOST_MINUTES: Final = 59
_FARTHEST: Final = {"+": 14 * 60, "-": 12 * 60}


def iso_layout(text: str) -> Layout | None:
    """Return the tokens of the form that a text has; None where it isn't ISO 8601."""
    found = re.fullmatch(_EXTENDED, text, re.ASCII) or re.fullmatch(_BASIC, text, re.ASCII)
    if not found:
        return None
    date, separator, time, offset = found.groups()
    form = _first(_DATES, date)
    if time is None:
        return tuple(form.tokens.split())
    if not form.may_have_time:
        return None
    zone = ("Z",) if offset else ()
    return (*form.tokens.split(), separator, *_first(_TIMES, time).tokens.split(), *zone)


def _first(forms: tuple[_Form, ...], text: str) -> _Form:
    return next(form for form in forms if re.search(form.pattern, text, re.ASCII))


def read_iso(text: str, layout: Layout) -> int | None:
    """Return milliseconds since 1970; None where a part is beyond its range."""
    fields = _cut(text, layout)
    date = _read_date(fields)
    time = _read_time(fields)
    offset = _read_offset(fields.get("Z", "Z"))
    if date is None or time is None or offset is None or clip(date + time) is None:
        return None
    return clip(date + time - offset * MS_PER_MINUTE)


def _cut(text: str, layout: Layout) -> dict[str, str]:
    fields = {}
    for token in layout:
        pattern = _FIELDS.get(token)
        if pattern is None:
            text = text.partition(token)[2] if token in text else text
        elif found := re.search(pattern, text, re.ASCII):
            fields[token] = found[0]
            text = text[found.end() :]
    return fields


def _read_date(fields: dict[str, str]) -> int | None:
    if "GGGG" in fields:
        return _read_week(int(fields["GGGG"]), int(fields["WW"]), int(fields.get("E", "1")))
    year = int(fields["YYYY"] if "YYYY" in fields else fields["YYYYYY"])
    if "DDD" in fields:
        day_of_year = int(fields["DDD"])
        known = 1 <= day_of_year <= days_in_year(year)
        return put_together(year, 1, day_of_year) if known else None
    month, day = int(fields.get("MM", "1")), int(fields.get("DD", "1"))
    known = 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)  # noqa: PLR2004 - months
    return put_together(year, month, day) if known else None


def _read_week(year: int, week: int, weekday: int) -> int | None:
    first_monday, next_monday = _first_monday(year), _first_monday(year + 1)
    monday = first_monday + (week - 1) * DAYS_PER_WEEK
    if not (first_monday <= monday < next_monday and 1 <= weekday <= DAYS_PER_WEEK):
        return None
    return put_together(1970, 1, 1 + monday + weekday - 1)


def _first_monday(year: int) -> int:
    """Return the first day of a year's weeks: the Monday of the week with 4 January."""
    fourth = days_since_epoch(year, 1, 4)
    return fourth - (fourth + 3) % DAYS_PER_WEEK


def _read_time(fields: dict[str, str]) -> int | None:
    hour, minute, second = (int(fields.get(token, "0")) for token in ("HH", "mm", "ss"))
    # The product in floating point, as JavaScript has it: it decides what is cut off.
    millisecond = int(float(f"0.{fields.get('SSSS', '0')}") * 1000)
    end_of_day = (hour, minute, second, millisecond) == (24, 0, 0, 0)
    if (hour > 23 and not end_of_day) or minute > _MOST_MINUTES or second > _MOST_MINUTES:  # noqa: PLR2004 - hours
        return None
    return put_together(1970, 1, 1, hour, minute, second, millisecond)


def _read_offset(offset: str) -> int | None:
    """Return the minutes of `Z`, `+02`, `+0200` or `+02:00`; None beyond 12 hours west, 14 east."""
    if offset == "Z":
        return 0
    minutes = int(offset[3:].removeprefix(":") or "0")
    total = int(offset[1:3]) * 60 + minutes
    if minutes > _MOST_MINUTES or total > _FARTHEST[offset[0]]:
        return None
    return total if offset[0] == "+" else -total
