"""WF702: an attribute that the klass doesn't have."""

from collections.abc import Iterator

from kobjctl.lint.customs import custom_values
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean
from kobjctl.model.klass import name_fault, suffix_of


@rule("WF702", "unknown-attribute", severity="warning", mixed=True, about=("custom",))
def unknown_attribute(subject: Subject) -> Iterator[Finding]:
    """A step should only write attributes that the klass declares.

    An undeclared attribute is accepted if its name ends in a type, but nobody will look for it. A
    name without a type is refused, and so is a reference (`Id`) without a declared target: these
    are errors (`manual/platform.md 9.2, 9.3`).

    Bad (-) and good (+):

          klasses:
            - name: order
              metadata:
                properties:
                  totalNum: {displayName: Total}
          workflows:
            - name: order
              trigger:
                eventName: kustomer.customer.create
                transitions:
                  - target: add
              steps:
                - id: add
                  action: kustomer.kobject.create
        -         params: {klassName: order, title: Order, data: {}, custom: {totlaNum: 1}}
        +         params: {klassName: order, title: Order, data: {}, custom: {totalNum: 1}}
                  transitions: []

    Bad:

        name: order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: mark
        steps:
          - id: mark
            action: kustomer.kobject.update
            params: {klassName: order, id: /#steps.1.id, custom: {total: 1}}
            transitions: []
    """
    for path, name, _, klass, attributes in custom_values(subject):
        close = did_you_mean(name, attributes or ())
        fault = name_fault(name)
        if fault:
            yield Finding(path, fault.message, close or fault.hint, key=True, severity="error")
        elif attributes is not None and name not in attributes:
            yield Finding(
                path,
                f'the klass "{klass}" has no attribute "{name}"',
                close or f'declare it in the klass "{klass}"',
                key=True,
                severity="error" if suffix_of(name) == "Id" else None,
            )
