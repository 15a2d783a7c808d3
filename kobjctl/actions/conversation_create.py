"""Conversation: Create."""

from typing import Annotated

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.conversation_fields import ConversationFields, create
from kobjctl.actions.core_outputs import CONVERSATION
from kobjctl.actions.core_records import related_customer
from kobjctl.actions.params import OneOf, given_fields
from kobjctl.model.values import MISSING, Missing


class Declared(ConversationFields):
    """`customer` is the id of the one whose conversation it is; a new one is open or done."""

    customer: str
    status: Annotated[str, OneOf(("open", "done"))] | Missing = MISSING


@action("kustomer.conversation.create", label="Conversation: Create", output=CONVERSATION)
def perform(params: Declared, world: World) -> Warned:
    """Create a conversation on a customer's timeline; a tag that is not there yet is made."""
    given = given_fields(params)
    customer = related_customer(given.pop("customer"), world)
    return create(customer, given, world)
