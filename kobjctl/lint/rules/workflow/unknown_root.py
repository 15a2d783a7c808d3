"""WF401: an expression that starts from a root that doesn't exist."""

from collections.abc import Iterator
from typing import Final

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.lint.uses import ROOTS
from kobjctl.model.errors import did_you_mean
from kobjctl.model.hook import is_hook_event

# What people call what started the run.
_TRIGGER: Final = frozenset({"trigger", "event", "payload", "hook", "input", "inputs", "data"})


@rule("WF401", "unknown-root", severity="error", about=("uses",))
def unknown_root(subject: Subject) -> Iterator[Finding]:
    """A reference or tag must begin with `steps`, `variables` or, in error cases, `error`.

    Anything else is always missing: a parameter is left out, a tag prints nothing
    (`manual/platform.md 3.4`). `error` is only set after a step has failed.

    Bad (-) and good (+):

          name: welcome
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: greet
          steps:
            - id: greet
              action: kustomer.customer.update
        -     params: {id: /#step.1.id}
        +     params: {id: /#steps.1.id}
              transitions: []
    """
    for use in subject.uses:
        root = use.segments[0]
        # Another rule tells of brackets, WF407.
        if root not in ROOTS and not root.endswith("]"):
            yield at_use(use, f'a path can\'t begin with "{root}"', _hint(root, use, subject))
        elif root == "error" and not _has_error(use, subject):
            message = '"error" is only set after a step has failed'
            yield at_use(use, message, "read it in an error case, or in a step after one")


def _hint(root: str, use: Use, subject: Subject) -> str:
    rest = ".".join(use.segments[1:])
    if root in subject.steps:
        return f"write steps.{root}.{rest}" if rest else f"write steps.{root}"
    if root in _TRIGGER:
        by_hook = "hook" in subject.workflow.document["trigger"]
        by_hook = by_hook or is_hook_event(subject.workflow.event_name)
        where = "1.attributes.data" if by_hook else "1"
        return f"the trigger is step 1: write steps.{where}.{rest or '...'}"
    return did_you_mean(root, ROOTS) or f"a path begins with {', '.join(ROOTS[:-1])} or {ROOTS[-1]}"


def _has_error(use: Use, subject: Subject) -> bool:
    return use.at.on_error or use.at.step_id in subject.flow.after_error
