"""What is done to the org: commands chosen by chance, and what is known of what they gave it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from .process import Command, End

WORKFLOWS = Path(__file__).with_name("workload.yaml")
MENDED = WORKFLOWS.with_name("mended.yaml")
CUSTOMERS = 150


@dataclass
class Replay:
    """A file of payloads that is sent once, in as many goes as it takes."""

    path: Path
    markers: list[str]
    report: dict[str, Any] | None = None


@dataclass
class Workload:
    """Makes commands, for one thread at a time.

    `sent` has the markers of payloads, and whether each must be there once: where its sender was
    hit, it is there at most once.
    """

    folder: Path
    address: str
    sent: dict[str, bool] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    replays: list[Replay] = field(default_factory=list)
    waiting: list[int] = field(default_factory=lambda: [1])
    rerun_numbers: set[int] = field(default_factory=set)
    pruned: int = 0
    stopped_prunes: int = 0
    newest: int = 1

    def command(self, chance: Random) -> Command:
        """Give one by chance."""
        (kind,) = chance.choices([*KINDS], [*KINDS.values()])
        command: Command = getattr(self, kind)(chance)
        return command

    def payload(self, chance: Random) -> dict[str, Any]:
        """Give an order with a marker of its own."""
        order: dict[str, Any] = {
            "marker": f"{chance.getrandbits(64):016x}",
            "email": f"c{chance.randrange(CUSTOMERS)}@example.com",
        }
        if chance.random() < 0.25:
            order["ask"] = f"http://{self.address}/"
        if chance.random() < 0.25:
            # Some wait long enough to be cancelled, or else for the end.
            order |= {"rounds": chance.randrange(4), "delay": chance.choice((1, 1, 3600))}
        if chance.random() < 0.15:
            order["fails"] = True
        return order

    def send(self, chance: Random) -> Command:
        """Send one payload to the hook."""
        order = self.payload(chance)

        def note(end: End) -> None:
            self.sent[order["marker"]] = end.is_whole
            if end.is_whole:
                report = json.loads(end.out)
                self.told.append(report["transaction"]["id"])
                self.newest = max(self.newest, *(run["number"] for run in report["runs"]))

        return Command("send", ("hook", "send", "-", "--json"), json.dumps(order), note=note)

    def replay(self, chance: Random) -> Command:
        """Replay a new file, or one that has not come to its end; now and then one that has."""
        waiting = [each for each in self.replays if each.report is None]
        known = waiting if chance.random() < 0.9 else self.replays
        is_known = known and chance.random() < 0.7
        chosen = chance.choice(known) if is_known else self._new_replay(chance)
        return self.replay_of(chosen, chance.choice((ONCE, RESUME)))

    def _new_replay(self, chance: Random) -> Replay:
        orders = [self.payload(chance) for _ in range(chance.randrange(1, 60))]
        path = self.folder / f"orders-{len(self.replays)}.ndjson"
        path.write_text("".join(f"{json.dumps(order)}\n" for order in orders))
        self.replays.append(Replay(path, [order["marker"] for order in orders]))
        return self.replays[-1]

    def replay_of(self, replay: Replay, option: str) -> Command:
        """Begin a replay that nobody has begun, or go on with one that somebody has."""

        def note(end: End) -> None:
            if end.is_whole:
                report = json.loads(end.out)
                replay.report = report if report["outcome"] == "completed" else replay.report

        arguments = ("replay", str(replay.path), "--hook", "orders", "--json", option)
        return Command("replay", arguments, refusals=REFUSALS[option], note=note)

    def dry_run(self, chance: Random) -> Command:
        """Replay on a copy of the org, which leaves the org as it is."""
        return self.dry_run_of(chance.choice(self.replays or [self._new_replay(chance)]))

    def dry_run_of(self, replay: Replay) -> Command:
        """Replay a file on a copy of the org."""
        arguments = ("replay", str(replay.path), "--hook", "orders", "--dry-run", "--json")
        return Command("dry_run", arguments)

    def run_due(self, chance: Random) -> Command:
        """Start what is due, now or soon."""
        advance = chance.choice(((), ("--advance", "1s"), ("--advance", "10s")))
        return Command("run_due", ("schedule", "run-due", *advance))

    def call(self, chance: Random) -> Command:
        """Call a workflow that schedules itself."""
        rounds = f"left={chance.randrange(3)}"
        return Command("call", ("workflow", "call", "chain", "--input", rounds))

    def rerun(self, chance: Random) -> Command:
        """Rerun a run, or those that failed."""
        if chance.random() < 0.5:
            lately = f"{chance.randrange(5, 30)}s"
            return Command("rerun", ("logs", "rerun", "--workflow", "fragile", *FAILED, lately))
        number = chance.randrange(max(1, self.newest - 100), self.newest + 1)
        self.rerun_numbers.add(number)
        return Command(
            "rerun", ("logs", "rerun", str(number)), refusals=("has not ended yet", *NO_RUN)
        )

    def prune(self, chance: Random) -> Command:
        """Delete old runs."""

        def note(end: End) -> None:
            self.stopped_prunes += end.is_hit
            if end.is_whole:
                self.pruned += json.loads(end.out)["deletedCount"]

        limits = (
            ("--keep", str(chance.randrange(300))),
            ("--older-than", f"{chance.randrange(30)}s"),
        )
        return Command("prune", ("logs", "prune", *chance.choice(limits), "--json"), note=note)

    def apply(self, chance: Random) -> Command:
        """Load the workflows, one of them mended or not."""
        return Command("apply", ("apply", str(chance.choice((WORKFLOWS, MENDED)))))

    def switch(self, chance: Random) -> Command:
        """Switch a workflow on or off."""
        verb = chance.choice(("enable", "disable"))
        return Command("switch", ("workflow", verb, "sometimes"))

    def cancel(self, chance: Random) -> Command:
        """Cancel a scheduled run, which may have started."""
        number = str(chance.choice(self.waiting))
        refusals = ("has already started", "no scheduled run is called")
        return Command("cancel", ("schedule", "cancel", number), refusals=refusals)

    def list_schedules(self, _: Random) -> Command:
        """List the scheduled runs, of which some may then be cancelled."""

        def note(end: End) -> None:
            if end.is_whole:
                numbers = [schedule["number"] for schedule in json.loads(end.out)]
                self.waiting = numbers or self.waiting

        return Command("list_schedules", ("schedule", "list", "--json"), note=note)

    def look(self, chance: Random) -> Command:
        """Look at what there is."""
        number = str(chance.randrange(1, self.newest + 1))
        words = chance.choice(
            (("logs",), ("logs", "--json"), ("logs", number), ("customer", "list"))
        )
        return Command("look", words, refusals=NO_RUN)

    def wind_down(self) -> Iterator[Command]:
        """Yield what brings to its end what was begun and what waits."""
        for replay in self.replays:
            for option in (ONCE, RESUME):
                if replay.report is None:
                    yield self.replay_of(replay, option)
        # What a killed one left goes with the next.
        for replay in self.replays[:1]:
            yield self.dry_run_of(replay)
        yield Command("run_due", ("schedule", "run-due", "--advance", "30d"))


# How often each is chosen.
KINDS = {
    "send": 30,
    "replay": 12,
    "dry_run": 3,
    "run_due": 14,
    "call": 4,
    "rerun": 10,
    "prune": 6,
    "apply": 6,
    "switch": 4,
    "cancel": 6,
    "list_schedules": 4,
    "look": 6,
}
FAILED = ("--status", "failed", "--since")
ONCE, RESUME = "--once", "--resume"
REFUSALS = {
    ONCE: ("runs the same replay", "were replayed before", "begun at"),
    RESUME: ("runs the same replay", "not replayed before", "no replay of"),
}
NO_RUN = ("no run is called", "there are no runs")
