"""The parts of a workflow that rules look at, each with its path into the document."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import Step, Transition, Workflow


class PlacedStep(NamedTuple):
    """A step, or the trigger."""

    path: JsonPath
    step: Step


class PlacedTransition(NamedTuple):
    """A transition or an error case, and the step it leaves."""

    path: JsonPath
    source: Step
    transition: Transition


class PlacedCondition(NamedTuple):
    """A condition, on its own or inside an `and` or `or`."""

    path: JsonPath
    op: str
    values: list[Json]


def steps(workflow: Workflow) -> Iterator[PlacedStep]:
    """Yield the trigger, then the steps in document order."""
    yield PlacedStep(("trigger",), workflow.trigger)
    for index, step in enumerate(workflow.steps):
        yield PlacedStep(("steps", index), step)


def transitions(workflow: Workflow) -> Iterator[PlacedTransition]:
    """Yield the transitions and error cases of the trigger and of each step."""
    for path, step in steps(workflow):
        for index, transition in enumerate(step.transitions):
            yield PlacedTransition((*path, "transitions", index), step, transition)
        for index, transition in enumerate(step.error_cases):
            yield PlacedTransition((*path, "errorCases", index), step, transition)


def transition_lists(workflow: Workflow) -> Iterator[list[PlacedTransition]]:
    """Yield the ways out of each step together: its transitions, then its error cases."""
    together = groupby(transitions(workflow), key=lambda placed: placed.path[:-1])
    yield from (list(placed) for _, placed in together)


def conditions(workflow: Workflow) -> Iterator[PlacedCondition]:
    """Yield every condition, an outer one before those in it.

    What doesn't look like a condition is left out.
    """
    for path, _, transition in transitions(workflow):
        yield from parts(transition.condition, (*path, "condition"))


def parts(condition: Json, path: JsonPath) -> Iterator[PlacedCondition]:
    """Yield a condition and those in it, however deep; `path` is its own."""
    todo = [(path, condition)]
    while todo:
        place, value = todo.pop()
        if is_condition(value):
            placed = PlacedCondition(place, value["op"], value.get("values", []))
            yield placed
            if placed.op in OPERATORS and OPERATORS[placed.op].parts:
                inner = enumerate(placed.values)
                todo += reversed([((*place, "values", index), part) for index, part in inner])


def is_condition(value: Json) -> bool:
    """Return whether a value has the shape of a condition; no `values` are as good as none in
    it.
    """
    return (
        isinstance(value, dict)
        and isinstance(value.get("op"), str)
        and isinstance(value.get("values", []), list)
    )
