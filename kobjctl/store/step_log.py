"""The log of the org: what each step of each run did.

Nobody else names its tables, all of which begin with `step_`, so that how the log is kept can
change: others are given values, and ask for those they want.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Literal, NamedTuple, get_args

from kobjctl.model.run import StepLog, StepStatus
from kobjctl.model.values import Json
from kobjctl.store.columns import (
    BOOLEAN,
    ERROR,
    INTEGER,
    NUMBER,
    OBJECT,
    OBJECTS,
    TEXT,
    TEXTS,
    Columns,
    one_of,
)
from kobjctl.store.text import JsonWriter

# The number of a run, and a step's fields in their order.
_COLUMNS: Final = Columns(
    "step_log",
    ("run", "sequence"),
    run=INTEGER,
    sequence=INTEGER,
    step_id=TEXT,
    display_name=TEXT,
    action=TEXT.or_null(),
    status=one_of(*get_args(StepStatus)),
    input=OBJECT.or_null(),
    output=OBJECT,
    error=ERROR.or_null(),
    started_at=TEXT,
    duration=NUMBER,
    warnings=TEXTS.or_null(()),
    decisions=OBJECTS.or_null(()),
    runs__taken_over=BOOLEAN,
    requests=OBJECTS.or_null(()),
    stub=TEXT.or_null(),
)
_STEPS: Final = (
    "SELECT run, sequence, step_id, display_name, action, status, input, output, error,"
    " started_at, duration, warnings, decisions,"
    " sequence <= (SELECT taken_over FROM runs WHERE number = run), requests, stub FROM step_log"
)


class StepFilter(NamedTuple):
    """Which steps to look for; what is empty does not filter. `sequence` is the place of a step
    in its run, from 1, and `is_warned` asks for those with warnings.
    """

    run: int = 0
    sequence: int = 0
    step_id: str = ""
    action: str = ""
    status: StepStatus | Literal[""] = ""
    is_warned: bool = False

    def sql(self) -> tuple[str, list[str | int]]:
        """Return the WHERE clause (empty for all), and its values."""
        conditions: dict[str, str | int] = {
            "run = ?": self.run,
            "sequence = ?": self.sequence,
            "step_id = ?": self.step_id,
            "action = ?": self.action,
            "status = ?": self.status,
            "(warnings IS NOT NULL) = ?": self.is_warned,
        }
        used = {text: value for text, value in conditions.items() if value}
        return f" WHERE {' AND '.join(used)}" if used else "", [*used.values()]


class RunStep(NamedTuple):
    """A step, and the number of the run that took it."""

    run: int
    step: StepLog


class StepLogTable:
    """The steps of all runs, each with its run's number and its place there."""

    def __init__(self, connection: sqlite3.Connection, json: JsonWriter) -> None:
        self._connection = connection
        self._json = json

    def add(self, run: int, steps: Iterable[StepLog]) -> None:
        """Write what steps of a run did."""
        self._connection.executemany(
            "INSERT INTO step_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(run, step, self._json.write) for step in steps],
        )

    def copy(self, run: int, to: int, count: int) -> None:
        """Write the first steps of a run as those of another, too."""
        self.add(to, self.steps(run)[:count])

    def steps(self, run: int) -> list[StepLog]:
        """Return the log of a run, in the order the steps ran."""
        return [step for _, step in self.select(StepFilter(run))]

    def step(self, run: int, reference: str) -> StepLog | None:
        """Return the first step of a run with this id, else that at this place, from 1, or None."""
        row = self._connection.execute(
            f"{_STEPS} WHERE run = ?1 AND (step_id = ?2 OR CAST(sequence AS TEXT) = ?2)"
            " ORDER BY step_id <> ?2, sequence LIMIT 1",
            (run, reference),
        ).fetchone()
        return _step(row) if row else None

    def select(self, wanted: StepFilter) -> Iterator[RunStep]:
        """Yield the steps that fit, those of the oldest run first, in the order they ran."""
        where, values = wanted.sql()
        rows = self._connection.execute(f"{_STEPS}{where} ORDER BY run, sequence", values)
        for row in rows:
            yield RunStep(row[0], _step(row))

    def count(self, run: int) -> int:
        """Return how many steps of a run the log has."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM step_log WHERE run = ?", (run,)
        ).fetchone()
        return int(count)


def _row(run: int, step: StepLog, write: Callable[[Json], str]) -> tuple[Any, ...]:
    return (
        run,
        step.sequence,
        step.step_id,
        step.display_name,
        step.action,
        step.status,
        None if step.input is None else write(step.input),
        write(step.output) if step.output else "{}",
        write(step.error) if step.error else None,
        write(step.warnings) if step.warnings else None,
        write(step.decisions) if step.decisions else None,
        step.started_at,
        step.duration,
        write(step.requests) if step.requests else None,
        step.stub,
    )


def _step(row: Sequence[Any]) -> StepLog:
    return StepLog(*_COLUMNS.read(row)[1:])
