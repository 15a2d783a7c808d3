"""WF504: a value that its parameter can't take."""

from collections.abc import Iterator, Mapping
from typing import Final

from kobjctl.actions.casts import CASTS
from kobjctl.lint.forms import check_form
from kobjctl.lint.operands import A_KIND, Operand, is_literal, operand
from kobjctl.lint.params import GivenParams, given_params
from kobjctl.lint.project import KnownParam
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import Json

_CASTS: Final = {cast.name: cast for cast in CASTS.values()}
# The kinds that can't be cast: text may spell anything, and anything may be made text.
_UNFIT: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"true or false", "object", "list", "date and time"}),
    "true or false": frozenset({"number", "object", "list", "date and time"}),
    "object": frozenset({"number", "true or false", "list", "date and time"}),
    "list": frozenset({"number", "true or false", "object", "date and time"}),
}


@rule("WF504", "unfit-value", severity="error")
def unfit_value(subject: Subject) -> Iterator[Finding]:
    """A parameter must have a value of its type, within its limits.

    Values are cast, so `"12"` is a number; what can't be cast fails the step, and so does what the
    action itself refuses: an id that is none, a time that is none
    (`platform/workflows.md` section 3.1).

    Bad:

        name: remind
        trigger:
          eventName: kustomer.customer.create
          transitions:
            - target: later
        steps:
          - id: later
            action: kustomer.customer.update
            params: {id: /#steps.1.id, tags: vip, custom: /#steps.1.emails}
            transitions: []

    Bad:

        id: 673e81eb496bbd0347073e76
        name: remind
        trigger:
          callable: true
          transitions:
            - target: again
        steps:
          - id: again
            action: kustomer.app.scheduler.schedule-workflow
            params:
              workflowId: 673e81eb496bbd0347073e76
              runAt: {type: relative, value: tomorrow}
            transitions: []

    Good:

        id: 673e81eb496bbd0347073e76
        name: remind
        trigger:
          callable: true
          transitions:
            - target: again
        steps:
          - id: again
            action: kustomer.app.scheduler.schedule-workflow
            params:
              workflowId: 673e81eb496bbd0347073e76
              runAt: {type: relative, value: "86400"}
            transitions: []
    """
    for given in given_params(subject):
        for name, value in given.params.items():
            known = given.action.params.get(name)
            if known is None or (value is None and (known.nullable or known.required)):
                continue
            why, sure = _why_unfit(given, name, known, value, operand(value, subject))
            if why:
                yield Finding((*given.path, name), why, severity=None if sure else "warning")


def _why_unfit(
    given: GivenParams, name: str, known: KnownParam, value: Json, what: Operand
) -> tuple[str, bool]:
    """Say why a parameter can't take a value, empty when it can; and whether that is sure."""
    if isinstance(value, str) and not is_literal(value):
        if what.kind in _UNFIT.get(known.kind, ()):
            wanted = A_KIND[known.kind]
            return f'the parameter "{name}" takes {wanted}, not {A_KIND[what.kind]}', what.sure
        return "", True
    try:
        if value is None:
            return f'the parameter "{name}" can\'t be null', True
        fitted = _CASTS[known.kind].cast(name, value) if known.kind in _CASTS else value
        if is_literal(value):
            for limit in known.limits:
                limit.check(name, fitted)
            check_form(given.name, name, fitted)
    except BadParamError as error:
        return _named(name, error.message), True
    return "", True


def _named(name: str, message: str) -> str:
    return message if name in message else f'the parameter "{name}": {message}'
