"""WF504: a value that its parameter can't take."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from kobjctl.lint.forms import check_form, judged_part
from kobjctl.lint.operands import Operand, is_literal, operand
from kobjctl.lint.params import StepParams, given_params
from kobjctl.lint.project.project import KnownParam
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import BadParamError
from kobjctl.model.problem import Severity
from kobjctl.model.values import A_KIND, Json, a_kind
from kobjctl.records.casts import CASTS

_CASTS: Final = {cast.name: cast for cast in CASTS.values()}
# The kinds that can't be cast: text may spell anything, and anything may be made text.
_UNFIT: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"true or false", "object", "list", "date and time"}),
    "true or false": frozenset({"number", "object", "list", "date and time"}),
    "object": frozenset({"number", "true or false", "list", "date and time"}),
    "list": frozenset({"number", "true or false", "object", "date and time"}),
}


@rule("WF504", "unfit-value", severity="error", mixed=True, about=("actions",))
def unfit_value(subject: Subject) -> Iterator[Finding]:
    """A parameter must have a value of its type, within its limits.

    Values are cast, so `"12"` is a number. A value that can't be cast, or that the action refuses,
    such as a broken id or time, fails the step (`manual/platform.md 3.2`). There are three
    warnings: a lookup by such a value finds nothing; an object or a list becomes JSON where the
    parameter must be text; and kobjctl may know the kind only from the hook's example.

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

    Bad (-) and good (+):

          id: 673e81eb496bbd0347073e76
          name: remind
          trigger:
            callable: true
            transitions:
              - target: again
                condition: {op: exists, values: [/#steps.1.more]}
          steps:
            - id: again
              action: kustomer.app.scheduler.schedule-workflow
              params:
                workflowId: 673e81eb496bbd0347073e76
        -       runAt: {type: relative, value: tomorrow}
        +       runAt: {type: relative, value: "86400"}
              transitions: []
    """
    for given in given_params(subject):
        for name, value in given.params.items():
            known = given.action.params.get(name)
            if known is None or (value is None and (known.nullable or known.required)):
                continue
            unfit = _unfit(given, name, known, value, operand(value, subject))
            if unfit:
                severity: Severity | None = None if unfit.sure else "warning"
                yield Finding((*given.path, name), unfit.why, unfit.hint, severity=severity)


_AS_JSON: Final = "the action receives it as JSON text"


class UnfitReason(NamedTuple):
    """Why a parameter can't take a value, what to do, and whether that is sure."""

    why: str
    hint: str = ""
    sure: bool = True


def _unfit(
    params: StepParams, name: str, known: KnownParam, value: Json, what: Operand
) -> UnfitReason | None:
    if value is None:
        return UnfitReason(f'the parameter "{name}" can\'t be null')
    if isinstance(value, str) and not is_literal(value):
        if what.kind not in _UNFIT.get(known.kind, ()):
            return None
        kinds = f"must be {A_KIND[known.kind]}, not {A_KIND[what.kind]}"
        return UnfitReason(f'the parameter "{name}" {kinds}', sure=what.sure)
    unfit = _refusal(lambda: _fit(name, known, value))
    if known.kind == "text" and isinstance(value, dict | list):
        kind = a_kind(value)
        return unfit or UnfitReason(
            f'the parameter "{name}" must be text, not {kind}', _AS_JSON, sure=False
        )
    part = judged_part(params.name, name, value)
    if unfit or part is None:
        return unfit
    # A lookup by what is no address, or no id, finds nothing and goes on.
    fitted = _fit(name, known, part)
    unfit = _refusal(lambda: check_form(params.name, name, fitted))
    return unfit and unfit._replace(sure=not params.action.lookup)


def _fit(name: str, known: KnownParam, value: Json) -> Json:
    fitted = _CASTS[known.kind].cast(name, value) if known.kind in _CASTS else value
    for limit in known.limits if is_literal(value) else ():
        limit.check(name, fitted)
    return fitted


def _refusal(attempt: Callable[[], object]) -> UnfitReason | None:
    """Describe why an action refuses what is tried; None when it doesn't."""
    try:
        attempt()
    except BadParamError as error:
        return UnfitReason(error.message, error.hint)
    return None
