"""WF411: a function with more parts than it takes, as with a comma inside an argument."""

from collections.abc import Iterator

from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.uses import functions


@rule("WF411", "comma-in-argument", severity="error", about=("functions",))
def comma_in_argument(subject: Subject) -> Iterator[Finding]:
    """An argument of a function can't contain a comma, except the format of `dateFormat`.

    Commas separate the parts of a function, and surplus parts are ignored
    (`manual/platform.md 5.1`). A helper in a template does take text with commas.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#steps.1.id, name: "/#fn:ifExists,steps.1.name,Hello, friend,Hello"}
        +     params:
        +       id: /#steps.1.id
        +       name: "{{#if steps.1.name}}Hello, friend{{else}}Hello{{/if}}"
              transitions: []
    """
    for call in functions(subject.texts):
        most = call.known.arity[1] if call.known else None
        if most is not None and call.parts > most:
            parts = "1 part" if most == 1 else f"{most} parts"
            yield Finding(
                call.at.path,
                f"{call.name} takes at most {parts} after its name, but gets {call.parts}",
                "each comma begins a new part; for text with commas, use a template",
            )
