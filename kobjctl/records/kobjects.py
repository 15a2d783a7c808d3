"""KObjects: how one is made, changed and deleted (`manual/platform.md 9.6, 9.8`)."""

from typing import TYPE_CHECKING, Final

from kobjctl.model.custom import merge_custom
from kobjctl.model.errors import NotFoundError
from kobjctl.model.kinds import KINDS
from kobjctl.model.klass import Klass
from kobjctl.model.kobject import DEFAULT_ICON, KObject
from kobjctl.model.values import JsonObject
from kobjctl.records import events
from kobjctl.records.context import RunContext
from kobjctl.records.relations import check_custom_of, check_related

if TYPE_CHECKING:
    from kobjctl.store.store import Store

MAX_REQUEST: Final = 100 * 1024
# What stands in columns of its own.
_NOT_STORED: Final = [each.name for each in KINDS["kobject"].fields if each.into or each.of]


def create(attributes: JsonObject, context: RunContext) -> tuple[KObject, list[str]]:
    """Write a new KObject, note it on its customer if it has one; return it with warnings.

    Raises NotFoundError for an unknown Klass or customer, ConflictError for a taken external id,
    BadParamError for a value the platform refuses.
    """
    klass = context.org.store.klasses.get(attributes["klassName"])
    if klass is None or klass.standard:
        raise NotFoundError(f'no klass is called "{attributes["klassName"]}"', parameter="name")
    _check_owners(attributes, context.org.store)
    customer = attributes.get("customer")
    body, warnings = _read(attributes, klass, context.org.store)
    body = {key: value for key, value in body.items() if value is not None}
    now = context.org.now()
    kobject = KObject(
        id=context.org.new_id(),
        klass=klass.name,
        given={"title": attributes["title"], "icon": klass.icon or DEFAULT_ICON, **body},
        created_at=now,
        updated_at=now,
        customer=customer,
        company=attributes.get("company"),
    )
    # As it was before it had the KObject; only asked for where somebody listens.
    customers = context.org.store.customers
    heard = events.hears_updates(context, "customer")
    before = customers.get(customer) if customer and heard else None
    size = context.org.store.kobjects.add(kobject)
    if size > MAX_REQUEST:
        warnings.append(
            f"the KObject has {size:,} characters; the platform's API allows {MAX_REQUEST:,}"
            " whether its workflows take more is unsettled (read here as yes)"
        )
    events.created(context, f"kobject.{klass.name}", kobject)
    if customer is not None:
        customers.touch(customer, now)
    if before and (after := customers.get(before.id)):
        events.updated(context, "customer", before, after)
    return kobject, warnings


def update(
    kobject: KObject, attributes: JsonObject, context: RunContext
) -> tuple[KObject, list[str]]:
    """Write the fields of a KObject that are given; return it with warnings, as `create` does.

    `custom` is merged, the rest replaces.
    """
    body, warnings = _read(
        attributes, context.org.store.klasses.get(kobject.klass), context.org.store
    )
    if "custom" in body:
        body["custom"] = merge_custom(kobject.given.get("custom"), body["custom"])
    _check_owners(attributes, context.org.store)
    changed = kobject._replace(
        given=kobject.given | body,
        customer=attributes.get("customer", kobject.customer),
        company=attributes.get("company", kobject.company),
        rev=kobject.rev + 1,
        updated_at=context.org.now(),
    )
    context.org.store.kobjects.replace(changed)
    events.updated(context, f"kobject.{kobject.klass}", kobject, changed)
    return changed, warnings


def delete(klass_name: str, kobject_id: str, context: RunContext) -> None:
    """Delete a KObject of a Klass; raises NotFoundError."""
    context.org.store.kobjects.remove(find(klass_name, kobject_id, context.org.store).id)


def find(klass_name: str, kobject_id: str, store: "Store") -> KObject:
    """Return a KObject of a Klass by its id; raises NotFoundError."""
    kobject = store.kobjects.get(kobject_id)
    if kobject is None or kobject.klass != klass_name:
        raise NotFoundError(f'no {klass_name} has the id "{kobject_id}"', parameter="id")
    return kobject


def _read(
    attributes: JsonObject, klass: Klass | None, store: "Store"
) -> tuple[JsonObject, list[str]]:
    """Return the attributes as the platform stores them, and warnings; raises BadParamError."""
    body = {key: value for key, value in attributes.items() if key not in _NOT_STORED}
    return body, check_custom_of(klass, body.get("custom") or {}, store)


def _check_owners(attributes: JsonObject, store: "Store") -> None:
    """Raise NotFoundError unless the customer and the company that are given are there."""
    for kind in KINDS["kobject"].relations:
        if attributes.get(kind) is not None:
            check_related(kind, attributes[kind], store)
