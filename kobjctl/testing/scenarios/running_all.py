"""Run many scenarios, in this process or in several, and give their results in order."""

import multiprocessing
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from multiprocessing.context import BaseContext
from typing import Final, NamedTuple

from kobjctl.model.scenario import Scenario, ScenarioResult
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.reading import ScenarioFile, read_file
from kobjctl.testing.scenarios.running import run

# Ctrl-C is left to the process that hands out the work.
_NO_INTERRUPTS: Final = (signal.SIGINT, signal.SIG_IGN)
# So many scenarios are handed to a process at once.
_CHUNK: Final = 25


class Task(NamedTuple):
    """A scenario that is to run, with its file."""

    file: ScenarioFile
    scenario: Scenario


def run_all(
    tasks: Sequence[Task], orgs: StartOrgs, *, processes: int = 1, stop_first: bool = False
) -> Iterator[ScenarioResult]:
    """Run scenarios and yield their results in their order, whichever process has them.

    With `stop_first` the first one that fails is the last.
    """
    several = processes > 1 and len(tasks) > 1
    here = (run(task.file, task.scenario, orgs) for task in tasks)
    results = _in_several(tasks, orgs, processes) if several else here
    for result in results:
        yield result
        if stop_first and result.is_bad:
            return


def _in_several(tasks: Sequence[Task], orgs: StartOrgs, processes: int) -> Iterator[ScenarioResult]:
    _at_hand.orgs = orgs
    _at_hand.files = {task.file.path: task.file for task in tasks}
    chunks = list(_chunks(tasks, -(-len(tasks) // processes)))
    with ProcessPoolExecutor(
        min(processes, len(chunks)), _context(), signal.signal, _NO_INTERRUPTS
    ) as pool:
        try:
            for results in pool.map(_work, *zip(*chunks, strict=True)):
                yield from results
        finally:
            # Without waiting, Python may write to a pipe at its end that is closed meanwhile.
            pool.shutdown(cancel_futures=True)


def _chunks(tasks: Iterable[Task], most: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield names of files with the positions of some of their scenarios."""
    size = min(_CHUNK, most)
    for path, group in groupby(tasks, key=lambda task: task.file.path):
        positions = [task.scenario.position for task in group]
        for start in range(0, len(positions), size):
            yield path, tuple(positions[start : start + size])


def _context() -> BaseContext:
    """Return the way to start processes: a fork, where that is safe, as it takes no time."""
    forks = sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if forks else "spawn")


class _WorkerCache:
    """What a process has read: a fork begins with all that its parent had."""

    def __init__(self) -> None:
        self.orgs = StartOrgs()
        self.files: dict[str, ScenarioFile] = {}

    def file(self, path: str) -> ScenarioFile:
        """Return a scenario file."""
        if path not in self.files:
            self.files[path] = read_file(path)
        return self.files[path]


_at_hand: Final = _WorkerCache()


def _work(path: str, positions: Sequence[int]) -> list[ScenarioResult]:
    """Run some scenarios of a file, in a process of its own."""
    file = _at_hand.file(path)
    return [run(file, file.scenarios[position], _at_hand.orgs) for position in positions]
