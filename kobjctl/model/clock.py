"""The clock, the one place where the time is read; and times as the platform writes them.

That is ISO 8601, UTC, milliseconds, `Z`.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache


def seconds() -> int:
    """Return the seconds since 1970."""
    return int(time.time())


def tick() -> float:
    """Return the seconds of a clock that only goes forward."""
    return time.monotonic()


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


# A run asks several times within one.
@lru_cache(maxsize=1)
def _millisecond(count: int) -> str:
    seconds, milliseconds = divmod(count, 1000)
    return f"{_second(seconds)}.{milliseconds:03}Z"


def now() -> str:
    """Return the time as the platform writes it."""
    return _millisecond(time.time_ns() // 1_000_000)


def stopwatch() -> Callable[[], float]:
    """Return what tells how many milliseconds have passed since."""
    started = time.perf_counter()
    return lambda: (time.perf_counter() - started) * 1000


def format_instant(moment: datetime) -> str:
    """Write a point in time as the platform does: `2020-10-01T12:06:20.291Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: str) -> datetime | None:
    """Read an ISO 8601 date or date-time; without an offset it is UTC. None when it is neither."""
    # Python also reads "20260102"; a plain number in a condition must not turn into a date.
    if len(text) < 10 or text[4] != "-":  # noqa: PLR2004 - YYYY-MM-DD
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def has_platform_form(moment: datetime) -> bool:
    """Return whether `format_instant` can write it: an offset may lead out of the years there
    are.
    """
    try:
        moment.astimezone(UTC)
    except OverflowError:
        return False
    return True
