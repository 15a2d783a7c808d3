"""WF704: a value outside of its attribute's list of options."""

from collections.abc import Iterator

from kobjctl.lint.customs import custom_values
from kobjctl.lint.operands import is_literal
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean


@rule("WF704", "unknown-option", severity="error", about=("custom",))
def unknown_option(subject: Subject) -> Iterator[Finding]:
    """The value of an attribute with options must be one of them.

    The platform refuses any other value, and the step fails (`manual/platform.md 9.4`).

    Bad (-) and good (+):

          klasses:
            - name: order
              metadata:
                properties:
                  stateStr: {displayName: State, enumeration: [open, sent]}
          workflows:
            - name: order
              trigger:
                eventName: kustomer.kobject.order.create
                transitions:
                  - target: mark
              steps:
                - id: mark
                  action: kustomer.kobject.update
        -         params: {klassName: order, id: /#steps.1.id, custom: {stateStr: send}}
        +         params: {klassName: order, id: /#steps.1.id, custom: {stateStr: sent}}
                  transitions: []
    """
    for custom in custom_values(subject):
        if is_literal(custom.value) and custom.is_off_list:
            options = custom.attribute.options if custom.attribute else ()
            close = did_you_mean(custom.value, options)
            yield Finding(custom.path, custom.refusal(), close)
