"""WF415: a function or helper whose name, or what it does, is a guess."""

import re
from collections.abc import Iterator

from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import PlacedText
from kobjctl.lint.uses import functions


@rule("WF415", "unconfirmed-function", severity="note", about=("functions", "templates"))
def unconfirmed_function(subject: Subject) -> Iterator[Finding]:
    """A function or helper should be confirmed by public sources.

    The platform has more functions and helpers than its public pages describe: for some the name is
    a guess, for others what they do (`manual/platform.md 5.4, 6.2`). `kobjctl functions` and
    `kobjctl helpers` show which.

    Bad (-) and good (+):

        - name: shout
        + name: whisper
          trigger:
            eventName: kustomer.customer.create
            transitions:
        -     - target: shout
        +     - target: whisper
          steps:
        -   - id: shout
        +   - id: whisper
              action: kustomer.customer.update
        -     params: {id: /#steps.1.id, name: "{{{toUpper steps.1.name}}}"}
        +     params: {id: /#steps.1.id, name: "{{{toLower steps.1.name}}}"}
              transitions: []

    Bad:

        name: order
        trigger:
          eventName: kustomer.kobject.order.create
          transitions:
            - target: big
              condition: {op: eq, values: ["/#fn:parseBool,steps.1.custom.bigStr", true]}
        steps:
          - id: big
            transitions: []
    """
    for at, name, known, *_ in functions(subject.texts):
        if known and not known.confirmed:
            start = len(FUNCTION_MARK)
            yield _finding(at, f'the function "{name}"', (start, start + len(name)))
    for at, template, _ in subject.templates:
        for helper in template.helpers if template else ():
            if not helper.confirmed:
                yield _finding(at, f'the helper "{helper.name}"', _call(at.text, helper.name))


def _finding(at: PlacedText, what: str, part: tuple[int, int]) -> Finding:
    message = f"{what} is not confirmed by public sources"
    return Finding(at.path, message, "try it on the platform before you rely on it", part=part)


def _call(text: str, name: str) -> tuple[int, int]:
    """Return where a template calls a helper for the first time."""
    found = re.search(rf"(?:\{{\{{|\()[~#^&{{]*\s*({re.escape(name)})\b", text)
    return found.span(1) if found else (0, len(text))
