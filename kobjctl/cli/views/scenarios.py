"""How the results of scenarios are shown: a line for each file, what failed, and the sum."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Final

from kobjctl.app.runs.as_json import if_any, run_json
from kobjctl.app.runs.comparison_as_json import sides_json
from kobjctl.app.words import duration
from kobjctl.cli.output.blocks import (
    Block,
    Column,
    EmptyLine,
    Excerpt,
    Line,
    Table,
    Text,
    bad,
    dim,
    good,
    heading,
    in_mood,
    name,
    text,
)
from kobjctl.cli.output.escape import dump_json, short_json
from kobjctl.cli.views.problem import place_lines
from kobjctl.cli.views.run import run_tree
from kobjctl.files.places import SourceLines
from kobjctl.model.problem import Problem
from kobjctl.model.scenario import OUTCOMES, HttpCall, Mismatch, ScenarioResult
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue

_WIDTH: Final = 80
_MOST_LINES: Final = 12
_MOST_CALLS: Final = 10
_INDENT: Final = "  "


def file_lines(results: Sequence[ScenarioResult], *, lists: bool = False) -> Iterator[Block]:
    """Yield a line for each file; one that `lists` them has a line for each scenario, and of the
    files only where there are several.
    """
    several = len({result.scenario.file for result in results}) > 1
    for file, group in groupby(results, key=lambda result: result.scenario.file):
        found = list(group)
        if several or not lists:
            yield Line(text(name(file), _counts(found), gap="  "))
        if lists:
            yield from map(result_line, found)


def result_line(result: ScenarioResult) -> Block:
    """Return a line for one scenario."""
    why = dim(result.scenario.skip) if result.outcome == "skipped" else ""
    outcome = in_mood(result.outcome, OUTCOMES[result.outcome])
    return Line(text(outcome, result.scenario.name, why, gap="  "))


def summary(results: Sequence[ScenarioResult], milliseconds: float) -> Block:
    """Return the line that says how many passed and failed, and how long it took."""
    return Line(text(_counts(results), f" in {duration(milliseconds)}"))


def _counted(results: Iterable[ScenarioResult]) -> Counter[str]:
    return Counter(result.outcome for result in results)


def _counts(results: Sequence[ScenarioResult]) -> Text:
    counted = _counted(results)
    words = []
    for outcome, mood in OUTCOMES.items():
        number = counted[outcome]
        if number or outcome == "passed":
            noun = "errors" if outcome == "error" and number != 1 else outcome
            said = f"{number} {noun}"
            words.append(in_mood(said, mood) if number else dim(said))
    return text(*words, gap=", ")


def failures(results: Iterable[ScenarioResult]) -> Iterator[Block]:
    """Tell of each scenario that went wrong: what is not as expected, and the run up to there."""
    sources = SourceLines()
    for result in results:
        if result.is_bad:
            yield EmptyLine()
            yield from failure(result, sources)


def failure(result: ScenarioResult, sources: SourceLines | None = None) -> Iterator[Block]:
    """Tell of one scenario that went wrong."""
    lines = sources or SourceLines()
    scenario = result.scenario
    outcome = in_mood(f"{result.outcome}:", OUTCOMES[result.outcome])
    yield Line(text(outcome, heading(scenario.name), gap=" "))
    for mismatch in result.mismatches:
        yield from _mismatch(scenario.file, mismatch, lines)
    yield from _trees(result)
    if any(mismatch.expectation.startswith("http") for mismatch in result.mismatches):
        yield from _calls(result.http)


def _mismatch(file: str, mismatch: Mismatch, sources: SourceLines) -> Iterator[Block]:
    problem = Problem(file, mismatch.span, "", mismatch.message, mismatch.hint)
    margin = _INDENT
    for block in place_lines(problem, sources):
        margin = block.margin if isinstance(block, Excerpt) else margin
        yield block
    if mismatch.expected is not MISSING or mismatch.actual is not MISSING:
        yield from _side_by_side(mismatch.expected, mismatch.actual, margin)


def _side_by_side(expected: Json, actual: Json | MissingValue, margin: str) -> Iterator[Block]:
    """Show two values beside each other, or below each other where that is too wide."""
    left, right = _lines(expected), _lines(actual)
    room = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns) - 2 * len(_INDENT)
    widths = [
        max(map(len, (title, *lines))) for title, lines in (("expected", left), ("actual", right))
    ]
    if len(margin) + sum(widths) <= room:
        rows = [
            (margin, a if a == b else good(a), b if a == b else bad(b))
            for a, b in zip_longest(left, right, fillvalue="")
        ]
        columns = (
            Column("", keep=True),
            Column("expected", keep=True),
            Column("actual", keep=True),
        )
        yield Table(columns, rows)
        return
    for title, lines, style in (("expected:", left, good), ("actual:", right, bad)):
        yield Line(heading(f"{margin}{title}"))
        yield from (Line(text(margin, _INDENT, style(line))) for line in lines)


def _lines(value: Json | MissingValue) -> list[str]:
    if value is MISSING:
        return ["(missing)"]
    short = dump_json(value, indent=None)
    if len(short) <= (_WIDTH - len("expected")) // 2:
        return [short]
    lines = dump_json(value).splitlines()
    if len(lines) > _MOST_LINES:
        left = len(lines) - _MOST_LINES
        return [*lines[:_MOST_LINES], f"... {left} more lines; --json has them"]
    return lines


def _trees(result: ScenarioResult) -> Iterator[Block]:
    """Show the runs that something was wrong with, each up to the last step that matters."""
    upto: dict[int, int | None] = {}
    for mismatch in result.mismatches:
        if mismatch.run is None:
            continue
        known = upto.get(mismatch.run, 0)
        both = known is not None and mismatch.steps is not None
        upto[mismatch.run] = max(known or 0, mismatch.steps or 0) if both else None
    for index, steps in upto.items():
        yield from run_tree(result.runs[index].report, steps)


def _calls(calls: Sequence[HttpCall]) -> Iterator[Block]:
    """List the requests that were sent."""
    for call in calls[:_MOST_CALLS]:
        body = "" if call.body is MISSING else short_json(call.body)
        answer = bad(call.error) if call.error else str(call.status)
        yield Line(text(dim("sent"), name(call.method), call.url, body, "→", answer, gap=" "))
    if len(calls) > _MOST_CALLS:
        yield Line(dim(f"{len(calls) - _MOST_CALLS} more requests"))


def results_json(results: Sequence[ScenarioResult], milliseconds: float) -> JsonObject:
    """Return results as JSON; the logs of runs only where something went wrong."""
    counted = _counted(results)
    return {
        "passed": counted["passed"],
        "failed": counted["failed"],
        "errors": counted["error"],
        "skipped": counted["skipped"],
        "durationMs": round(milliseconds, 3),
        "scenarios": [_result_json(result) for result in results],
    }


def _result_json(result: ScenarioResult) -> JsonObject:
    scenario = result.scenario
    return {
        "file": scenario.file,
        "line": scenario.span.line,
        "column": scenario.span.column,
        "name": scenario.name,
        "outcome": result.outcome,
        **({"reason": scenario.skip} if result.outcome == "skipped" else {}),
        "durationMs": round(result.duration, 3),
        "mismatches": [_mismatch_json(mismatch) for mismatch in result.mismatches],
        **({"runs": [run_json(run.report) for run in result.runs]} if result.is_bad else {}),
    }


def _mismatch_json(mismatch: Mismatch) -> JsonObject:
    both = sides_json(mismatch.expected, mismatch.actual, ("expected", "actual"))
    return {
        **if_any("expectation", mismatch.expectation),
        "line": mismatch.span.line,
        "column": mismatch.span.column,
        "message": mismatch.message,
        **if_any("hint", mismatch.hint),
        **both,
    }
