"""Note: Delete."""

from kobjctl.actions.activity import note_notes
from kobjctl.actions.base import Result, World, action
from kobjctl.actions.core_records import delete, find, owners
from kobjctl.actions.outputs import DELETED
from kobjctl.actions.params import Params


class Declared(Params):
    """`id` of the note."""

    id: str


@action("kustomer.note.delete", label="Note: Delete", output=DELETED, confirmed=False)
def perform(params: Declared, world: World) -> Result:
    """Delete a note; the output has its id."""
    note = find("note", params.id, world)
    customer, conversation = owners(dict(note.relations), world)
    result = delete("note", note.id, world)
    note_notes(customer, conversation, -1, world)
    return result
