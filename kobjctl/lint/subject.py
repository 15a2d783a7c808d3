"""One workflow under judgement, with what all rules want to know of it, found out once."""

from collections.abc import Mapping
from functools import cached_property

from kobjctl.lint.flow import Flow
from kobjctl.lint.outputs import output_of, trigger_output
from kobjctl.lint.project.project import Project
from kobjctl.lint.shape import Shape
from kobjctl.lint.templates import PlacedTemplate, templates
from kobjctl.lint.texts import PlacedText, Use, texts
from kobjctl.lint.uses import uses
from kobjctl.model.workflow import TRIGGER_ID, Step, Workflow


class Subject:
    """A workflow, the project that it is part of, and what follows from the two."""

    def __init__(self, workflow: Workflow, project: Project) -> None:
        self.workflow = workflow
        self.project = project

    @cached_property
    def flow(self) -> Flow:
        """The ways through the workflow."""
        return Flow(self.workflow)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps by their ids, the trigger as `1`; of two with one id, the first."""
        steps = {TRIGGER_ID: self.workflow.trigger}
        for step in self.workflow.steps:
            steps.setdefault(step.id, step)
        return steps

    @cached_property
    def texts(self) -> list[PlacedText]:
        """Every text that may hold an expression."""
        return list(texts(self.workflow))

    @cached_property
    def templates(self) -> list[PlacedTemplate]:
        """Every template, compiled once for all rules."""
        return list(templates(self.texts))

    @cached_property
    def uses(self) -> list[Use]:
        """Every path that an expression uses."""
        trees = {each.at.path: each.template for each in self.templates}
        return [use for text in self.texts for use in uses(text, trees.get(text.path))]

    @cached_property
    def outputs(self) -> Mapping[str, Shape]:
        """The shape of each step's output by the step's id."""
        return {
            step_id: trigger_output(self.workflow, self.project)
            if step_id == TRIGGER_ID
            else output_of(step, self.project)
            for step_id, step in self.steps.items()
        }

    @cached_property
    def step_uses(self) -> list[tuple[Use, str]]:
        """Every path into the output of a step other than the trigger, with the step's id; only
        where a run can get to.
        """
        return [
            (use, use.segments[1])
            for use in self.uses
            if use.segments[0] == "steps"
            and len(use.segments) > 1
            and use.segments[1] != TRIGGER_ID
            and use.segments[1] in self.steps
            and use.at.step_id in self.flow.reachable
        ]

    def may_have_run(self, step_id: str, at: PlacedText) -> bool:
        """Return whether a step's output may be there where a text stands."""
        own = at.in_condition and at.step_id == step_id
        return own or self.flow.is_possible(step_id, at.step_id)
