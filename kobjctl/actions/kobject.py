"""The actions on KObjects, which are named by their Klass, too."""

from functools import partial

from kobjctl.actions.base import Result, ResultWithWarnings, action
from kobjctl.actions.factories import DELETED, RecordActions
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.records import kobjects
from kobjctl.records.context import RunContext
from kobjctl.records.fields import (
    Declaration,
    Fields,
    OptionalText,
    changed_record,
    given_fields,
    id_field,
    new_record,
)

_KOBJECT = RecordActions("kobject", label="Custom Object (KObject)")
_NAMED_BY = ("klassName", "id")


def _named(*names: str) -> Declaration:
    return Declaration([*map(id_field, names)])


def _with_customer() -> Declaration:
    """Return the fields of a new KObject that a customer gets."""
    fields = [each for each in new_record(_KOBJECT.kind).fields if each.name != "company"]
    return Declaration(
        [id_field("customer") if each.name == "customer" else each for each in fields]
    )


def _find(values: JsonObject, context: RunContext) -> Result:
    kobject = context.org.store.kobjects.get(values["id"])
    return kobject if kobject and kobject.klass == values["klassName"] else None


def _find_by_external_id(values: JsonObject, context: RunContext) -> Result:
    return context.org.store.kobjects.find(values["klassName"], values["externalId"])


def _create(values: JsonObject, context: RunContext) -> Result:
    return ResultWithWarnings(*kobjects.create(values, context))


def _update(values: JsonObject, context: RunContext) -> Result:
    kobject = kobjects.find(values.pop("klassName"), values.pop("id"), context.org.store)
    return ResultWithWarnings(*kobjects.update(kobject, values, context))


def _delete(values: JsonObject, context: RunContext) -> Result:
    kobjects.delete(values["klassName"], values["id"], context)
    return {"id": values["id"]}


find = _KOBJECT.action(
    "find",
    partial(_named, *_NAMED_BY),
    _find,
    "Find a KObject by id; if the Klass has none, the output is empty.",
    label="Lookup",
    lookup=True,
)
find_by_external_id = _KOBJECT.action(
    "find-by-external-id",
    partial(_named, "klassName", "externalId"),
    _find_by_external_id,
    "Find a KObject by external id; if there is none, the output is empty.",
    label="Lookup (By External Id)",
    lookup=True,
)
create = _KOBJECT.action(
    "create",
    partial(new_record, _KOBJECT.kind),
    _create,
    "Create a KObject, on a customer's timeline if one is named.",
)
create_with_customer = _KOBJECT.action(
    "create-with-customer", _with_customer, _create, "Create a KObject on a customer's timeline."
)
update = _KOBJECT.action(
    "update",
    partial(changed_record, _KOBJECT.kind, *_NAMED_BY),
    _update,
    "Change a KObject: new values replace old ones, `custom` is merged, null clears.",
)


class RelationshipParams(Fields):
    """The KObject, and the `customer` or the `company` that it gets."""

    needs_one = ("customer", "company")

    klass_name: str
    id: str
    customer: OptionalText = MISSING
    company: OptionalText = MISSING


@action(
    "kustomer.kobject.add-relationship",
    label="Custom Object (KObject): Add Relationship",
    output=_KOBJECT.kind.output,
    params_confirmed=False,
)
def add_relationship(params: RelationshipParams, context: RunContext) -> ResultWithWarnings:
    """Relate a KObject to a customer or a company, in place of the one that it had.

    That it can be related to nothing else is not confirmed.
    """
    kobject = kobjects.find(params.klass_name, params.id, context.org.store)
    owners = {
        name: value for name, value in given_fields(params).items() if name in params.needs_one
    }
    return ResultWithWarnings(*kobjects.update(kobject, owners, context))


delete = _KOBJECT.action(
    "delete",
    partial(_named, *_NAMED_BY),
    _delete,
    "Delete a KObject; the output has its id.",
    output=DELETED,
)
