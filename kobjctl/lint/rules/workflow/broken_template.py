"""WF414: a template that can't be read."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kobjctl.lint.braces import unbalanced
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import part_of
from kobjctl.lint.texts import PlacedText

if TYPE_CHECKING:
    from kobjctl.expressions.handlebars import TemplateError

_MARKED: Final = re.compile(r"\{\{\s*/#([\w.@-]+)")


@rule("WF414", "broken-template", severity="error", about=("templates",))
def broken_template(subject: Subject) -> Iterator[Finding]:
    """A template must be valid Handlebars.

    Otherwise the step fails as soon as a run reaches it (`manual/platform.md 6.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#steps.1.id, name: "{{#if steps.1.name}}known"}
        +     params: {id: /#steps.1.id, name: "{{#if steps.1.name}}known{{/if}}"}
              transitions: []
    """
    for at, _, fault in subject.templates:
        if fault:
            part = part_of(at, fault)
            yield Finding(at.path, fault.message, _hint(at, fault, part[0]), part=part)


def _hint(at: PlacedText, fault: "TemplateError", near: int) -> str:
    marked = _MARKED.search(at.text)
    if marked:
        return f"a tag takes the path without /#: write {{{{{marked[1]}}}}}"
    at_fault = at.text[near : near + 1]
    if at_fault == "|":
        return "Handlebars has no filters: write the helper first, as in {{toLower steps.1.name}}"
    if at_fault and at_fault in "=<>!&":
        return "Handlebars has no operators: use a helper, as in {{#if (eq steps.1.name 'x')}}"
    return unbalanced(at.text, near) or fault.hint
