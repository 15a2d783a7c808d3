"""The times that people type: `7d`, `2h`, `2026-01-02`."""

import re
from datetime import datetime, timedelta
from typing import Final

from kobjctl.model.clock import format_instant, has_platform_form, parse_instant
from kobjctl.model.errors import UsageError

_LENGTH: Final = re.compile(r"(\d{1,9})([smhdw])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_time(text: str, now: str) -> str:
    """Return the platform time that an age (`90s`, `30m`, `2h`, `7d`, `4w` ago) or a date means.

    Raises UsageError for anything else.
    """
    moment = parse_instant(text) or _shifted(text, now, -1)
    if moment is None or not has_platform_form(moment):
        raise UsageError(
            f'"{text}" is neither an age nor a date', hint="write 30m, 2h, 7d or 2026-01-02"
        )
    return format_instant(moment)


def later(text: str, now: str) -> str:
    """Return the platform time that is so much later (`90s`, `2h`); raises UsageError."""
    moment = _shifted(text, now, 1)
    if moment is None:
        raise UsageError(f'"{text}" is not a length of time', hint="write 90s, 30m, 2h or 7d")
    return format_instant(moment)


def _shifted(text: str, now: str, sign: int) -> datetime | None:
    length, current = _LENGTH.fullmatch(text), parse_instant(now)
    if length is None or current is None:
        return None
    try:
        return current + sign * timedelta(**{_UNITS[length[2]]: int(length[1])})
    except OverflowError:
        return None
