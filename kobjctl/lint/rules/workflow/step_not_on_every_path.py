"""WF405: an expression that reads the output of a step that some ways miss."""

from collections.abc import Iterator

from kobjctl.lint.rule import Finding, at_use, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.lint.words import cut_short

_SHOWN = 6
_WAYS = 100


@rule("WF405", "step-not-on-every-path", severity="warning", about=("uses",))
def step_not_on_every_path(subject: Subject) -> Iterator[Finding]:
    """A step whose output is read should be on every path to the step that reads it.

    On a path that skips it the output is missing: a parameter is left out, a tag prints nothing
    (`manual/platform.md 3.1`). Checking for it first, with `exists`, `dne`, `ifExists` or
    `{{#if}}`, is fine.

    Bad (-) and good (+):

          name: order
          trigger:
            eventName: kustomer.kobject.order.create
            transitions:
              - target: create
                condition: {op: dne, values: [/#steps.1.customer]}
        -     - target: note
        +     - target: note-known
          steps:
            - id: create
              action: kustomer.customer.create
              params: {name: Somebody}
              transitions:
        -       - target: note
        -   - id: note
        +       - target: note-new
        +   - id: note-new
              action: kustomer.customer.update
              params: {id: /#steps.create.id}
              transitions: []
        +   - id: note-known
        +     action: kustomer.customer.update
        +     params: {id: /#steps.1.customer}
        +     transitions: []
    """
    found = 0
    for use, step_id in subject.step_uses:
        here = use.at.step_id
        if use.guarded or here == step_id or not subject.may_have_run(step_id, use.at):
            continue
        if not subject.flow.is_certain(step_id, here) and not _is_one_of_all(use, subject):
            found += 1
            # Each way takes a search; of so many findings nobody reads the last ones first.
            way = subject.flow.way_without([step_id], here) if found <= _WAYS else []
            shown = " -> ".join(cut_short(way, _SHOWN, _SHOWN - 2))
            message = f'step "{step_id}" does not run on every path to "{here}"'
            yield at_use(
                use, message, f"this path skips it: {shown}" if way else "some path skips it"
            )


def _is_one_of_all(use: Use, subject: Subject) -> bool:
    """Return whether a template prints the outputs of steps of which every way passes just one."""
    flow, here = subject.flow, use.at.step_id
    together = {step_id for each, step_id in subject.step_uses if each.at.path == use.at.path}
    if use.kind != "template" or len(together) == 1:
        return False
    apart = not any(flow.is_possible(one, other) for one in together for other in together)
    return apart and not flow.way_without(together, here)
