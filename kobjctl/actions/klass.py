"""The actions on Klasses."""

from typing import Annotated, Final

from kobjctl.actions.base import Output, action
from kobjctl.model.errors import BadParamError, ConflictError, UsageError
from kobjctl.model.kinds import check_klass_name
from kobjctl.model.kinds.limits import Length
from kobjctl.model.klass import Klass
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalList, OptionalText, given_fields

_ALLOWED: Final = {
    "status": ("enabled", "disabled"),
    "klassSchema": ("task",),
    "mixins": ("commentable", "assignable", "editable", "creatable"),
}

KLASS: Final[Output] = {
    "id": "text",
    "name": "text",
    "displayName": "text",
    "icon": "text",
    "color": "text",
    "status": "text",
    "mixins": "list",
    "klassSchema": "text",
    "jsonSchema": "anything",
    "appDisabled": "true or false",
    "appVersion": "text",
    "s3DataUrl": "text",
    "org": "text",
    "createdAt": "date and time",
    "updatedAt": "date and time",
}


class FindKlassParams(Fields):
    """`klassName` of the Klass; case counts."""

    klass_name: str


@action(
    "kustomer.klass.find-by-klassname",
    label="Klass: Lookup (By Klass Name)",
    output=KLASS,
    lookup=True,
    params_confirmed=False,
)
def find_by_klassname(params: FindKlassParams, context: RunContext) -> Klass | None:
    """Find a Klass by name; if there is none, the output is empty."""
    return context.org.store.klasses.get(params.klass_name)


class CreateKlassParams(Fields):
    """The fields of a Klass; its attributes are no part of it (`manual/platform.md 9.1`)."""

    name: Annotated[str, Length(255, least=1)]
    display_name: Annotated[str, Length(255)] | MissingValue | None = MISSING
    icon: Annotated[str, Length(64)] | MissingValue | None = MISSING
    color: Annotated[str, Length(64)] | MissingValue | None = MISSING
    status: OptionalText = MISSING
    klass_schema: OptionalText = MISSING
    mixins: OptionalList = MISSING
    json_schema: object | MissingValue | None = MISSING


@action("kustomer.klass.create", label="Klass: Create", output=KLASS, params_confirmed=False)
def create(params: CreateKlassParams, context: RunContext) -> Klass:
    """Create a Klass. Attributes are added to it afterwards, by `kobjctl klass edit` or a file."""
    values = {key: value for key, value in given_fields(params).items() if value is not None}
    check_name(params.name)
    for name in _ALLOWED:
        check_choices(name, values.get(name, []))
    if context.org.store.klasses.get(params.name):
        raise ConflictError(f'a klass called "{params.name}" already exists', parameter="name")
    at = context.org.now()
    klass = Klass.from_definition(
        values, klass_id=context.org.new_id(), created_at=at, updated_at=at
    )
    context.org.store.klasses.add(klass)
    return klass


def check_name(name: str) -> None:
    """Raise BadParamError for a name that no Klass can have."""
    try:
        check_klass_name(name)
    except UsageError as error:
        raise BadParamError(error.message, parameter="name") from error


def check_choices(name: str, values: Json) -> None:
    """Raise BadParamError for a value, or one of a list, that a field with few of them has not."""
    allowed = _ALLOWED[name]
    for value in values if isinstance(values, list) else [values]:
        if value not in allowed:
            raise BadParamError(
                f'{name} can\'t be "{value}": it must be {", ".join(allowed)}', parameter=name
            )
