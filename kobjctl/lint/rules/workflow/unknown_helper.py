"""WF409: a helper that doesn't exist."""

from collections.abc import Iterator

from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import part_of


@rule("WF409", "unknown-helper", severity="error", about=("templates",))
def unknown_helper(subject: Subject) -> Iterator[Finding]:
    """A tag with arguments must call a helper that exists.

    Handlebars fails on an unknown helper, and so does the step (`manual/platform.md 6.1`).

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#steps.1.id, name: "{{{tolower steps.1.name}}}"}
        +     params: {id: /#steps.1.id, name: "{{{toLower steps.1.name}}}"}
              transitions: []
    """
    for at, template, _ in subject.templates:
        for problem in template.problems if template else ():
            if problem.helper is not None:
                yield Finding(
                    at.path,
                    problem.message,
                    problem.hint or "kobjctl helpers lists the helpers",
                    part=part_of(at, problem),
                )
