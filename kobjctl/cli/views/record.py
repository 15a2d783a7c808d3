"""How records are shown: customers, KObjects, and a customer's timeline."""

from collections.abc import Mapping, Sequence

from kobjctl.app.words import instant
from kobjctl.cli.output.blocks import (
    Block,
    Column,
    EmptyLine,
    JsonBlock,
    Line,
    Table,
    Tree,
    View,
    dim,
    heading,
    known_fields,
    name,
    text,
)
from kobjctl.cli.output.escape import text_or_json
from kobjctl.cli.views.core import item_tree
from kobjctl.model.customer import Customer
from kobjctl.model.klass import Klass, display_name_of
from kobjctl.model.kobject import KObject
from kobjctl.model.values import JsonObject
from kobjctl.records.details import Timeline


def customer_list(customers: Sequence[Customer], org_id: str) -> View:
    """Show customers by their names and identities."""
    columns = (
        Column("id", keep=True),
        Column("name"),
        Column("email"),
        Column("phone"),
        Column("updated", keep=True),
    )
    value = [each.resource(org_id) for each in customers]
    rows = [
        (
            name(each.id),
            str(resource["attributes"]["displayName"]),
            _joined(each.given, "emails", "email"),
            _joined(each.given, "phones", "phone"),
            instant(each.updated_at),
        )
        for each, resource in zip(customers, value, strict=True)
    ]
    return value, [Table(columns, rows, "no customers yet")]


def _joined(attributes: JsonObject, kind: str, key: str) -> str:
    return ", ".join(item[key] for item in attributes.get(kind, ()))


def customer_view(customer: Customer, resource: JsonObject, company: str) -> View:
    """Show a customer in full; `company` is the name of its company."""
    given = customer.given
    fields = known_fields(
        ("customer", heading(resource["attributes"]["displayName"])),
        ("id", name(customer.id)),
        ("emails", _joined(given, "emails", "email")),
        ("phones", _joined(given, "phones", "phone")),
        ("external ids", _joined(given, "externalIds", "externalId")),
        (
            "company",
            text(company, dim(customer.company or ""), gap="  ") if customer.company else "",
        ),
        *[(display_name_of(key), text_or_json(value)) for key, value in _custom(given).items()],
        ("created", customer.created_at),
        ("updated", customer.updated_at),
        ("last activity", customer.last_activity_at),
        ("kobjects", ", ".join(klasses) if (klasses := _klasses(resource)) else ""),
    )
    return resource, [fields]


def _klasses(resource: JsonObject) -> list[str]:
    related = resource["relationships"].items()
    return [key for key, value in related if (value.get("meta") or {}).get("kobject")]


def _custom(attributes: JsonObject) -> JsonObject:
    custom: JsonObject = attributes.get("custom") or {}
    return {key: value for key, value in custom.items() if value is not None}


def timeline_view(timeline: Timeline, klasses: Mapping[str, Klass], org_id: str) -> View:
    """Show a timeline: a KObject with its attributes by their labels, a conversation with what
    was written in it last.
    """
    customer = timeline.customer
    resource = customer.resource(org_id)
    who = resource["attributes"]["displayName"]
    blocks: list[Block] = [
        Line(text(heading(who), dim(customer.id), gap="  ")),
        *(
            _kobject(item, klasses) if isinstance(item, KObject) else item_tree(item)
            for item in timeline.items
        ),
    ]
    if not timeline.items:
        blocks.append(Line(dim("nothing on the timeline yet")))
    arounds = [item for item in timeline.items if not isinstance(item, KObject)]
    value = {
        "customer": resource,
        "timeline": [
            (item if isinstance(item, KObject) else item.record).resource(org_id)
            for item in timeline.items
        ],
        "included": [entry.resource(org_id) for each in arounds for entry in each.entries],
    }
    return value, blocks


def _kobject(kobject: KObject, klasses: Mapping[str, Klass]) -> Tree:
    label = text(
        heading(str(kobject.given.get("title", ""))),
        name(_klass_label(kobject, klasses)),
        dim(instant(kobject.updated_at)),
        dim(kobject.id),
        gap="  ",
    )
    labelled = _labelled(kobject, klasses.get(kobject.klass))
    return Tree(label, [Tree(f"{label_of}: {shown}") for label_of, shown in labelled])


def _klass_label(kobject: KObject, klasses: Mapping[str, Klass]) -> str:
    klass = klasses.get(kobject.klass)
    return klass.display_name if klass else kobject.klass


def _labelled(kobject: KObject, klass: Klass | None) -> list[tuple[str, str]]:
    description = kobject.given.get("description")
    lines = [("Description", str(description))] if description else []
    for key, value in _custom(kobject.given).items():
        attribute = klass.attributes.get(key) if klass else None
        label = attribute.display_name if attribute else display_name_of(key)
        lines.append((label, text_or_json(value)))
    return lines


def kobject_list(kobjects: Sequence[KObject], org_id: str) -> View:
    """Show KObjects by their titles."""
    columns = (
        Column("id", keep=True),
        Column("klass", keep=True),
        Column("title"),
        Column("external id"),
        Column("updated", keep=True),
    )
    rows = [
        (
            name(each.id),
            each.klass,
            str(each.given.get("title", "")),
            str(each.given.get("externalId") or ""),
            instant(each.updated_at),
        )
        for each in kobjects
    ]
    return [each.resource(org_id) for each in kobjects], [Table(columns, rows, "no KObjects yet")]


def kobject_view(kobject: KObject, klass: Klass | None, org_id: str) -> View:
    """Show a KObject in full: attributes by their labels, and its data."""
    given = kobject.given
    fields = known_fields(
        ("kobject", heading(str(given.get("title", "")))),
        ("id", name(kobject.id)),
        ("klass", kobject.klass),
        ("external id", str(given.get("externalId") or "")),
        ("customer", kobject.customer or ""),
        *_labelled(kobject, klass),
        ("tags", ", ".join(given.get("tags") or ())),
        ("created", kobject.created_at),
        ("updated", kobject.updated_at),
        ("rev", str(kobject.rev)),
    )
    blocks: list[Block] = [fields]
    if "data" in given:
        blocks += [EmptyLine(), JsonBlock("data", given["data"])]
    return kobject.resource(org_id), blocks
