"""Custom Object (KObject): Update."""

from typing import Annotated

from kobjctl.actions import events
from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.kobject_fields import KObjectFields, check_owners, find, read_body
from kobjctl.actions.outputs import KOBJECT
from kobjctl.actions.params import Length, OptionalObject, OptionalText, given_fields
from kobjctl.model.custom import merge_custom
from kobjctl.model.kobject import MAX_TITLE
from kobjctl.model.values import MISSING, Missing


class Declared(KObjectFields):
    """`klassName` and `id` name the KObject; only the fields that are given change."""

    klass_name: str
    id: str
    title: Annotated[str, Length(MAX_TITLE, least=1)] | Missing = MISSING
    data: OptionalObject = MISSING
    customer: OptionalText = MISSING
    company: OptionalText = MISSING


@action("kustomer.kobject.update", label="Custom Object (KObject): Update", output=KOBJECT)
def perform(params: Declared, world: World) -> Warned:
    """Change a KObject: given fields replace the old ones, `custom` is merged, null clears."""
    kobject = find(params.klass_name, params.id, world)
    given = given_fields(params)
    body, warnings = read_body(given, world.store.klasses.get(kobject.klass), world)
    if "custom" in body:
        body["custom"] = merge_custom(kobject.given.get("custom"), body["custom"])
    check_owners(given, world)
    changed = kobject._replace(
        given=kobject.given | body,
        customer=given.get("customer", kobject.customer),
        company=given.get("company", kobject.company),
        rev=kobject.rev + 1,
        updated_at=world.now(),
    )
    world.store.kobjects.replace(changed)
    events.updated(world, f"kobject.{kobject.klass}", kobject, changed)
    return Warned(changed, warnings)
