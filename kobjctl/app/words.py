"""Durations, times and numbers as people read them."""

from typing import Final

_SECOND: Final = 1_000
_MINUTE: Final = 60 * _SECOND


def duration(milliseconds: float | None) -> str:
    """Return a duration as people say it: `0.4 ms`, `12 ms`, `3.2 s`, `5 min 0 s`; empty for
    None.
    """
    if milliseconds is None:
        return ""
    if round(milliseconds, 1) < 10:  # noqa: PLR2004 - from two digits on, tenths only distract
        return f"{milliseconds:.1f} ms"
    if round(milliseconds) < _SECOND:
        return f"{milliseconds:.0f} ms"
    if round(milliseconds, -2) < _MINUTE:
        return f"{milliseconds / _SECOND:.1f} s"
    minutes, seconds = divmod(round(milliseconds / _SECOND), 60)
    return f"{minutes} min {seconds} s"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 run`, `2,000 runs`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def instant(iso: str) -> str:
    """Return an ISO instant of UTC to the second: `2026-05-01 12:00:00`."""
    return iso[:19].replace("T", " ")
