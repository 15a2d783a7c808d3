"""Several processes at one job: start them, hear from them, stop them."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from kobjctl.app.replay.stopping import Stop
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject

_MODULE: Final = "kobjctl.app.replay.worker"
# How often somebody who presses Ctrl-C is heard.
_EVERY: Final = 0.1


class Processes:
    """Workers, each with a job; what they tell comes as (number, fact)."""

    def __init__(self, jobs: Sequence[JsonObject]) -> None:
        self._facts: queue.Queue[tuple[int, Any]] = queue.Queue()
        self._running = [self._start(number, job) for number, job in enumerate(jobs)]

    def _start(self, number: int, job: JsonObject) -> "subprocess.Popen[str]":
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._listen, args=(number, process), daemon=True).start()
        if process.stdin:
            process.stdin.write(f"{json.dumps(job)}\n")
            process.stdin.flush()
        return process

    def _listen(self, number: int, process: "subprocess.Popen[str]") -> None:
        for line in process.stdout or ():
            self._facts.put((number, json.loads(line)))
        self._facts.put((number, None))

    def facts(self, stop: Stop) -> Iterator[tuple[int, Any]]:
        """Yield what the processes tell until all have ended; asked to stop, they do so soon.

        Raises KobjctlError for what one of them could not do.
        """
        left = len(self._running)
        while left:
            if stop.asked:
                self.stop()
            try:
                number, fact = self._facts.get(timeout=_EVERY)
            except queue.Empty:
                continue
            if fact is None:
                left -= 1
                self._check(number)
            elif "error" in fact:
                raise KobjctlError(fact["error"], hint=fact["hint"])
            else:
                yield number, fact

    def _check(self, number: int) -> None:
        status = self._running[number].wait()
        if status < 0:
            raise KobjctlError(
                f"process {number + 1} of the replay was ended by signal {-status}",
                hint="is there memory enough for so many? go on with --resume",
            )
        if status:
            # Its trace is on stderr already.
            raise RuntimeError(f"process {number + 1} of the replay ended with status {status}")

    def stop(self) -> None:
        """Let them stop after the commit under way."""
        for process in self._running:
            if process.stdin and not process.stdin.closed:
                process.stdin.close()

    def end(self) -> None:
        """Wait until all have stopped."""
        self.stop()
        for process in self._running:
            process.wait()
            if process.stdout:
                process.stdout.close()


@contextmanager
def started(jobs: Sequence[JsonObject]) -> Iterator[Processes]:
    """Start a process for each job, and see that none is left at the end."""
    processes = Processes(jobs)
    try:
        yield processes
    finally:
        processes.end()
