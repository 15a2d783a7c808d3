"""One command as a process of its own, which is killed, interrupted or left alone."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Fate: TypeAlias = Literal["killed", "interrupted", "left alone"]

SIGNALS = {"killed": signal.SIGKILL, "interrupted": signal.SIGINT}
# What takes longer hangs: it is ended, and told.
PATIENCE = 600.0
SHOWN, LAST_LINES = 200, 15
_OUR_FRAME = re.compile(r'File "[^"]*[/\\]kobjctl[/\\][^"]*\.py"')


@dataclass(frozen=True, slots=True)
class Command:
    """What is run. `refusals` are words with which it may rightly refuse (status 2) when others
    were faster; `note` hears of its end.
    """

    kind: str
    arguments: tuple[str, ...]
    given: str = ""
    refusals: tuple[str, ...] = ()
    note: "Callable[[End], None]" = lambda _: None


@dataclass(frozen=True, slots=True)
class End:
    """How a command ended: `fate` is what it was meant to go through after `life` seconds, and
    `is_hit` tells that it was still there then.
    """

    command: Command
    fate: Fate
    life: float
    is_hit: bool
    status: int
    out: str
    said: str
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Tell whether it came to an end of its own, and has done what was asked for."""
        return not self.is_hit and self.status in (0, 1)

    def __str__(self) -> str:
        hit = f"{self.fate} after {self.life:.3f} s" if self.is_hit else "left alone"
        said = " | ".join(self.said.strip().splitlines())
        told = f"  {said[-SHOWN:]}" if said else ""
        return f"{' '.join(self.command.arguments)}  [{hit}, status {self.status}]{told}"

    def faults(self) -> list[str]:
        """Give what is wrong with how it ended."""
        found = []
        if "Traceback" in self.said and (not self.is_hit or _OUR_FRAME.search(self.said)):
            found.append("printed a traceback")
        refused = self.status == 2 and any(words in self.said for words in self.command.refusals)
        if not (self.status in self._statuses() or refused):
            found.append(f"ended with status {self.status}")
        said = "\n".join(self.said.strip().splitlines()[-LAST_LINES:])
        return [f"{each}: {self}\n{said}" for each in found]

    def _statuses(self) -> tuple[int, ...]:
        if not self.is_hit:
            return (0, 1)
        # It may just have ended when the signal came, or Python not have got as far as our code.
        return (0, 1, -SIGNALS[self.fate], *((130,) if self.fate == "interrupted" else ()))


@contextmanager
def hearing_interrupts() -> Iterator[None]:
    """Let processes that are started within the block take Ctrl-C, also where a shell has told
    what it starts in the background to ignore it.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run(command: Command, database: Path, fate: Fate, life: float = 0.0) -> End:
    """Run a command on an org, and let it meet its fate so many seconds after its start."""
    started = time.monotonic()
    process = subprocess.Popen(
        ["nice", sys.executable, "-m", "kobjctl", *command.arguments, "--db", str(database)],  # noqa: S607 - where `nice` is depends on the system
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=database.parent,
        env={**os.environ, "TMPDIR": str(database.parent)},
        start_new_session=True,
    )
    is_hit = False
    try:
        try:
            out, said = process.communicate(
                command.given, timeout=PATIENCE if fate == "left alone" else life
            )
        except subprocess.TimeoutExpired:
            is_hit = True
            process.send_signal(SIGNALS.get(fate, signal.SIGKILL))
            out, said = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    return End(
        command, fate, life, is_hit, process.returncode, out, said, time.monotonic() - started
    )
