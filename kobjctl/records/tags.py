"""Tags: the fields that one has, and how one is made and changed."""

from typing import Annotated

from kobjctl.model.kinds import CoreRecord
from kobjctl.model.record import check_tags
from kobjctl.model.values import MISSING, JsonObject, MissingValue
from kobjctl.records import core
from kobjctl.records.context import World
from kobjctl.records.fields import Fields, Length


class TagFields(Fields):
    """The optional fields of a tag."""

    color: Annotated[str, Length(64)] | MissingValue | None = MISSING


class NewTag(TagFields):
    """The name of the new tag is required."""

    name: str


class TagChanges(TagFields):
    """The fields that change."""

    name: str | MissingValue = MISSING


def create(attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write a new tag; return it, and no warnings.

    `given` has the fields of `NewTag` by their platform names. Raises BadParamError, and
    ConflictError for a name that is another tag's.
    """
    check_tags([attributes["name"]])
    return core.make("tag", attributes, context), []


def update(tag: CoreRecord, attributes: JsonObject, context: World) -> tuple[CoreRecord, list[str]]:
    """Write the name or the colour of a tag; return it as `create` does.

    Conversations keep it by its id.
    """
    check_tags([attributes["name"]] if "name" in attributes else [])
    return core.change(tag, attributes, context), []
