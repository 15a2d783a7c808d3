"""The times that people type: `7d`, `2h`, `2026-01-02`."""

import re
from datetime import timedelta
from typing import Final

from kobjctl.model.errors import UsageError
from kobjctl.model.instants import format_instant, parse_instant

_AGE: Final = re.compile(r"(\d{1,9})([smhdw])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_time(text: str, now: str) -> str:
    """Give the platform time that an age (`90s`, `30m`, `2h`, `7d`, `4w` ago) or a date means.

    Raises UsageError for anything else.
    """
    age = _AGE.fullmatch(text)
    current = parse_instant(now)
    moment = parse_instant(text)
    if age and current:
        try:
            moment = current - timedelta(**{_UNITS[age[2]]: int(age[1])})
        except OverflowError:
            moment = None
    if moment is None:
        raise UsageError(
            f'"{text}" is neither an age nor a date', hint="as in 30m, 2h, 7d or 2026-01-02"
        )
    return format_instant(moment)
