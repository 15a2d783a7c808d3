"""WF502: a parameter that the step's action doesn't have."""

from collections.abc import Iterator

from kobjctl.lint.params import StepParams, given_params
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import closest


@rule("WF502", "unknown-param", severity="warning", mixed=True, about=("actions",))
def unknown_param(subject: Subject) -> Iterator[Finding]:
    """A step should only set parameters that its action has.

    The platform ignores any other, and the step runs without it (`manual/platform.md 7.2`);
    `kobjctl actions NAME` lists the parameters. It is an error if the step lacks a required
    parameter whose name resembles this one.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#steps.1.id, local: en_us}
        +     params: {id: /#steps.1.id, locale: en_us}
              transitions: []

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.customer.find-by-email
            params: {emial: ada@example.com}
            transitions: []
    """
    for given in given_params(subject):
        if given.action.is_open:
            continue
        missing = [*given.missing(), *given.lacking()]
        for name, meant in given.misspelled().items():
            yield Finding(
                (*given.path, name),
                f'{given.name} has no parameter "{name}"',
                f'did you mean "{meant}"?'
                if meant
                else f"kobjctl actions {given.name} lists its parameters",
                key=True,
                severity="error" if meant in missing and _is_sure(given, name, missing) else None,
            )


def _is_sure(params: StepParams, name: str, missing: list[str]) -> bool:
    """Return whether a step fails for want of a parameter: a lookup without one only finds nothing,
    unless the name shows that it was meant to be given.
    """
    action = params.action
    return (action.sure and not action.lookup) or bool(closest(name, missing))
