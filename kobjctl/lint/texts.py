"""Every text of a workflow that may hold an expression, with the place it stands at."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import is_condition, steps
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import Step, Transition, Workflow


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
    `escaped` tells that a template prints it as HTML.
    """

    at: PlacedText
    kind: Literal["reference", "function", "template"]
    segments: tuple[str, ...]
    start: int
    end: int
    guarded: bool = False
    name: str = ""
    escaped: bool = False


def texts(workflow: Workflow) -> Iterator[PlacedText]:
    """Yield every text of params and conditions, step by step."""
    for path, step in steps(workflow):
        for place, text in _texts((*path, "params"), step.params):
            yield PlacedText(place, text, step.id)
        yield from _of_transitions((*path, "transitions"), step, step.transitions, on_error=False)
        yield from _of_transitions((*path, "errorCases"), step, step.error_cases, on_error=True)


def _of_transitions(
    path: JsonPath, step: Step, transitions: tuple[Transition, ...], *, on_error: bool
) -> Iterator[PlacedText]:
    for index, transition in enumerate(transitions):
        todo: list[tuple[JsonPath, Json]] = [((*path, index, "condition"), transition.condition)]
        while todo:
            place, condition = todo.pop()
            if not is_condition(condition):
                continue
            op = condition["op"]
            for position, value in enumerate(condition.get("values", ())):
                at = (*place, "values", position)
                if op in OPERATORS and OPERATORS[op].parts:
                    todo.append((at, value))
                    continue
                for inner, text in _texts(at, value):
                    yield PlacedText(
                        path=inner,
                        text=text,
                        step_id=step.id,
                        op=op,
                        position=position,
                        on_error=on_error,
                    )


def _texts(path: JsonPath, value: Json) -> Iterator[tuple[JsonPath, str]]:
    """Yield the texts inside of a value, however deep."""
    todo = [(path, value)]
    while todo:
        at, each = todo.pop()
        if isinstance(each, str):
            yield at, each
        elif isinstance(each, dict):
            todo += reversed([((*at, key), inner) for key, inner in each.items()])
        elif isinstance(each, list):
            todo += reversed([((*at, index), inner) for index, inner in enumerate(each)])
