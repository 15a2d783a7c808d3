"""The actions on notes."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.core_outputs import NOTE
from kobjctl.actions.factories import (
    ExternalIdParams,
    IdParams,
    delete_by_id,
    find_by,
    record_by,
)
from kobjctl.records import core, notes
from kobjctl.records.context import World
from kobjctl.records.fields import given_fields
from kobjctl.records.notes import NewNote, NoteChanges

find_by_id = find_by(
    "kustomer.note.find-by-id",
    IdParams,
    record_by("note", "id"),
    sentence="Find a note by id",
    label="Note: Lookup (By Id)",
    output=NOTE,
)
find_by_external = find_by(
    "kustomer.note.find-by-external",
    ExternalIdParams,
    record_by("note", "externalId"),
    sentence="Find a note by external id",
    label="Note: Lookup (By External Id)",
    output=NOTE,
)


@action("kustomer.note.create", label="Note: Create", output=NOTE)
def create(params: NewNote, context: World) -> ResultWithWarnings:
    """Leave a note, which customers never see, in a conversation or on a customer."""
    return ResultWithWarnings(*notes.create(given_fields(params), context))


class UpdateNoteParams(NoteChanges):
    """`id` is the note's; only the fields that are given change."""

    id: str


@action("kustomer.note.update", label="Note: Update", output=NOTE)
def update(params: UpdateNoteParams, context: World) -> ResultWithWarnings:
    """Change a note: given fields replace the old ones, null clears."""
    given = given_fields(params)
    note = core.find("note", given.pop("id"), context)
    return ResultWithWarnings(*notes.update(note, given, context))


delete = delete_by_id(
    "kustomer.note.delete",
    notes.delete,
    label="Note: Delete",
    explanation="Delete a note; the output has its id.",
)
