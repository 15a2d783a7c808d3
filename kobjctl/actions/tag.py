"""The actions on tags."""

from kobjctl.actions.factories import RecordActions

_TAG = RecordActions("tag")

find_by_id = _TAG.lookup("id", confirmed=False)
find_by_name = _TAG.lookup("name", confirmed=False)
create = _TAG.create("Create a tag; fails when its name is another tag's.", confirmed=False)
update = _TAG.update("Conversations refer to it by its id.", confirmed=False)
delete = _TAG.delete("Delete a tag; conversations that have it keep its id. The output has the id.")
