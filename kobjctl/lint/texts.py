"""Every text of a workflow that may hold an expression, with the place it stands at."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import parts, steps
from kobjctl.model.values import Json, JsonPath, every_part
from kobjctl.model.workflow import Workflow


class PlacedText(NamedTuple):
    """A text of a step's params or of a condition.

    `step_id` is the step that it belongs to. In a condition (`in_condition`) the output of that
    step is known already, and in that of an error case (`on_error`) its error. `op` is the
    condition's operator, `position` the text's place among its values (-1 in params).
    """

    path: JsonPath
    text: str
    step_id: str
    op: str = ""
    position: int = -1
    on_error: bool = False

    @property
    def in_condition(self) -> bool:
        """Return whether it stands in a condition."""
        return self.position >= 0

    @property
    def guarded(self) -> bool:
        """Return whether it only asks if something is there."""
        return self.op in OPERATORS and OPERATORS[self.op].comparison == "existence"


class Use(NamedTuple):
    """A path that an expression uses, from its root on: `("steps", "1", "id")`.

    `start` and `end` are its place within the text. `guarded` tells that it may well be missing:
    the expression asks whether it is there. `name` is the function that uses it, if one does;
    `escaped` tells that a template prints it as HTML, `printed` that it does so as it is.
    """

    at: PlacedText
    kind: Literal["reference", "function", "template"]
    segments: tuple[str, ...]
    start: int
    end: int
    guarded: bool = False
    name: str = ""
    escaped: bool = False
    printed: bool = False


def texts(workflow: Workflow) -> Iterator[PlacedText]:
    """Yield every text of params and conditions, step by step."""
    for path, step in steps(workflow):
        for place, text in every_text(step.params, (*path, "params")):
            yield PlacedText(place, text, step.id)
        for key, ways in (("transitions", step.transitions), ("errorCases", step.error_cases)):
            for index, way in enumerate(ways):
                place = (*path, key, index, "condition")
                yield from _of_condition(way.condition, place, step.id)


def _of_condition(condition: Json, path: JsonPath, step_id: str) -> Iterator[PlacedText]:
    on_error = "errorCases" in path
    for place, op, values in parts(condition, path):
        if op in OPERATORS and OPERATORS[op].parts:
            continue
        for position, value in enumerate(values):
            for at, text in every_text(value, (*place, "values", position)):
                yield PlacedText(
                    path=at,
                    text=text,
                    step_id=step_id,
                    op=op,
                    position=position,
                    on_error=on_error,
                )


def every_text(value: Json, path: JsonPath = ()) -> Iterator[tuple[JsonPath, str]]:
    """Yield the texts inside of a value, however deep, each with its path."""
    return ((at, each) for at, each in every_part(value, path) if isinstance(each, str))
