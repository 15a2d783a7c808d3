"""The actions on messages."""

from kobjctl.actions.base import action
from kobjctl.actions.factories import RecordActions
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import MISSING
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalText, given_fields

_MESSAGE = RecordActions("message")

find_by_id = _MESSAGE.lookup("id")
find_by_external = _MESSAGE.lookup("externalId", verb="find-by-external")


class FindLastMessageParams(Fields):
    """`conversation`, or else the `customer`, whose last message is looked for."""

    needs_one = ("conversation", "customer")

    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


@action(
    "kustomer.message.find-last",
    label="Message: Find Last",
    output=_MESSAGE.kind.output,
    lookup=True,
    params_confirmed=False,
)
def find_last(params: FindLastMessageParams, context: RunContext) -> CoreRecord | None:
    """Find the newest message of a conversation or a customer; without any, the output is empty."""
    values = given_fields(params)
    relation = next(name for name in params.needs_one if values.get(name) is not None)
    newest = context.org.store.records("message").last_created(relation, values[relation], 1)
    return newest[0] if newest else None


create = _MESSAGE.create(
    """Record a message in a conversation, or in a new one of a customer. Nothing is sent.

    The conversation counts it and gets its channel, and is open again when the customer wrote.
    """
)
update = _MESSAGE.update()
