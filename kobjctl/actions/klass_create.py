"""Klass: Create."""

from typing import Annotated, Any, Final

from kobjctl.actions.base import World, action
from kobjctl.actions.outputs import KLASS
from kobjctl.actions.params import Length, OptionalList, OptionalText, Params, given_fields
from kobjctl.model.errors import BadParamError, ConflictError, UsageError
from kobjctl.model.klass import Klass, check_klass_name
from kobjctl.model.values import MISSING, Missing

_ALLOWED: Final = {
    "status": ("enabled", "disabled"),
    "klassSchema": ("task",),
    "mixins": ("commentable", "assignable", "editable", "creatable"),
}


class Declared(Params):
    """The fields of a Klass; its attributes are no part of it (`platform/data.md` 1.1)."""

    name: Annotated[str, Length(255, least=1)]
    display_name: Annotated[str, Length(255)] | Missing | None = MISSING
    icon: Annotated[str, Length(64)] | Missing | None = MISSING
    color: Annotated[str, Length(64)] | Missing | None = MISSING
    status: OptionalText = MISSING
    klass_schema: OptionalText = MISSING
    mixins: OptionalList = MISSING
    json_schema: object | Missing | None = MISSING


@action("kustomer.klass.create", label="Klass: Create", output=KLASS)
def perform(params: Declared, world: World) -> Klass:
    """Create a Klass. Attributes are added to it afterwards, by `kobjctl klass edit` or a file."""
    given = {key: value for key, value in given_fields(params).items() if value is not None}
    try:
        check_klass_name(params.name)
    except UsageError as error:
        raise BadParamError(error.message, parameter="name") from error
    for name, allowed in _ALLOWED.items():
        values = given.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            _check_choice(name, value, allowed)
    if world.store.klasses.get(params.name):
        raise ConflictError(f'a klass called "{params.name}" is there already', parameter="name")
    at = world.now()
    klass = Klass.from_definition(given, klass_id=world.new_id(), created_at=at, updated_at=at)
    world.store.klasses.add(klass)
    return klass


def _check_choice(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadParamError(
            f'{name} can\'t be "{value}": it takes {", ".join(allowed)}', parameter=name
        )
