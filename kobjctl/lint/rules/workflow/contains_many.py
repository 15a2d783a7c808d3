"""WF304: `contains` with a list of which it isn't known whether any or all must be there."""

from collections.abc import Iterator

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF304", "contains-many", severity="note", about=("conditions",))
def contains_many(subject: Subject) -> Iterator[Finding]:
    """The right side of `contains` should not be a list of several items.

    Public exports only show lists of one item, so it is not confirmed whether any or all of several
    items must be found. kobjctl takes any (`manual/platform.md 4.5`).

    Bad (-) and good (+):

          name: urgent
          trigger:
            eventName: kustomer.conversation.update
            transitions:
              - target: tell
        -       condition: {op: contains, values: ["/#steps.1.tags", [5f1a, 5f1b]]}
        +       condition:
        +         op: or
        +         values:
        +           - {op: contains, values: ["/#steps.1.tags", [5f1a]]}
        +           - {op: contains, values: ["/#steps.1.tags", [5f1b]]}
          steps:
            - id: tell
              action: kustomer.customer.update
              params: {id: /#steps.1.customer, locale: en_us}
              transitions: []
    """
    for path, op, values in conditions(subject.workflow):
        known = OPERATORS.get(op)
        items = values[1] if known and known.any_of and len(values) > 1 else None
        if isinstance(items, list) and len(items) > 1:
            yield Finding(
                (*path, "values", 1),
                f'"{op}" has a list of {len(items)} items; one of them is enough (not confirmed)',
                f'write one "{op}" per item, inside "or" for any of them or "and" for all',
            )
