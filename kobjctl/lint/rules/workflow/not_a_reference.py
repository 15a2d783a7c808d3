"""WF407: text that looks like a reference but is none."""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.expressions.references import FUNCTION_MARK, MARK
from kobjctl.lint.braces import foreign_tags
from kobjctl.lint.operands import BARE_PATH
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import TEMPLATE_MARK
from kobjctl.lint.texts import PlacedText

_INSIDE: Final = re.compile(r"/#(fn:\w+,)?(?:steps|variables|error)\.[\w@.-]+")

_INDEXED: Final = re.compile(r"([\w@-]+)\[(\d+)\]")


@rule("WF407", "not-a-reference", severity="error")
def not_a_reference(subject: Subject) -> Iterator[Finding]:
    """A reference must be the whole text and begin with `/#`.

    Text before the `/#`, even a space, turns the reference into plain text, which is used
    unchanged. So does a path without `/#`, or in single braces (`manual/platform.md 3.1`). To
    insert a value into text, use a template tag.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: steps.1.id, name: Dear /#steps.1.name}
        +     params: {id: /#steps.1.id, name: "Dear {{{steps.1.name}}}"}
              transitions: []

    Bad:

        name: welcome
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: greet
        steps:
          - id: greet
            action: kustomer.customer.update
            params: {id: /#steps.1.id, name: "Dear {steps.1.name}"}
            transitions: []
    """
    for at in subject.texts:
        if at.text.startswith(MARK):
            yield from _brackets(at)
            continue
        yield from _foreign(at)
        bare = BARE_PATH.fullmatch(at.text.strip())
        if bare:
            yield Finding(
                at.path,
                f'"{at.text}" is plain text, not a reference: it does not begin with "{MARK}"',
                f"write {MARK}{bare[1]}",
            )
        elif TEMPLATE_MARK not in at.text and (inside := _INSIDE.search(at.text)):
            path = inside[0].removeprefix(MARK)
            hint = (
                "remove the other text: a function must be the whole text"
                if inside[1]
                else f"write {{{{{{{path}}}}}}}"
            )
            yield Finding(
                at.path,
                f'"{inside[0]}" is plain text here: a reference must be the whole text',
                hint,
                part=inside.span(),
            )


def _brackets(at: PlacedText) -> Iterator[Finding]:
    """Yield the indexes in brackets, which a path takes for a part of a name."""
    # Behind its path, a function has arguments: a format of dates has brackets of its own.
    parts = at.text.split(",", 2)[:2] if at.text.startswith(FUNCTION_MARK) else [at.text]
    found = _INDEXED.search(at.text, 0, len(",".join(parts)))
    if found:
        path = _INDEXED.sub(r"\1.\2", at.text)
        yield Finding(
            at.path,
            f'"{found[0].rpartition(".")[2]}" is read as a name: a path has no brackets',
            f"write {path}",
            part=found.span(),
        )


def _foreign(at: PlacedText) -> Iterator[Finding]:
    for tag in foreign_tags(at.text):
        is_whole = tag.text == at.text.strip()
        yield Finding(
            at.path,
            f'"{tag.text}" is plain text: a tag has two or three braces',
            f"write {MARK}{tag.path}" if is_whole else f"write {{{{{{{tag.path}}}}}}}",
            part=tag.part,
        )
