"""What a literal of a parameter must look like beyond its type: the actions' own checks.

What an action checks with is loaded by the first file that has such a parameter.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from kobjctl.lint.callees import SCHEDULE
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json

Form: TypeAlias = Callable[[Json], None]

_FAMILIES: Final = (
    "company",
    "conversation",
    "customer",
    "kobject",
    "message",
    "note",
    "tag",
    "user",
)
_IDS: Final = frozenset({"id", "identifier", "customer", "company", "conversation"})
_ANY_TIME: Final = "2026-01-01T00:00:00.000Z"


def check_form(action: str, param: str, value: Json) -> None:
    """Raise BadParamError for a literal of the right type that the action will not take."""
    family = _family(action)
    form = _FORMS.get((family, param)) or _FORMS.get((action, param))
    if form is not None:
        form(value)
    elif family in _FAMILIES and param in _IDS:
        _check_id(value)


def _family(action: str) -> str:
    parts = action.split(".")
    return parts[1] if len(parts) == 3 and parts[0] == "kustomer" else ""  # noqa: PLR2004


def _check_id(value: Json) -> None:
    if not is_reference(value):
        raise BadParamError("takes the id of a record: 24 hex characters")


def _check_email(value: Json) -> None:
    from kobjctl.model.customer import normalize_email  # noqa: PLC0415 - few files have one

    normalize_email(value)


def _check_phone(value: Json) -> None:
    from kobjctl.model.customer import normalize_phone  # noqa: PLC0415 - see above

    normalize_phone(value)


def _check_gender(value: Json) -> None:
    from kobjctl.actions.customer_fields import GENDERS  # noqa: PLC0415 - see above

    if value not in GENDERS:
        raise BadParamError(f"gender is one of {', '.join(GENDERS)}")


def _check_tags(value: Json) -> None:
    from kobjctl.model.record import check_tags  # noqa: PLC0415 - see above

    check_tags(value)


def _check_method(value: Json) -> None:
    from kobjctl.actions.rest_api_fields import METHODS  # noqa: PLC0415 - see above

    if value.upper() not in METHODS:
        raise BadParamError(f"method is one of {', '.join(METHODS)}")


def _check_address(value: Json) -> None:
    from kobjctl.model.address import AddressError, read_address  # noqa: PLC0415 - see above

    try:
        read_address(value)
    except AddressError as error:
        raise BadParamError(
            f"{error.message}; {error.hint}" if error.hint else error.message
        ) from error


def _check_items(kind: str) -> Form:
    def check(items: Json) -> None:
        from kobjctl.model.customer import identity_items  # noqa: PLC0415 - see above

        identity_items(kind, items)

    return check


def _check_run_at(value: Json) -> None:
    from kobjctl.actions.scheduler_schedule_workflow import due  # noqa: PLC0415 - see above

    due(value, _ANY_TIME)


_FORMS: Final[Mapping[tuple[str, str], Form]] = {
    ("customer", "email"): _check_email,
    ("customer", "phone"): _check_phone,
    ("user", "email"): _check_email,
    ("rest-api", "method"): _check_method,
    ("rest-api", "uri"): _check_address,
    ("customer", "gender"): _check_gender,
    ("customer", "tags"): _check_tags,
    ("kobject", "tags"): _check_tags,
    **{
        ("customer", kind): _check_items(kind)
        for kind in ("emails", "phones", "whatsapps", "socials")
    },
    (SCHEDULE, "runAt"): _check_run_at,
}
