"""WF403: a reference to a field that a step's output doesn't have."""

from collections.abc import Iterator

from kobjctl.lint.fields import missing_fields
from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject


@rule("WF403", "unknown-output", severity="error", mixed=True, about=("uses",))
def unknown_output(subject: Subject) -> Iterator[Finding]:
    """A reference to a step's output must name a field that the output has.

    `kobjctl actions NAME` lists the output of an action; a condition step has none. The fields of a
    record are at the top, its attributes under `custom` (`manual/platform.md 7.2, 8.5`). If the
    field doesn't exist, the parameter is left out. A record may have fields that no public source
    names: an unknown field is an error if it is one letter away from a known one, else a warning.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: find
          steps:
            - id: find
              action: kustomer.customer.find
        -     params: {identifier: /#steps.1.idd}
        +     params: {identifier: /#steps.1.id}
              transitions:
                - target: greet
        -         condition: {op: eq, values: [/#steps.find.attributes.name, Ada]}
        +         condition: {op: eq, values: [/#steps.find.name, Ada]}
            - id: greet
              transitions: []
    """
    for use, message, hint, is_example, sure in missing_fields(subject):
        if not is_example:
            yield at_use(use, message, hint, severity=None if sure else "warning")
