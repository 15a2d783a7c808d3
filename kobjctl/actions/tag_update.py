"""Tag: Update."""

from typing import Annotated

from kobjctl.actions.base import World, action
from kobjctl.actions.core_outputs import TAG
from kobjctl.actions.core_records import change, find
from kobjctl.actions.params import Length, Params, given_fields
from kobjctl.model.kinds import CoreRecord
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, Missing


class Declared(Params):
    """`id` is the tag's; only the fields that are given change."""

    id: str
    name: str | Missing = MISSING
    color: Annotated[str, Length(64)] | Missing | None = MISSING


@action("kustomer.tag.update", label="Tag: Update", output=TAG, confirmed=False)
def perform(params: Declared, world: World) -> CoreRecord:
    """Change the name or the colour of a tag; conversations keep it by its id."""
    given = given_fields(params)
    tag = find("tag", given.pop("id"), world)
    check_tags([given["name"]] if "name" in given else [])
    return change(tag, given, world)
