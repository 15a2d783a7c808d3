"""The actions on companies."""

from kobjctl.actions.factories import RecordActions

_COMPANY = RecordActions("company")

find = _COMPANY.lookup("id", verb="find", param="identifier")
find_by_external_id = _COMPANY.lookup("externalId")
create = _COMPANY.create("Create a company; fails when its external id is another company's.")
update = _COMPANY.update()
delete = _COMPANY.delete(
    "Delete a company; its customers and KObjects stay, in no company. The output has its id."
)
