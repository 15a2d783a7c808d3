"""What a literal of a parameter must look like beyond its type: the actions' own checks."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, TypeAlias

from kobjctl.lint.callees import SCHEDULE
from kobjctl.lint.operands import is_literal
from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds import KINDS
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json

Form: TypeAlias = Callable[[Json], None]

# What names the record itself.
_IDS: Final = frozenset({"id", "identifier", "conversation"})
_ANY_TIME: Final = "2026-01-01T00:00:00.000Z"


def check_form(action: str, param: str, value: Json) -> None:
    """Raise BadParamError for a literal of the right type that the action will not take."""
    family = _family(action)
    form = _FORMS.get((family, param)) or _FORMS.get((action, param))
    kind = KINDS.get(family)
    if form is not None:
        form(value)
    elif kind and (param in _IDS or param in kind.relations):
        _check_id(param, value)
    elif kind and param in kind.by_name:
        kind.by_name[param].read(value)


def judged_part(action: str, param: str, value: Json) -> Json:
    """Return what of a value can be judged before any run: all of a literal, and of an object
    whose members stand alone, as headers do, those that are. None where nothing can.
    """
    if is_literal(value):
        return value
    if isinstance(value, dict) and (_family(action), param) in _BY_MEMBER:
        return {name: each for name, each in value.items() if is_literal(each)} or None
    return None


def _family(action: str) -> str:
    parts = action.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == "kustomer" else ""  # noqa: PLR2004


def _check_id(param: str, value: Json) -> None:
    if not is_reference(value):
        raise BadParamError(
            f'the parameter "{param}" must be the id of a record: 24 hex characters'
        )


def _late(module: str, name: str) -> Form:
    """Return a check that is loaded by the first file that needs it."""

    def check(value: Json) -> None:
        getattr(import_module(f"kobjctl.{module}"), name)(value)

    return check


def _check_address(value: Json) -> None:
    from kobjctl.model.address import AddressError, read_address  # noqa: PLC0415 - as in _late

    try:
        read_address(value)
    except AddressError as error:
        raise BadParamError(error.message, hint=error.hint) from error


def _check_choices(name: str) -> Form:
    def check(value: Json) -> None:
        from kobjctl.actions.klass import check_choices  # noqa: PLC0415 - as in _late

        check_choices(name, value)

    return check


def _check_run_at(value: Json) -> None:
    from kobjctl.actions.scheduler import due  # noqa: PLC0415 - as in _late

    due(value, _ANY_TIME)


_BY_MEMBER: Final = frozenset({("rest-api", "headers"), ("rest-api", "qs")})
_FORMS: Final[Mapping[tuple[str, str], Form]] = {
    ("rest-api", "method"): _late("actions.rest_api_request", "check_method"),
    ("rest-api", "uri"): _check_address,
    ("rest-api", "headers"): _late("actions.rest_api_request", "read_headers"),
    ("rest-api", "qs"): _late("actions.rest_api_request", "read_query"),
    ("klass", "name"): _late("actions.klass", "check_name"),
    **{("klass", name): _check_choices(name) for name in ("status", "klassSchema", "mixins")},
    (SCHEDULE, "runAt"): _check_run_at,
}
