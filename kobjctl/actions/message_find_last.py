"""Message: Find Last."""

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import MESSAGE
from kobjctl.actions.params import OptionalText, Params, given_fields
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.values import MISSING


class Declared(Params):
    """`conversation`, or else the `customer`, whose last message is looked for."""

    needs_one = ("conversation", "customer")

    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


@action("kustomer.message.find-last", label="Message: Find Last", output=MESSAGE, lookup=True)
def perform(params: Declared, world: World) -> CoreRecord | None:
    """Find the newest message of a conversation, or of a customer; finding none is no error.

    The names of the parameters are a reading: public sources have the name of the action alone.
    """
    given = given_fields(params)
    relation = next(name for name in params.needs_one if given.get(name) is not None)
    newest = world.store.records("message").last_created(relation, given[relation], 1)
    return newest[0] if newest else None
