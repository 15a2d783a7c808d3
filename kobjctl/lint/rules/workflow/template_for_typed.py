"""WF413: a template where a value with a type is needed."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import PlacedText
from kobjctl.lint.typed import DATE, lone_path, needed_type


@rule("WF413", "template-for-typed", severity="error", about=("templates",))
def template_for_typed(subject: Subject) -> Iterator[Finding]:
    """An object, a list, or a number, yes/no or date attribute can't come from a template.

    A template always returns text: an object becomes `[object Object]`, a list becomes its items
    with commas, and the values of `custom` are not cast (`manual/platform.md 3.2`). A template may
    give a date attribute what reads as a date and time.

    Bad (-) and good (+):

          name: copy
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: copy
          steps:
            - id: copy
              action: kustomer.kobject.update
              params:
                klassName: order
                id: /#steps.1.id
        -       data: "{{steps.1.data}}"
        -       custom: {totalNum: "{{math steps.1.rev '*' 100}}"}
        +       data: /#steps.1.data
        +       custom: {totalNum: /#steps.1.rev}
              transitions: []
    """
    for placed in subject.templates:
        needed = needed_type(placed, subject)
        if needed:
            message = f"this must be {needed}, but a template always returns text"
            if needed == DATE:
                message = "this must be a date and time, which the template doesn't give"
            yield Finding(placed.at.path, message, _hint(placed.at, needed, subject))


def _hint(at: PlacedText, needed: str, subject: Subject) -> str:
    use = lone_path(at, subject)
    if needed == DATE:
        return "give it the form 2026-01-02T03:04:05Z, as {{dateFormat PATH}} does"
    if use:
        return f"write /#{'.'.join(use.segments)}"
    return _HINTS[needed]


_HINTS: Final = {
    "a number": "write a reference to a number, or /#fn:parseFloat,PATH for one that is text",
    "true or false": "write true or false, or a reference to one; transitions can decide which",
}
