"""The rows of the log: what each step of a run did."""

from collections.abc import Sequence
from typing import Any, Final, get_args

from kobjctl.model.run import StepLog, StepStatus
from kobjctl.store.columns import (
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
from kobjctl.store.text import encode

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
    warnings=TEXTS.or_null(),
    decisions=OBJECTS.or_null(),
    requests=OBJECTS.or_null(),
    stub=TEXT.or_null(),
    runs__taken_over=INTEGER,
)
STEPS: Final = (
    "SELECT run, sequence, step_id, display_name, action, status, input, output, error,"
    " started_at, duration, warnings, decisions, requests, stub,"
    " sequence <= (SELECT taken_over FROM runs WHERE number = run) FROM step_log"
    " WHERE run = ? ORDER BY sequence"
)


def step_row(number: int, step: StepLog) -> tuple[Any, ...]:
    """Return the row of a step of the run with a number."""
    return (
        number,
        step.sequence,
        step.step_id,
        step.display_name,
        step.action,
        step.status,
        None if step.input is None else encode(step.input),
        encode(step.output) if step.output else "{}",
        encode(step.error) if step.error else None,
        encode(step.warnings) if step.warnings else None,
        encode(step.decisions) if step.decisions else None,
        step.started_at,
        step.duration,
        encode(step.requests) if step.requests else None,
        step.stub,
    )


def step_log(row: Sequence[Any]) -> StepLog:
    """Read a row that `STEPS` gives."""
    (_, sequence, step_id, display_name, action, status, *rest) = _COLUMNS.read(row)
    given, output, error, started_at, duration, warnings, decisions, *of_stubs, taken_over = rest
    requests, stub = of_stubs
    return StepLog(
        sequence=sequence,
        step_id=step_id,
        display_name=display_name,
        action=action,
        status=status,
        input=given,
        output=output,
        error=error,
        started_at=started_at,
        duration=duration,
        warnings=warnings or [],
        decisions=decisions or [],
        taken_over=bool(taken_over),
        requests=requests or [],
        stub=stub,
    )
