"""Read dates of RFC 2822, as in the head of an email: `Thu, 01 Oct 2020 12:06:20 +0000`.

Source: moment's documentation of `moment(String)`.
"""

import re
from typing import Final

from kobjctl.javascript.moment.calendar import (
    MS_PER_MINUTE,
    clip,
    days_in_month,
    put_together,
    take_apart,
)
from kobjctl.javascript.moment.tokens import MONTHS, WEEKDAYS
from kobjctl.model.unseen import WHITESPACE

_COMMENT: Final = r"\([^()]*\)|[\n\t]"
_SPACES: Final = rf"[{WHITESPACE}]{{2,}}"
_MONTH_NAMES: Final = tuple(month[:3] for month in MONTHS)
_WEEKDAY_NAMES: Final = tuple(weekday[:3] for weekday in WEEKDAYS)
_HOURS_OF_ZONES: Final = {
    "UT": 0,
    "GMT": 0,
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
}
_S: Final = f"[{WHITESPACE}]"
# Text until its first use, when `re` compiles and keeps it: that takes milliseconds.
_DATE: Final = (
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAY_NAMES)}),?{_S})?"
    rf"(?P<day>\d\d?){_S}(?P<month>{'|'.join(_MONTH_NAMES)}){_S}(?P<year>\d{{2,4}}){_S}"
    rf"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?{_S}"
    rf"(?:(?P<zone>{'|'.join(_HOURS_OF_ZONES)})|[Zz]|(?P<offset>[+-]\d{{4}}))"
)

_LAST_OF_2000S: Final = 49
_LAST_SHORT_YEAR: Final = 999


def match_rfc2822(text: str) -> re.Match[str] | None:
    """Return the parts of a date as RFC 2822 writes it; None where the text is none.

    Comments in brackets and spare white space may stand anywhere.
    """
    plain = re.sub(_SPACES, " ", re.sub(_COMMENT, " ", text)).strip(WHITESPACE)
    return re.fullmatch(_DATE, plain, re.ASCII)


def read_rfc2822(found: re.Match[str]) -> int | None:
    """Return milliseconds since 1970; None where a part is beyond its range.

    So it is where the day of the week isn't the date's.
    """
    year, month = _full_year(int(found["year"])), _MONTH_NAMES.index(found["month"]) + 1
    day, hour, minute = int(found["day"]), int(found["hour"]), int(found["minute"])
    second = int(found["second"] or "0")
    in_month = 1 <= day <= days_in_month(year, month)
    if not in_month or hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - hours, minutes
        return None
    instant = put_together(year, month, day, hour, minute, second)
    if found["weekday"] and found["weekday"] != _WEEKDAY_NAMES[take_apart(instant).weekday]:
        return None
    return clip(instant - _offset(found) * MS_PER_MINUTE)


def _full_year(year: int) -> int:
    if year <= _LAST_OF_2000S:
        return year + 2000
    return year + 1900 if year <= _LAST_SHORT_YEAR else year


def _offset(found: re.Match[str]) -> int:
    """Return the minutes east of UTC; any four digits will do, as in moment."""
    if found["offset"]:
        hours, minutes = divmod(int(found["offset"][1:]), 100)
        minutes += hours * 60
        return minutes if found["offset"][0] == "+" else -minutes
    return _HOURS_OF_ZONES.get(found["zone"], 0) * 60
