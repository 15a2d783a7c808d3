"""The fields that Note: Create and Note: Update have in common.

Source: the body of the platform's note API.
"""

from typing import Annotated

from kobjctl.actions.base import World
from kobjctl.actions.core_records import unknown_users
from kobjctl.actions.params import Length, OptionalList, Params
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import MISSING, Json, JsonObject, Missing


class NoteFields(Params):
    """The optional fields of a note, new or changed; `userMentions` is a list of `{user}`."""

    external_id: Annotated[str, Length(256)] | Missing | None = MISSING
    user_mentions: OptionalList = MISSING
    lang: Annotated[str, Length(100)] | Missing | None = MISSING


def read_body(given: JsonObject, world: World) -> tuple[JsonObject, list[str]]:
    """Give the attributes as the platform stores them, and warnings; raises BadParamError."""
    if "userMentions" not in given:
        return given, []
    mentions = [_mention(each) for each in given["userMentions"] or ()]
    users = [each["user"] for each in mentions if "user" in each]
    return {**given, "userMentions": mentions}, unknown_users(users, world)


def _mention(item: Json) -> JsonObject:
    """Give a mention as `{user}` or `{team}`; the bare id of a user is read as well."""
    mention = {"user": item} if isinstance(item, str) else item
    if not isinstance(mention, dict) or not mention or mention.keys() - {"user", "team"}:
        raise _no_mention()
    if not all(isinstance(each, str) for each in mention.values()):
        raise _no_mention()
    return mention


def _no_mention() -> BadParamError:
    return BadParamError('userMentions takes a list of {"user": "<id>"}', parameter="userMentions")
