"""Four processes at a time work on one org and are killed, interrupted or left alone by chance;
then all is brought to its end, and the org is looked at.
"""

import json
import re
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

from . import audit, checks
from .process import Command, End, Fate, run
from .server import Server
from .workload import WORKFLOWS, Workload

WORKERS = 4
FATES: dict[Fate, int] = {"left alone": 50, "killed": 30, "interrupted": 20}
ALL = ("-n", "1000000000", "--json")


class Soak:
    """An org that is soaked, with the log of its commands."""

    def __init__(self, folder: Path, server: Server, seed: int) -> None:
        self.seed = seed
        self.database = folder / "org.db"
        self.server = server
        self.workload = Workload(folder, server.host)
        self.log: list[str] = []
        self.troubles: list[str] = []
        self.commands: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self._usual: dict[str, float] = {}
        self._lock = threading.Lock()
        self._started = time.monotonic()

    def make(self) -> None:
        """Make the org, which keeps a record from its first event on."""
        self._alone("apply", str(WORKFLOWS))
        with closing(sqlite3.connect(self.database)) as connection:
            audit.install(connection)

    def soak(self, seconds: float) -> None:
        """Let all workers go on for so many seconds."""
        until = time.monotonic() + seconds
        workers = [
            threading.Thread(target=self._work, args=(number, until)) for number in range(WORKERS)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def settle(self) -> None:
        """Bring to its end what was left, with commands that nothing disturbs."""
        self._alone("logs")
        with closing(sqlite3.connect(self.database)) as connection:
            self.troubles += audit.open_runs(connection)
        for command in self.workload.wind_down():
            self._ended(run(command, self.database, "left alone"), "-")
        # It is the last process: what is written beside the org is gone when it ends.
        known = {self.database, *(replay.path for replay in self.workload.replays)}
        left = sorted({*self.database.parent.iterdir()} - known)
        self.troubles += [f"the file {path.name} is left" for path in left if not _is_probe(path)]

    def problems(self) -> list[str]:
        """Give what is wrong with the org and with what commands said."""
        listed = json.loads(self._alone("logs", *ALL).out)
        waiting = json.loads(self._alone("schedule", "list", *ALL).out)
        with closing(sqlite3.connect(self.database)) as connection:
            return [
                *self.troubles,
                *audit.all_problems(connection),
                *audit.repeated_reruns(connection, "fragile", self.workload.rerun_numbers),
                *checks.payload_problems(connection, self.workload),
                *checks.report_problems(connection, self.workload),
                *checks.log_problems(connection, listed),
                *checks.prune_problems(connection, self.workload),
                *checks.effect_problems(connection),
                *checks.status_problems(connection),
                *checks.request_problems(connection, self.server.asked),
                *(f"scheduled run {each['number']} waits still" for each in waiting),
            ]

    def summary(self) -> str:
        """Say how much was done."""
        with closing(sqlite3.connect(self.database)) as connection:
            counts = audit.counts(connection)
        told = ", ".join(f"{count} {kind}" for kind, count in self.commands.most_common())
        return (
            f"seed {self.seed}: {self.commands.total()} commands ({told}),"
            f" {self.hits['killed']} killed, {self.hits['interrupted']} interrupted; {counts},"
            f" {len(self.server.asked)} requests"
        )

    def _work(self, number: int, until: float) -> None:
        chance = Random(f"{self.seed}/{number}")  # noqa: S311 - nothing secret
        try:
            while time.monotonic() < until:
                with self._lock:
                    command = self.workload.command(chance)
                (fate,) = chance.choices([*FATES], [*FATES.values()])
                life = chance.uniform(0.2, 1.2) * self._usual.get(command.kind, 0.5)
                self._ended(run(command, self.database, fate, life), str(number))
        except Exception as error:  # noqa: BLE001 - a fault of the test is told with the others
            self.troubles.append(f"worker {number} of the test fell: {error!r}")

    def _alone(self, *arguments: str) -> End:
        end = run(Command(arguments[0], arguments), self.database, "left alone")
        self._ended(end, "-")
        return end

    def _ended(self, end: End, worker: str) -> None:
        at = time.monotonic() - self._started
        with self._lock:
            self.log.append(f"{at - end.seconds:8.3f} to {at:8.3f}  {worker}  {end}")
            self.troubles += end.faults()
            self.commands[end.command.kind] += 1
            self.hits[end.fate] += end.is_hit
            if not end.is_hit:
                usual = self._usual.get(end.command.kind, end.seconds)
                self._usual[end.command.kind] = 0.8 * usual + 0.2 * end.seconds
            end.command.note(end)


def _is_probe(path: Path) -> bool:
    """Tell whether a file is what Python's `tempfile` tries a folder with before it is used."""
    return re.fullmatch(r"[a-z0-9_]{8}", path.name) is not None and path.stat().st_size <= len(
        "blat"
    )
