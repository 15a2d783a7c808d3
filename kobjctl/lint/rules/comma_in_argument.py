"""WF411: a function with more parts than it takes, as with a comma inside an argument."""

from collections.abc import Iterator

from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF411", "comma-in-argument", severity="error")
def comma_in_argument(subject: Subject) -> Iterator[Finding]:
    """An argument of a function can't contain a comma, except the format of `dateFormat`.

    The parts of a function are separated by commas, and what is beyond those it takes is ignored
    (`platform/workflows.md` section 3.3). A template's helper takes text with commas.

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.customer.update
            params: {id: /#steps.1.id, name: "/#fn:ifExists,steps.1.name,Hello, friend,Hello"}
            transitions: []

    Good:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.customer.update
            params:
              id: /#steps.1.id
              name: "{{#if steps.1.name}}Hello, friend{{else}}Hello{{/if}}"
            transitions: []
    """
    for at in subject.texts:
        name, comma, rest = at.text.removeprefix(FUNCTION_MARK).partition(",")
        known = FUNCTIONS.get(name) if at.text.startswith(FUNCTION_MARK) and comma else None
        if known is None or known.arity[1] is None:
            continue
        most = known.arity[1]
        path, arguments = known.split(rest)
        if (path is not None) + len(arguments) > most:
            parts = "1 part" if most == 1 else f"{most} parts"
            yield Finding(
                at.path,
                f"{name} takes {parts} after its name, and a comma begins another",
                "an argument can't contain a comma; a template can say it",
            )
