"""A workflow compiled for running: nothing is parsed while a payload is on its way."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from kobjctl.actions import ACTIONS, page_params
from kobjctl.actions.base import Performer
from kobjctl.expressions.condition import Decide, compile_condition
from kobjctl.expressions.scope import Scope
from kobjctl.expressions.value import compile_params
from kobjctl.model.app import plain_name
from kobjctl.model.errors import KobjctlError, did_you_mean
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.workflow import Step, Transition, Workflow
from kobjctl.store.text import encode

if TYPE_CHECKING:
    from kobjctl.store.store import Store

_VARIABLE: Final = re.compile(r"\bvariables\.([\w@-]+)")


class UnknownActionError(KobjctlError):
    """A step names an action that kobjctl doesn't know."""


class PlannedTransition(NamedTuple):
    """A transition whose condition is compiled; `told` is what every decision says of it."""

    target: str
    decision: JsonObject
    decide: Decide


class PlannedStep(NamedTuple):
    """A step whose params and conditions are compiled; `action` is None for a condition step.

    What an app's action does is up to the org, so `action` asks its store.
    """

    id: str
    display_name: str
    action_name: str | None
    action: Callable[["Store"], Performer] | None
    params: Callable[[Scope], Json]
    transitions: tuple[PlannedTransition, ...]
    error_cases: tuple[PlannedTransition, ...]


class Plan(NamedTuple):
    """A compiled workflow; `variables` are the ids and names of those that it mentions."""

    workflow_id: str
    workflow_name: str
    trigger: PlannedStep
    steps: Mapping[str, PlannedStep]
    variables: frozenset[str]

    def step(self, step_id: str) -> PlannedStep:
        """Return a step; raises KobjctlError when a transition leads to none."""
        step = self.steps.get(step_id)
        if step is None:
            raise KobjctlError(
                f'no step is called "{step_id}"', hint=did_you_mean(step_id, self.steps)
            )
        return step

    def leaves_machine(self, store: "Store") -> bool:
        """Return whether a step may send something, as far as its action is known."""
        for step in self.steps.values():
            try:
                if step.action and step.action(store).remote:
                    return True
            except UnknownActionError:
                continue
        return False


def compile_workflow(workflow: Workflow) -> Plan:
    """Compile a workflow. What is wrong with a part of it shows when a run gets there."""
    return Plan(
        workflow_id=workflow.id,
        workflow_name=workflow.name,
        trigger=_step(workflow.trigger),
        steps={step.id: _step(step) for step in workflow.steps},
        variables=mentioned_variables(workflow),
    )


def mentioned_variables(workflow: Workflow) -> frozenset[str]:
    """Return the ids and names of the variables that a workflow mentions."""
    return frozenset(_VARIABLE.findall(encode(workflow.document)))


def _step(step: Step) -> PlannedStep:
    return PlannedStep(
        id=step.id,
        display_name=step.display_name,
        action_name=step.action,
        action=_find_action(step.action) if step.action else None,
        params=compile_params(step.params, page_params(step.action)),
        transitions=_transitions(step.transitions, {}),
        error_cases=_transitions(step.error_cases, {"onError": True}),
    )


def _transitions(
    transitions: Iterable[Transition], facts: JsonObject
) -> tuple[PlannedTransition, ...]:
    return tuple(
        PlannedTransition(
            transition.target,
            {
                "target": transition.target,
                **({"name": transition.label} if transition.label else {}),
                **facts,
            },
            compile_condition(transition.condition),
        )
        for transition in transitions
    )


def _find_action(name: str) -> Callable[["Store"], Performer]:
    def find(store: "Store") -> Performer:
        """Return who performs the action; raises UnknownActionError with what may be meant."""
        if name in ACTIONS:
            return ACTIONS[name]
        part = store.app_actions.get(name)
        if part:
            from kobjctl.engine.app_action import app_action  # noqa: PLC0415 - few runs need it

            return app_action(part)
        known = [*ACTIONS, *map(plain_name, store.app_actions.names())]
        close = did_you_mean(name, known) or "kobjctl actions lists the actions;"
        close += " Or" if close.endswith("?") else " or"
        stub = f"answer it with --stubs FILE: actions: [{{action: {name}, output: {{}}}}]"
        raise UnknownActionError(f'no action is called "{name}"', hint=f"{close} {stub}")

    return find
