"""Note: Update."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.core_outputs import NOTE
from kobjctl.actions.core_records import change, find
from kobjctl.actions.note_fields import NoteFields, read_body
from kobjctl.actions.params import given_fields
from kobjctl.model.values import MISSING, Missing


class Declared(NoteFields):
    """`id` is the note's; only the fields that are given change."""

    id: str
    body: str | Missing = MISSING


@action("kustomer.note.update", label="Note: Update", output=NOTE)
def perform(params: Declared, world: World) -> Warned:
    """Change a note: given fields replace the old ones, null clears."""
    given = given_fields(params)
    note = find("note", given.pop("id"), world)
    body, warnings = read_body(given, world)
    return Warned(change(note, body, world), warnings)
