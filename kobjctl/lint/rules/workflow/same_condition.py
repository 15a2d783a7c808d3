"""WF209: two branches of one step with the same condition."""

from collections.abc import Iterator

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.comparing import constant
from kobjctl.lint.places import is_condition, transition_lists
from kobjctl.lint.rule import Finding, RelatedPath, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.values import Json, JsonPath


@rule("WF209", "same-condition", severity="warning", about=("conditions",))
def same_condition(subject: Subject) -> Iterator[Finding]:
    """Two transitions of a step should not have the same condition.

    A run takes the first transition that holds, so it never takes the second of the two. One of
    them probably needs another condition (`manual/platform.md 2.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: friend
                condition: {op: eq, values: [/#steps.1.locale, en]}
              - target: stranger
        -       condition: {op: eq, values: [/#steps.1.locale, en]}
        +       condition: {op: eq, values: [/#steps.1.locale, de]}
          steps:
            - id: friend
              transitions: []
            - id: stranger
              transitions: []
    """
    for placed in transition_lists(subject.workflow):
        if len(placed) == 1:
            continue
        first: dict[str, JsonPath] = {}
        for path, _, transition in placed:
            if constant(transition.condition) is not None:
                continue
            other = first.setdefault(_gist(transition.condition), path)
            if other != path:
                yield Finding(
                    (*path, "condition"),
                    f'the transition to "{transition.target}" is never taken',
                    "an earlier transition has the same condition: change one of them",
                    key=True,
                    related=RelatedPath((*other, "condition"), "the same condition is here"),
                )


def _gist(condition: Json) -> str:
    """Write what a condition asks, whatever way it is spelled."""
    from json import dumps  # noqa: PLC0415 - a file without branches needs none of it

    if not is_condition(condition) or condition["op"] not in OPERATORS:
        return dumps(condition, sort_keys=True)
    op, values = condition["op"], condition.get("values", [])
    operator = OPERATORS[op]
    if operator.parts:
        return dumps([op, *sorted(map(_gist, values))])
    # Two that have one test are one operator by two names.
    return dumps([operator.test.__name__, *values[: operator.reads]], sort_keys=True)
