"""WF408: a function that doesn't exist."""

from collections.abc import Iterator

from kobjctl.expressions.references import FUNCTION_MARK, MARK
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.uses import functions
from kobjctl.model.errors import did_you_mean


@rule("WF408", "unknown-function", severity="error", about=("functions",))
def unknown_function(subject: Subject) -> Iterator[Finding]:
    """A function must exist.

    The platform does not fail on an unknown function: it returns nothing, and the parameter is left
    out (`manual/platform.md 5.1`).

    Bad (-) and good (+):

          name: order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: big
        -       condition: {op: gt, values: ["/#fn:parseInteger,steps.1.custom.totalStr", 100]}
        +       condition: {op: gt, values: ["/#fn:parseInt,steps.1.custom.totalStr", 100]}
          steps:
            - id: big
              transitions: []
    """
    for at, name, known, *_ in functions(subject.texts):
        if known is None:
            yield Finding(
                at.path,
                f'no function is called "{name}"',
                _hint(name),
                part=(len(FUNCTION_MARK), len(FUNCTION_MARK) + len(name) or 1),
            )


def _hint(name: str) -> str:
    from kobjctl.expressions.functions import FUNCTIONS  # noqa: PLC0415 - loaded by now

    called, bracket, inside = name.partition("(")
    if bracket and called in FUNCTIONS:
        path = inside.removesuffix(")").strip().removeprefix(MARK)
        return f"write {FUNCTION_MARK}{called},{path}"
    return did_you_mean(name, FUNCTIONS) or "kobjctl functions lists the functions"
