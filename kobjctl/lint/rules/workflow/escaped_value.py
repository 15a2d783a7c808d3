"""WF412: HTML escaping where no web page reads the value."""

from collections.abc import Iterator

from kobjctl.actions import page_params
from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.lint.typed import is_plain, needed_type
from kobjctl.model.values import path_text


@rule("WF412", "escaped-value", severity="warning", about=("templates",))
def escaped_value(subject: Subject) -> Iterator[Finding]:
    """A value that no web page reads should not be escaped for HTML.

    `{{x}}` turns `&`, `'`, `=` and others into entities such as `&#x27;`, which only web pages
    understand; `{{{x}}}` prints the value unchanged (`manual/platform.md 6.1`). In the `body` of a
    message or note it may be meant. A number, a time or a name that ends in `Id` is taken to have
    none of these characters.

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
    # Of what can't be a template at all, WF413 speaks.
    typed = {each.at.path for each in subject.templates if needed_type(each, subject)}
    for use in subject.uses:
        if use.at.path in typed:
            continue
        where = _where(use, subject) if use.escaped else ""
        if where and not is_plain(use, subject):
            tag = _tag(use)
            message = f'"{{{{{tag}}}}}" is escaped for HTML, but goes into {where}'
            yield at_use(use, message, f"write {{{{{{{tag}}}}}}}")


def _tag(use: Use) -> str:
    """Return what stands inside of the tag that prints the value."""
    text = use.at.text
    return text[text.rfind("{{", 0, use.start) + 2 : text.find("}}", use.end)].strip("~ \n\t")


def _where(use: Use, subject: Subject) -> str:
    """Describe what the text goes into where escaping does harm; empty where it may be meant."""
    action = subject.steps[use.at.step_id].action
    if use.at.in_condition:
        return "" if use.guarded else "a condition"
    known = subject.project.actions.get(action) if action else None
    if action is None or known is None:
        return ""
    name, *inside = use.at.path[use.at.path.index("params") + 1 :]
    if known.remote:
        return "a URL" if name in ("uri", "url", "qs") else "a request"
    if known.lookup:
        return "a search key"
    return "" if name in page_params(action) else f'"{path_text((name, *inside))}"'
