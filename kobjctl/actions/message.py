"""The actions on messages."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.factories import ExternalIdParams, IdParams, find_by, record_by
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING
from kobjctl.records import core, messages
from kobjctl.records.context import World
from kobjctl.records.fields import Fields, OptionalText, given_fields
from kobjctl.records.messages import MessageChanges, NewMessage

find_by_id = find_by(
    "kustomer.message.find-by-id",
    IdParams,
    record_by("message", "id"),
    sentence="Find a message by id",
    label="Message: Lookup (By Id)",
    output=MESSAGE,
)
find_by_external = find_by(
    "kustomer.message.find-by-external",
    ExternalIdParams,
    record_by("message", "externalId"),
    sentence="Find a message by external id",
    label="Message: Lookup (By External Id)",
    output=MESSAGE,
)


class FindLastMessageParams(Fields):
    """`conversation`, or else the `customer`, whose last message is looked for."""

    needs_one = ("conversation", "customer")

    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


@action("kustomer.message.find-last", label="Message: Find Last", output=MESSAGE, lookup=True)
def find_last(params: FindLastMessageParams, context: World) -> CoreRecord | None:
    """Find the newest message of a conversation, or of a customer; finding none is no error.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    given = given_fields(params)
    relation = next(name for name in params.needs_one if given.get(name) is not None)
    newest = context.store.records("message").last_created(relation, given[relation], 1)
    return newest[0] if newest else None


@action("kustomer.message.create", label="Message: Create", output=MESSAGE)
def create(params: NewMessage, context: World) -> ResultWithWarnings:
    """Record a message in a conversation, or in a new one of a customer; nothing is sent.

    The conversation counts it and gets its channel, and is open again when the customer wrote.
    """
    return ResultWithWarnings(*messages.create(given_fields(params), context))


class UpdateMessageParams(MessageChanges):
    """`id` is the message's; only the fields that are given change."""

    id: str


@action("kustomer.message.update", label="Message: Update", output=MESSAGE)
def update(params: UpdateMessageParams, context: World) -> ResultWithWarnings:
    """Change a message: given fields replace the old ones, `custom` is merged, null clears."""
    given = given_fields(params)
    message = core.find("message", given.pop("id"), context)
    return ResultWithWarnings(*messages.update(message, given, context))
