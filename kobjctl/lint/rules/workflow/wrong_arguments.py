"""WF410: a function or helper with the wrong number of arguments, or an option it doesn't have."""

from collections.abc import Iterator

from kobjctl.expressions.references import FUNCTION_MARK, MARK
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import part_of
from kobjctl.lint.uses import PlacedFunction, functions


@rule("WF410", "wrong-arguments", severity="error", mixed=True, about=("functions", "templates"))
def wrong_arguments(subject: Subject) -> Iterator[Finding]:
    """A function or helper must get as many arguments as it needs, and a function its path without
    `/#`.

    With too few, a function returns nothing and a helper fails its step
    (`manual/platform.md 5.1, 6.2`). An option that a helper doesn't have is ignored: a warning.

    Bad (-) and good (+):

          name: order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: big
        -       condition: {op: gt, values: ["/#fn:parseInt,/#steps.1.custom.totalStr", 100]}
        +       condition: {op: gt, values: ["/#fn:parseInt,steps.1.custom.totalStr", 100]}
          steps:
            - id: big
              action: kustomer.kobject.update
        -     params: {klassName: order, id: /#steps.1.id, title: "{{math 1 '+'}}"}
        +     params: {klassName: order, id: /#steps.1.id, title: "{{math 1 '+' 2}}"}
              transitions: []
    """
    for call in functions(subject.texts):
        if call.known:
            yield from _of_function(call, call.known.arity[0])
    for at, template, _ in subject.templates:
        for problem in template.problems if template else ():
            if problem.helper is None:
                yield Finding(at.path, problem.message, problem.hint, part=part_of(at, problem))
        for doubt in template.doubts if template else ():
            part = part_of(at, doubt)
            yield Finding(at.path, doubt.message, doubt.hint, part=part, severity="warning")


def _of_function(call: PlacedFunction, least: int) -> Iterator[Finding]:
    at, name, _, path, _ = call
    if call.parts < least:
        parts = "1 part" if least == 1 else f"{least} parts"
        yield Finding(at.path, f"{name} needs at least {parts} after its name", _example(name))
    elif path and path.startswith(MARK):
        yield Finding(
            at.path,
            f'the path of a function takes no "{MARK}"',
            f"write {FUNCTION_MARK}{name},{path.removeprefix(MARK)}",
        )


def _example(name: str) -> str:
    return f"as in {FUNCTION_MARK}{name},steps.1.custom.qtyStr"
