"""Note: Create."""

from kobjctl.actions.activity import note_notes
from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.core_outputs import NOTE
from kobjctl.actions.core_records import make, owners
from kobjctl.actions.note_fields import NoteFields, read_body
from kobjctl.actions.params import OptionalText, given_fields
from kobjctl.model.values import MISSING


class Declared(NoteFields):
    """`conversation` is the id of the one that gets the note, or `customer` who gets it."""

    needs_one = ("conversation", "customer")

    body: str
    conversation: OptionalText = MISSING
    customer: OptionalText = MISSING


@action("kustomer.note.create", label="Note: Create", output=NOTE)
def perform(params: Declared, world: World) -> Warned:
    """Leave a note, which customers never see, in a conversation or on a customer."""
    given = given_fields(params)
    customer, conversation = owners(given, world)
    body, warnings = read_body(given, world)
    relations = {"customer": customer.id}
    if conversation is not None:
        relations["conversation"] = conversation.id
    note = make("note", body, world, relations)
    note_notes(customer, conversation, 1, world)
    return Warned(note, warnings)
