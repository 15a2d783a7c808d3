"""The actions on tags."""

from functools import partial

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.core_outputs import TAG
from kobjctl.actions.factories import IdParams, NameParams, delete_by_id, find_by, record_by
from kobjctl.records import core, tags
from kobjctl.records.context import World
from kobjctl.records.fields import given_fields
from kobjctl.records.tags import NewTag, TagChanges

find_by_id = find_by(
    "kustomer.tag.find-by-id",
    IdParams,
    record_by("tag", "id"),
    sentence="Find a tag by id",
    label="Tag: Lookup (By Id)",
    output=TAG,
    confirmed=False,
)
find_by_name = find_by(
    "kustomer.tag.find-by-name",
    NameParams,
    record_by("tag", "name"),
    sentence="Find a tag by name",
    label="Tag: Lookup (By Name)",
    output=TAG,
    confirmed=False,
)


@action("kustomer.tag.create", label="Tag: Create", output=TAG, confirmed=False)
def create(params: NewTag, context: World) -> ResultWithWarnings:
    """Create a tag; fails when its name is another tag's."""
    return ResultWithWarnings(*tags.create(given_fields(params), context))


class UpdateTagParams(TagChanges):
    """`id` is the tag's; only the fields that are given change."""

    id: str


@action("kustomer.tag.update", label="Tag: Update", output=TAG, confirmed=False)
def update(params: UpdateTagParams, context: World) -> ResultWithWarnings:
    """Change the name or the colour of a tag; conversations keep it by its id."""
    given = given_fields(params)
    tag = core.find("tag", given.pop("id"), context)
    return ResultWithWarnings(*tags.update(tag, given, context))


delete = delete_by_id(
    "kustomer.tag.delete",
    partial(core.delete, "tag"),
    label="Tag: Delete",
    explanation="Delete a tag; conversations that have it keep its id. The output has the id.",
)
