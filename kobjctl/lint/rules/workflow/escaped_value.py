"""WF412: HTML escaping where the value goes into JSON, a URL or a search key."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.shape import ANY, walk
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use

_PLAIN_KINDS: Final = frozenset({"number", "true or false", "date and time"})


@rule("WF412", "escaped-value", severity="warning", about=("templates",))
def escaped_value(subject: Subject) -> Iterator[Finding]:
    """A value in JSON, a URL or a search key should not be escaped for HTML.

    `{{x}}` turns `&`, `'`, `=` and others into entities such as `&#x27;`, which only web pages
    understand; `{{{x}}}` prints the value unchanged (`manual/platform.md 6.1`).

    Bad (-) and good (+):

          name: look
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: find
          steps:
            - id: find
              action: kustomer.customer.find-by-external-id
        -     params: {externalId: "shop {{steps.1.name}}"}
        +     params: {externalId: "shop {{{steps.1.name}}}"}
              transitions: []
    """
    for use in subject.uses:
        if use.escaped and not use.at.in_condition and _where(use, subject):
            if _is_plain(use, subject):
                continue
            inner = use.at.text[use.start : use.end]
            where = _where(use, subject)
            message = f'"{{{{{inner}}}}}" is escaped for HTML, but goes into {where}'
            yield at_use(use, message, f"write {{{{{{{inner}}}}}}}")


def _where(use: Use, subject: Subject) -> str:
    """Describe what the text goes into where escaping does harm; empty where it may be meant."""
    step = subject.steps[use.at.step_id]
    name = next((str(part) for part in use.at.path[use.at.path.index("params") + 1 :]), "")
    if step.action is None:
        return ""
    if subject.project.sends(step.action):
        return "a URL" if name in ("uri", "url", "qs") else "a request"
    known = subject.project.actions.get(step.action)
    if known is not None and known.lookup:
        return "a search key"
    return "JSON" if use.at.text.lstrip()[:1] in ("{", "[") and _looks_like_json(use) else ""


def _looks_like_json(use: Use) -> bool:
    text = use.at.text.strip()
    return not text.startswith("{{") and text[-1:] in ("}", "]")


def _is_plain(use: Use, subject: Subject) -> bool:
    """Return whether the value can have nothing to escape: a number, a date, an id."""
    root, *rest = use.segments
    last = use.segments[-1]
    if root != "steps" or not rest:
        return False
    shape = walk(subject.outputs.get(rest[0], ANY), rest[1:]).shape
    return shape.kind in _PLAIN_KINDS or last == "id" or last.endswith(("Id", "At", "Num", "Bool"))
