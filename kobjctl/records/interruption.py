"""Ctrl-C while runs are carried out: a run is left between two of its steps, not in one.

A step ends within moments, unless it waits for a host: that one is broken off at once.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple


class StopSignal(KeyboardInterrupt):
    """Somebody asked to stop, where a run can be left and gone on with."""


class BrokenStep(NamedTuple):
    """A step that was broken off while it was off the machine: it may have been done."""

    run: int
    step_id: str


class Interruption:
    """The wish to stop that Ctrl-C tells of.

    `broken` are the steps that it broke off.
    """

    def __init__(self) -> None:
        self.asked = False
        self.broken: list[BrokenStep] = []
        self._is_held = False
        self._ends_runs = False
        self._breaks = False

    def ask(self) -> None:
        """Stop as soon as that can be."""
        self.asked = True

    def check(self) -> None:
        """Raise StopSignal when somebody asked to stop and runs are left between two steps."""
        if self.asked and not self._ends_runs:
            raise StopSignal

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear of Ctrl-C within the block: it raises KeyboardInterrupt, unless it is held."""
        try:
            before = signal.signal(signal.SIGINT, self._take)
        except ValueError:  # only the main thread hears of signals
            yield
            return
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextmanager
    def held(self, *, ends_runs: bool = False) -> Iterator[None]:
        """Let the first Ctrl-C within the block be a wish that is looked at by `check`; a second
        one raises KeyboardInterrupt.

        Where runs are better not gone on with by others, as they see another time then, one that
        is under way comes to its end (`ends_runs`), unless it has to leave the machine.
        """
        if self._is_held:
            yield
            return
        with self.listening():
            self._is_held, self._ends_runs = True, ends_runs
            try:
                yield
            finally:
                self._is_held = False

    @contextmanager
    def breaking(self) -> Iterator[None]:
        """Let Ctrl-C raise KeyboardInterrupt within the block, although it is held.

        Raises StopSignal where one came before.
        """
        self._breaks = True
        try:
            if self.asked:
                raise StopSignal
            yield
        finally:
            self._breaks = False

    def _take(self, _signal: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if again or self._breaks or not self._is_held:
            raise KeyboardInterrupt
