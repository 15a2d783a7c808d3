"""WF301: a condition with an operator that doesn't exist."""

from collections.abc import Iterator, Mapping
from typing import Final

from kobjctl.expressions.operators import OPERATORS
from kobjctl.lint.places import conditions
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean

# What other languages and the platform's searches call them.
MEANT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("=", "==", "===", "equals", "equal", "is"), "eq"),
    **dict.fromkeys(("!=", "!==", "<>", "not_equals", "notequals", "not_equal"), "neq"),
    **dict.fromkeys((">", "greater", "greater_than", "after"), "gt"),
    **dict.fromkeys((">=", "min"), "gte"),
    **dict.fromkeys(("<", "less", "less_than", "before"), "lt"),
    **dict.fromkeys(("<=", "max"), "lte"),
    **dict.fromkeys(("in", "includes", "include", "has", "like", "one_of"), "contains"),
    **dict.fromkeys(("set", "is_set", "isset", "defined", "present", "not_empty"), "exists"),
    **dict.fromkeys(("is_not_set", "empty", "is_empty", "missing", "not_exists"), "dne"),
    **dict.fromkeys(("&&", "all"), "and"),
    **dict.fromkeys(("||", "any"), "or"),
}
_ALWAYS: Final = frozenset({"else", "default", "otherwise", "always"})


@rule("WF301", "unknown-operator", severity="error")
def unknown_operator(subject: Subject) -> Iterator[Finding]:
    """A condition must use an operator of workflows.

    Queues, searches and business rules have another language, whose operators (`equals`,
    `is_set`) mean nothing here (`platform/workflows.md` sections 2.1 and 2.3).

    Bad:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition: {op: equals, values: ["/#steps.1.custom.vipBool", true]}
        steps:
          - id: tell
            action: kustomer.customer.update
            params: {id: /#steps.1.customer, locale: en_us}
            transitions: []

    Good:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition: {op: eq, values: ["/#steps.1.custom.vipBool", true]}
        steps:
          - id: tell
            action: kustomer.customer.update
            params: {id: /#steps.1.customer, locale: en_us}
            transitions: []
    """
    for path, op, _ in conditions(subject.workflow):
        if op not in OPERATORS:
            yield Finding(
                (*path, "op"),
                f'no operator is called "{op}"',
                _hint(op),
            )


def _hint(op: str) -> str:
    folded = op.casefold()
    if folded in _ALWAYS:
        return "leave the condition out: the last way is then taken when no other is"
    if folded in ("not", "!", "nor"):
        return "there is no negation: ask with dne or neq, or put the other way first"
    meant = MEANT.get(folded)
    if meant:
        return f'did you mean "{meant}"?'
    listed = f"the operators are {', '.join(sorted(OPERATORS))}"
    return did_you_mean(op, OPERATORS) or listed
