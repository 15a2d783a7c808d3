"""WF503: a step without a parameter that its action needs."""

from collections.abc import Iterator

from kobjctl.lint.params import given_params
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject


@rule("WF503", "missing-param", severity="error")
def missing_param(subject: Subject) -> Iterator[Finding]:
    """A step must give every parameter that its action needs.

    Without it the step fails; a lookup finds nothing, which is a warning
    (`platform/workflows.md` sections 4.2 and 8). A parameter that is misspelled is another
    finding, WF502.

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.customer.update
            params: {locale: en_us}
            transitions: []

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: find
        steps:
          - id: find
            action: kustomer.customer.find
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
            params: {id: /#steps.1.id, locale: en_us}
            transitions: []
    """
    for given in given_params(subject):
        meant = {} if given.action.is_open else given.misspelled()
        for name in given.missing():
            if name in meant.values():
                continue
            is_null = name in given.params
            what = "can't be null" if is_null else "is missing"
            lookup = given.action.lookup
            yield Finding(
                (*given.path, name) if is_null else (*given.path[:-1], "action"),
                f'the parameter "{name}" of {given.name} {what}',
                "without it, the lookup finds nothing" if lookup else "without it, the step fails",
                severity="warning" if lookup else None,
            )
