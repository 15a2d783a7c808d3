"""WF403: a reference to a field that a step's output doesn't have."""

from collections.abc import Iterator

from kobjctl.lint.fields import missing_fields
from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject


@rule("WF403", "unknown-output", severity="error", mixed=True, about=("uses",))
def unknown_output(subject: Subject) -> Iterator[Finding]:
    """A path into a step's output must name a field that the output has.

    What an action gives is listed by `kobjctl actions NAME`; a condition step gives nothing, and
    a record's fields stand at the top, its own attributes under `custom`
    (`manual/platform.md 7.2, 8.5`). A parameter with such a path is left out. A record may have
    fields that no public source names: another than the known ones is an error when it is but one
    letter away from one of them, else a warning.

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
