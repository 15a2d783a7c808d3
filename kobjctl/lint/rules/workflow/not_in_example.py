"""WF406: a reference to a field that the hook's example payload doesn't have."""

from collections.abc import Iterator

from kobjctl.lint.fields import missing_fields
from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject


@rule("WF406", "not-in-example", severity="warning", about=("hooks",))
def not_in_example(subject: Subject) -> Iterator[Finding]:
    """A reference into a payload should name a field of the hook's example.

    Other payloads may have fields that the example lacks, so this is a warning. Checking whether
    the field exists, with `exists`, `dne`, `ifExists` or `{{#if}}`, is fine.

    Bad (-) and good (+):

          hooks:
            - name: orders
              type: form
              example: {orderId: "1234", email: ada@example.com}
          workflows:
            - name: order
              trigger:
                hook: orders
                transitions:
                  - target: find
              steps:
                - id: find
                  action: kustomer.customer.find-by-email
        -         params: {email: /#steps.1.attributes.data.mail}
        +         params: {email: /#steps.1.attributes.data.email}
                  transitions: []
    """
    for use, message, hint, is_example, _ in missing_fields(subject):
        if is_example and not use.guarded:
            yield at_use(use, message, hint)
