"""Tag: Create."""

from typing import Annotated

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import TAG
from kobjctl.actions.core_records import make
from kobjctl.actions.params import Length, Params, given_fields
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, Missing


class Declared(Params):
    """The name of the new tag is required."""

    name: str
    color: Annotated[str, Length(64)] | Missing | None = MISSING


@action("kustomer.tag.create", label="Tag: Create", output=TAG, confirmed=False)
def perform(params: Declared, world: World) -> CoreRecord:
    """Create a tag; fails when its name is another tag's."""
    check_tags([params.name])
    return make("tag", given_fields(params), world)
