"""The clock: the one place where the time is read."""

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
