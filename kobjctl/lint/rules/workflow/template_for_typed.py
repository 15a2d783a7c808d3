"""WF413: a template where a value with a type is needed."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import PlacedText, Use

_STRUCTURES: Final = frozenset({"object", "list"})
_TYPED: Final = ("Num", "Bool")


@rule("WF413", "template-for-typed", severity="error", about=("templates",))
def template_for_typed(subject: Subject) -> Iterator[Finding]:
    """An object, a list, or a number or boolean attribute needs a reference, not a template.

    A template always returns text: an object becomes `[object Object]`, a list becomes its items
    with commas, and the values of `custom` are not cast (`manual/platform.md 3.2`).

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
        -       custom: {totalNum: "{{steps.1.rev}}"}
        +       data: /#steps.1.data
        +       custom: {totalNum: /#steps.1.rev}
              transitions: []
    """
    alone = {use.at.path: use for use in subject.uses if _is_alone(use)}
    for path, use in alone.items():
        what = _needed(use.at, subject)
        if what:
            reference = f"/#{'.'.join(use.segments)}"
            yield Finding(
                path,
                f"this must be {what}, but a template always returns text",
                f"write {reference}",
            )


def _is_alone(use: Use) -> bool:
    """Return whether a template is one tag with a path and nothing else."""
    text = use.at.text.strip()
    inner = text.strip("{}").strip().removeprefix("&").strip()
    return use.kind == "template" and inner == use.at.text[use.start : use.end]


def _needed(at: PlacedText, subject: Subject) -> str:
    action = subject.steps[at.step_id].action
    known = subject.project.actions.get(action) if action else None
    if known is None or "params" not in at.path:
        return ""
    name, *inside = at.path[at.path.index("params") + 1 :]
    if not inside and name in known.params and known.params[str(name)].kind in _STRUCTURES:
        kind = known.params[str(name)].kind
        return "an object" if kind == "object" else "a list"
    if name == "custom" and len(inside) == 1 and str(inside[0]).endswith(_TYPED):
        return "a number" if str(inside[0]).endswith("Num") else "true or false"
    return ""
