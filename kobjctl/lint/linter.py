"""Run all rules on a workflow, and turn what they find into problems of a file."""

from collections.abc import Callable

from kobjctl.lint.rule import Finding, Known, Rule
from kobjctl.lint.rules import RULES
from kobjctl.model.problem import Problem, Span
from kobjctl.model.values import JsonPath
from kobjctl.model.workflow import Workflow


def check(workflow: Workflow, known: Known) -> list[tuple[Rule, Finding]]:
    """Give the findings of every rule, in the order of the rules."""
    return [(rule, finding) for rule in RULES for finding in rule.check(workflow, known)]


def problems(
    workflow: Workflow,
    known: Known,
    locate: Callable[[JsonPath, bool], Span],
    file: str,
    at: JsonPath = (),
) -> list[Problem]:
    """Give what is wrong with a workflow as problems of `file`, in the order of their places.

    `locate` tells where the value at a path of the file stands, or its key if asked with True;
    `at` is the path at which the workflow is found in the file. No problem is given twice.
    """
    return sorted(
        {
            Problem(
                file=file,
                span=locate((*at, *finding.path), finding.key),
                code=rule.code,
                message=finding.message,
                hint=finding.hint,
                severity=rule.severity,
            )
            for rule, finding in check(workflow, known)
        }
    )
