"""Do something again whenever files change, until Ctrl-C."""

import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from kobjctl.cli.session import Session, error_lines
from kobjctl.model.errors import UsageError

# How often --watch looks at the files, in seconds.
WATCH_EVERY = 0.5


def watch(session: Session, files: Callable[[], Iterable[Path]], act: Callable[[], object]) -> None:
    """Act at every change of the files, which are looked up each time, until Ctrl-C."""
    seen: object = None
    try:
        while True:
            now = _stamps(files())
            if now != seen:
                seen = now
                try:
                    act()
                except UsageError as error:  # a file that was there may be gone for a moment
                    session.print(error_lines(error.message, error.hint), sys.stderr)
                session.say("watching for changes; stop with Ctrl-C")
            time.sleep(WATCH_EVERY)
    except KeyboardInterrupt:
        return


def _stamps(files: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Return what changes when a file does: that is looked at, as it needs nothing of the system
    and a workflow folder is small.
    """
    stamps = []
    for file in files:
        with suppress(OSError):
            now = file.stat()
            stamps.append((str(file), now.st_mtime_ns, now.st_size))
    return stamps
