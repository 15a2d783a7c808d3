"""The parameters that a step gives its action, beside those that the action takes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kobjctl.lint.places import steps
from kobjctl.lint.project.project import KnownAction
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import closest
from kobjctl.model.values import JsonObject, JsonPath


class StepParams(NamedTuple):
    """The params of one step, with their path, and what is known of its action."""

    path: JsonPath
    name: str
    action: KnownAction
    params: JsonObject

    def missing(self) -> list[str]:
        """Return the required parameters that are not there."""
        return [
            name
            for name, known in self.action.params.items()
            if known.required and self.params.get(name) is None
        ]

    def lacking(self) -> tuple[str, ...]:
        """Return the parameters of which one is needed, when none is there."""
        one = self.action.needs_one
        return () if any(self.params.get(name) is not None for name in one) else one

    def misspelled(self) -> Mapping[str, str]:
        """Return the parameters that the action doesn't have, with the closest it does have.

        Empty text where none is close. What is missing comes before what is only close, and
        what the step gives already was not meant.
        """
        missing = [*self.missing(), *self.lacking()]
        free = [name for name in self.action.params if name not in self.params]
        unknown = [name for name in self.params if name not in self.action.params]
        meant = {name: closest(name, missing) or closest(name, free) for name in unknown}
        if len(unknown) == len(missing) == 1 and not self.lacking() and not meant[unknown[0]]:
            # The one that is not known must be the one that is not there.
            return {unknown[0]: missing[0]}
        return meant


def given_params(subject: Subject) -> Iterator[StepParams]:
    """Yield the params of each step whose action is known."""
    for path, step in steps(subject.workflow):
        action = subject.project.actions.get(step.action) if step.action else None
        if action is not None:
            yield StepParams((*path, "params"), step.action or "", action, step.params)
