"""What a literal of a parameter must look like beyond its type: the actions' own checks."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from kobjctl.actions.customer_fields import check_gender
from kobjctl.actions.rest_api_fields import check_method
from kobjctl.actions.scheduler_schedule_workflow import due
from kobjctl.model.address import AddressError, read_address
from kobjctl.model.customer import identity_items, normalize_email, normalize_phone
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import is_reference
from kobjctl.model.record import check_tags
from kobjctl.model.values import Json

Form: TypeAlias = Callable[[Json], object]

SCHEDULE: Final = "kustomer.app.scheduler.schedule-workflow"
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


def _check_address(value: Json) -> None:
    try:
        read_address(value)
    except AddressError as error:
        raise BadParamError(error.message, hint=error.hint) from error


def _items(kind: str) -> Form:
    return lambda items: identity_items(kind, items)


_FORMS: Final[Mapping[tuple[str, str], Form]] = {
    ("customer", "email"): normalize_email,
    ("customer", "phone"): normalize_phone,
    ("user", "email"): normalize_email,
    ("rest-api", "method"): check_method,
    ("rest-api", "uri"): _check_address,
    ("customer", "gender"): check_gender,
    ("customer", "tags"): check_tags,
    ("kobject", "tags"): check_tags,
    **{("customer", kind): _items(kind) for kind in ("emails", "phones", "whatsapps", "socials")},
    (SCHEDULE, "runAt"): lambda run_at: due(run_at, _ANY_TIME),
}
