"""Ctrl-C during long work: it stops between two commits, not in the middle."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Whether somebody asked to stop. While it is `held`, that waits for the end of the block."""

    def __init__(self) -> None:
        self.asked = False
        self._held = False

    def ask(self) -> None:
        """Stop as soon as that can be."""
        self.asked = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Do a piece of work that is better not interrupted; a second Ctrl-C does it anyway."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    @contextmanager
    def by_signals(self) -> Iterator[None]:
        """Take Ctrl-C, and the end of the system, for the wish to stop."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(each, self._interrupt) for each in signals]
        try:
            yield
        finally:
            for each, handler in zip(signals, before, strict=True):
                signal.signal(each, handler)

    def _interrupt(self, _signal: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if again or not self._held:
            raise KeyboardInterrupt
