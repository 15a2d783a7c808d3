"""The actions on notes."""

from kobjctl.actions.factories import RecordActions

_NOTE = RecordActions("note")

find_by_id = _NOTE.lookup("id")
find_by_external = _NOTE.lookup("externalId", verb="find-by-external")
create = _NOTE.create("Write an internal note in a conversation or on a customer.")
update = _NOTE.update()
delete = _NOTE.delete("Delete a note; the output has its id.")
