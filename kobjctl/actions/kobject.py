"""The actions on KObjects."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.outputs import DELETED, KOBJECT
from kobjctl.model.kobject import KObject
from kobjctl.model.values import JsonObject
from kobjctl.records import kobjects
from kobjctl.records.context import World
from kobjctl.records.fields import Fields, given_fields
from kobjctl.records.kobjects import KObjectChanges, NewKObject, RequiredKObjectFields


class KObjectIdParams(Fields):
    """`klassName` and `id` of the KObject."""

    klass_name: str
    id: str


class FindKObjectByExternalIdParams(Fields):
    """`klassName`, and the `externalId` that is unique in it."""

    klass_name: str
    external_id: str


class CreateKObjectWithCustomerParams(RequiredKObjectFields):
    """`customer` is the id of the customer whose timeline gets the KObject."""

    customer: str


class UpdateKObjectParams(KObjectChanges):
    """`klassName` and `id` name the KObject; only the fields that are given change."""

    klass_name: str
    id: str


@action(
    "kustomer.kobject.find", label="Custom Object (KObject): Lookup", output=KOBJECT, lookup=True
)
def find(params: KObjectIdParams, context: World) -> KObject | None:
    """Find a KObject by id; finding none of this Klass is no error, the output is then empty."""
    kobject = context.store.kobjects.get(params.id)
    return kobject if kobject and kobject.klass == params.klass_name else None


@action(
    "kustomer.kobject.find-by-external-id",
    label="Custom Object (KObject): Lookup (By External Id)",
    output=KOBJECT,
    lookup=True,
)
def find_by_external_id(params: FindKObjectByExternalIdParams, context: World) -> KObject | None:
    """Find a KObject by external id; finding none is no error, the output is then empty."""
    return context.store.kobjects.find(params.klass_name, params.external_id)


@action("kustomer.kobject.create", label="Custom Object (KObject): Create", output=KOBJECT)
def create(params: NewKObject, context: World) -> ResultWithWarnings:
    """Create a KObject, on a customer's timeline if one is named."""
    return ResultWithWarnings(*kobjects.create(given_fields(params), context))


@action(
    "kustomer.kobject.create-with-customer",
    label="Custom Object (KObject): Create With Customer",
    output=KOBJECT,
)
def create_with_customer(
    params: CreateKObjectWithCustomerParams, context: World
) -> ResultWithWarnings:
    """Create a KObject on a customer's timeline."""
    return ResultWithWarnings(*kobjects.create(given_fields(params), context))


@action("kustomer.kobject.update", label="Custom Object (KObject): Update", output=KOBJECT)
def update(params: UpdateKObjectParams, context: World) -> ResultWithWarnings:
    """Change a KObject: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    kobject = kobjects.find(given.pop("klassName"), given.pop("id"), context)
    return ResultWithWarnings(*kobjects.update(kobject, given, context))


@action("kustomer.kobject.delete", label="Custom Object (KObject): Delete", output=DELETED)
def delete(params: KObjectIdParams, context: World) -> JsonObject:
    """Delete a KObject; the output has its id."""
    kobjects.delete(params.klass_name, params.id, context)
    return {"id": params.id}
