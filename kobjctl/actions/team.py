"""The actions on teams."""

from kobjctl.actions.factories import RecordActions

_TEAM = RecordActions("team")

find_by_id = _TEAM.lookup("id", confirmed=False)
find_by_name = _TEAM.lookup("name", confirmed=False)
