"""The fields that several kinds of records have."""

from functools import partial
from typing import Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.kinds.identities import identity_items
from kobjctl.model.kinds.kind import ANY, LIST, OBJECT, TIME, RecordField
from kobjctl.model.kinds.limits import Instant, Length
from kobjctl.model.record import check_tags, queue_id
from kobjctl.model.values import Json

NAME: Final = (Length(256),)
LANGUAGE: Final = (Length(100),)
TAGS: Final = RecordField("tags", LIST, read=check_tags)
CUSTOM: Final = RecordField("custom", OBJECT)
QUEUE: Final = RecordField("queue", ANY, route="routing/queues", read=queue_id)
IMPORTED_AT: Final = RecordField("importedAt", TIME, (Instant(),), when="new")
AUTHORS: Final = tuple(
    RecordField(name, of="user", route="users") for name in ("createdBy", "modifiedBy")
)
CUSTOMER: Final = RecordField(
    "customer",
    when="new",
    of="customer",
    help="A customer's email, phone number, external id or id.",
)
CONVERSATION: Final = RecordField(
    "conversation", when="new", of="conversation", help="A conversation's id or external id."
)


def identities(name: str) -> RecordField:
    """Return the field of a list of values that identify somebody: `emails`, `phones`, ..."""
    return RecordField(name, LIST, read=partial(identity_items, name))


def objects(name: str) -> RecordField:
    """Return the field of a list of objects, of which nothing else is checked."""
    return RecordField(name, LIST, read=partial(_objects, name))


def _objects(name: str, items: Json) -> Json:
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise BadParamError(f"{name} takes a list of objects", parameter=name)
    return items


def external_id(least: int = 0) -> RecordField:
    """Return the field of another system's id, with at least so many characters."""
    limits = (Length(256, least),)
    return RecordField("externalId", limits=limits, help="The id in another system.")
