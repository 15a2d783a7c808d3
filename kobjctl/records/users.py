"""Users: a display name that is the name follows it."""

from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.values import JsonObject
from kobjctl.records import core
from kobjctl.records.context import RunContext


def create(attributes: JsonObject, context: RunContext) -> tuple[CoreRecord, list[str]]:
    """Write a new user; return it with warnings.

    Raises BadParamError, and ConflictError for an email that is another user's.
    """
    return core.create("user", {"displayName": attributes["name"], **attributes}, context)


def update(
    user: CoreRecord, attributes: JsonObject, context: RunContext
) -> tuple[CoreRecord, list[str]]:
    """Write the fields of a user that are given; return it with warnings, as `create` does."""
    if user.given["displayName"] == user.given["name"] and "name" in attributes:
        attributes = {"displayName": attributes["name"], **attributes}
    return core.update(user, attributes, context)
