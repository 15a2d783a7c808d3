"""Two sides as JSON: those of a value, and two runs with their steps side by side."""

from collections.abc import Iterable
from typing import Final

from kobjctl.app.runs.as_json import if_any, summary_json
from kobjctl.app.runs.run_diff import RunComparison, StepPair
from kobjctl.model.run import RunSummary
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue, path_text

SIDES: Final = ("old", "new")


def comparison_json(compared: RunComparison) -> JsonObject:
    """Return two runs, `old` and `new`, with their steps side by side."""
    old = [pair.old for pair in compared.steps if pair.old]
    new = [pair.new for pair in compared.steps if pair.new]
    return {
        "same": compared.is_same,
        "old": summary_json(RunSummary(compared.old, len(old))),
        "new": summary_json(RunSummary(compared.new, len(new))),
        "steps": pairs_json(compared.steps),
    }


def pairs_json(pairs: Iterable[StepPair]) -> Json:
    """Return the steps of two runs: the `sequence` of each side, null where the run did not take
    the step, and the `target` of each where they went on to different steps, null for the end.
    """
    return [_pair_json(pair) for pair in pairs]


def _pair_json(pair: StepPair) -> JsonObject:
    sequences = [step and step.sequence for step in (pair.old, pair.new)]
    targets = [target or None for target in pair.branches or ()]
    return {
        "id": pair.step.step_id,
        "same": pair.is_same,
        "sequence": dict(zip(SIDES, sequences, strict=True)),
        **if_any("target", targets and dict(zip(SIDES, targets, strict=True))),
        "differences": [
            {"part": each.part, "path": path_text(each.path), **sides_json(each.old, each.new)}
            for each in pair.differences
        ],
    }


def sides_json(
    one: Json | MissingValue, other: Json | MissingValue, names: tuple[str, str] = SIDES
) -> JsonObject:
    """Return the values of two sides; the side that has none has no key."""
    values = dict(zip(names, (one, other), strict=True))
    return {key: value for key, value in values.items() if value is not MISSING}
