"""Write into scenario files what happened, as sections `snapshot`; all else stays as it is."""

import json
import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.document import Document
from kobjctl.files.limits import BYTE_ORDER_MARK
from kobjctl.files.output import cannot_write, replace
from kobjctl.files.places import Lines
from kobjctl.files.reader import read_content
from kobjctl.files.yaml.flow import write_flow
from kobjctl.files.yaml.writer import write_yaml
from kobjctl.model.errors import UsageError
from kobjctl.model.problem import Span
from kobjctl.model.scenario import Scenario, ScenarioResult
from kobjctl.model.values import JsonObject
from kobjctl.testing.scenarios.effects import ScenarioEffects
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.running import run
from kobjctl.testing.scenarios.running_all import Task
from kobjctl.testing.scenarios.snapshots import snapshot
from kobjctl.testing.scenarios.stage import Stage

SECTION: Final = "snapshot"


class SnapshotUpdate(NamedTuple):
    """The results of scenarios, and how many snapshots of them were written anew."""

    results: list[ScenarioResult]
    written: int


def is_updated(scenario: Scenario) -> bool:
    """Return whether a scenario gets a snapshot: where it has one already, or expects nothing."""
    return not scenario.skip and (SECTION in scenario.body or "expect" not in scenario.body)


def update(tasks: Sequence[Task], orgs: StartOrgs) -> SnapshotUpdate:
    """Run scenarios, and write the snapshots of those that have one or expect nothing.

    What they expect beside that is compared as always. Raises UsageError for a file that can't be
    written.
    """
    results: list[ScenarioResult] = []
    written = 0
    for _, group in groupby(tasks, key=lambda task: task.file.path):
        taken: dict[int, JsonObject] = {}
        for task in group:
            results.append(_run(task, orgs, taken))
        written += _write(task.file.document, taken)
    return SnapshotUpdate(results, written)


def _run(task: Task, orgs: StartOrgs, taken: dict[int, JsonObject]) -> ScenarioResult:
    if not is_updated(task.scenario):
        return run(task.file, task.scenario, orgs)

    def take(stage: Stage, effects: ScenarioEffects) -> None:
        """Keep the snapshot of what a scenario did."""
        known = json.dumps([task.file.head.get("given"), task.scenario.body], ensure_ascii=False)
        secrets = secrets_of(stage.engine.org.store)
        taken[task.scenario.position] = snapshot(effects, known, effects.ended_at, secrets)

    return run(task.file, task.scenario, orgs, take)


def _write(document: Document, taken: dict[int, JsonObject]) -> int:
    """Write the snapshots that differ from those of a file; give how many."""
    scenarios = document.data["scenarios"]
    new = {
        position: value
        for position, value in taken.items()
        if scenarios[position].get(SECTION) != value
    }
    if not new:
        return 0
    text = document.text
    # From the last to the first: what comes before stays where it is.
    for edit in sorted(_edits(document, new), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    _check(document, text, new)
    path = Path(document.path)
    try:
        mark = BYTE_ORDER_MARK if path.read_bytes().startswith(BYTE_ORDER_MARK.encode()) else ""
        replace(Path(os.path.realpath(path)), (mark + text).encode())
    except OSError as error:
        raise cannot_write(path, error) from error
    return len(new)


class _Edit(NamedTuple):
    """A text in place of what is between two offsets."""

    start: int
    end: int
    text: str


def _edits(document: Document, new: dict[int, JsonObject]) -> Iterator[_Edit]:
    lines = Lines(document.text)
    for position, value in new.items():
        at = ("scenarios", position)
        start = lines.offset(*document.spans[at][:2])
        if document.text.startswith(("{", "*"), start):
            yield _in_flow(document, position, value, lines)
        else:
            yield _in_block(document, position, value, lines)


def _in_block(document: Document, position: int, value: JsonObject, lines: Lines) -> _Edit:
    at = ("scenarios", position)
    indent = " " * (document.key_spans[(*at, "name")].column - 1)
    ending = "\r\n" if "\r\n" in document.text else "\n"
    written = write_yaml({SECTION: value}, width=100 - len(indent)).rstrip("\n").split("\n")
    block = f"{ending}{indent}".join(written)
    key = document.key_spans.get((*at, SECTION))
    if key is None:
        end = _line_end(document.text, _end(document.spans[at], lines))
        return _Edit(end, end, f"{ending}{indent}{block}")
    end = _end(document.spans[(*at, SECTION)], lines)
    colon = document.text.index(":", _end(key, lines)) + 1
    return _Edit(lines.offset(*key[:2]), max(end, colon), block)


def _in_flow(document: Document, position: int, value: JsonObject, lines: Lines) -> _Edit:
    at = ("scenarios", position)
    is_json = document.path.lower().endswith(".json")
    last = list(document.data["scenarios"][position])[-1]
    indent = " " * (document.key_spans[(*at, last)].column - 1) if is_json else ""
    written = write_flow(value, indent=2 if is_json else None)
    written = f"\n{indent}".join(written.split("\n"))
    if SECTION in document.data["scenarios"][position]:
        span = document.spans[(*at, SECTION)]
        return _Edit(lines.offset(*span[:2]), _end(span, lines), written)
    end = _end(document.spans[(*at, last)], lines)
    between = f",\n{indent}" if is_json else ", "
    return _Edit(end, end, f'{between}"{SECTION}": {written}')


def _end(span: Span, lines: Lines) -> int:
    return lines.offset(span.end_line, span.end_column)


def _line_end(text: str, start: int) -> int:
    """Return where the line ends on which an offset is."""
    ends = [end for end in (text.find("\n", start), text.find("\r", start)) if end >= 0]
    return min(ends, default=len(text))


def _check(document: Document, text: str, new: dict[int, JsonObject]) -> None:
    """Raise UsageError unless the text says what the file said, with the new snapshots."""
    wanted = [
        {**scenario, SECTION: new[position]} if position in new else scenario
        for position, scenario in enumerate(document.data["scenarios"])
    ]
    if read_content(text.encode(), document.path).data != {**document.data, "scenarios": wanted}:
        raise UsageError(
            f'can\'t write snapshots into the layout of "{document.path}"',
            hint="write each scenario as a list entry with its keys on lines of their own",
        )
