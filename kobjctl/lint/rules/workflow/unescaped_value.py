"""WF417: a value that is put as it is into JSON or the query of a URL."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.lint.typed import is_plain

_JSON: Final = (
    "a JSON text, which a quote in it breaks",
    'send an object in "data" with kustomer.rest-api.json, with references in it',
)
_QUERY: Final = (
    "the query of a URL, which & + # in it change",
    'give it in "qs", which writes it in percent signs',
)


@rule("WF417", "unescaped-value", severity="warning", about=("templates",))
def unescaped_value(subject: Subject) -> Iterator[Finding]:
    """A value that goes into a JSON body or the query of a URL must be written for it.

    `{{{x}}}` prints a value as it is, so a quote in it breaks JSON and a `&` breaks a query. The
    parameters `data` and `qs` of a request take values and write them right
    (`manual/platform.md 7.7`).

    Bad (-) and good (+):

          name: ask
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: ask
          steps:
            - id: ask
              action: kustomer.rest-api.json
              params:
        -       uri: https://api.example.com/customers?name={{{steps.1.name}}}
        +       uri: https://api.example.com/customers
        +       qs: {name: /#steps.1.name}
              transitions: []
    """
    for use in subject.uses:
        where = _where(use, subject) if use.printed and not use.at.in_condition else None
        if where and not is_plain(use, subject):
            tag = use.at.text[use.start : use.end]
            place, hint = where
            yield at_use(use, f'"{{{{{{{tag}}}}}}}" is put as it is into {place}', hint)


def _where(use: Use, subject: Subject) -> tuple[str, str] | None:
    """Describe what the value goes into, and what to do instead; None where it does no harm."""
    if not subject.project.sends(subject.steps[use.at.step_id].action):
        return None
    name, text = use.at.path[use.at.path.index("params") + 1], use.at.text.strip()
    if name == "uri":
        return _QUERY if "?" in use.at.text[: use.start] else None
    is_json = text[:1] in ("{", "[") and not text.startswith("{{") and text[-1:] in ("}", "]")
    return _JSON if name in ("body", "data") and is_json else None
