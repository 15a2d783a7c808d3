"""WF303: a condition with too few values, too many, or the wrong kind."""

from collections.abc import Iterator

from kobjctl.lint.places import LOGIC, conditions, is_condition
from kobjctl.lint.rule import Arity, Finding, Known, rule
from kobjctl.model.workflow import Workflow


@rule("WF303", "wrong-number-of-values", severity="error")
def wrong_number_of_values(workflow: Workflow, known: Known) -> Iterator[Finding]:
    """A condition must have as many values as its operator takes, `and` and `or` only conditions.

    A comparison has a left and a right side; the second value of `exists` and `dne` is a leftover
    of the builder that has no meaning (`platform/workflows.md` section 2.1).

    Bad:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition: {op: gt, values: ["/#steps.1.custom.totalNum"]}
        steps:
          - id: tell
            action: kustomer.note.create
            transitions: []

    Bad:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition:
                op: or
                values: ["/#steps.1.custom.vipBool", "/#steps.1.custom.bigBool"]
        steps:
          - id: tell
            action: kustomer.note.create
            transitions: []

    Good:

        name: big-order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: tell
              condition:
                op: or
                values:
                  - {op: gt, values: ["/#steps.1.custom.totalNum", 200]}
                  - {op: eq, values: ["/#steps.1.custom.vipBool", true]}
        steps:
          - id: tell
            action: kustomer.note.create
            transitions: []
    """
    for path, op, values in conditions(workflow):
        arity = known.operators.get(op)
        if arity and not _takes(arity, len(values)):
            yield Finding((*path, "op"), f'"{op}" takes {_in_words(arity)}, not {len(values)}')
        if op in LOGIC:
            for index, value in enumerate(values):
                if not is_condition(value):
                    yield Finding(
                        (*path, "values", index),
                        f'a value of "{op}" must be a condition',
                        "write it as {op: ..., values: [...]}",
                    )


def _takes(arity: Arity, number: int) -> bool:
    return arity.least <= number and (arity.most is None or number <= arity.most)


def _in_words(arity: Arity) -> str:
    if arity.most is None:
        return f"at least {arity.least} {_values(arity.least)}"
    if arity.least == arity.most:
        return f"{arity.least} {_values(arity.least)}"
    joint = "or" if arity.most == arity.least + 1 else "to"
    return f"{arity.least} {joint} {arity.most} values"


def _values(number: int) -> str:
    return "value" if number == 1 else "values"
