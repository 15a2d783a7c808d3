"""What records of every kind have in common: the resource, and its flattened form."""

import re
from typing import Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.values import Json, JsonObject

MAX_TAGS: Final = 20
_TAG: Final = r"[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}"


def relation(kind: str, record_id: str, link: str) -> JsonObject:
    """Return a to-one relationship of a resource."""
    return {"links": {"self": link}, "data": {"type": kind, "id": record_id}}


def flatten(resource: JsonObject) -> JsonObject:
    """Flatten a resource as a step's output: id, attributes, and ids of to-one relationships.

    Source: `manual/platform.md 7.2`.
    """
    flat: JsonObject = {"id": resource["id"], **resource["attributes"]}
    for name, relationship in resource["relationships"].items():
        related = relationship.get("data")
        if isinstance(related, dict) and "id" in related:
            flat[name] = related["id"]
    return flat


def check_tag(name: str) -> str:
    """Return the name of a tag; raises BadParamError for one the platform refuses."""
    if not isinstance(name, str) or not re.fullmatch(_TAG, name):
        raise BadParamError(f'"{name}" can\'t be a tag', parameter="tags")
    return name


def check_tags(tags: list[str]) -> list[str]:
    """Return tags; raises BadParamError for those the platform refuses.

    Source: `manual/platform.md 9.6`.
    """
    for tag in tags:
        check_tag(tag)
    if len(tags) > MAX_TAGS or len(set(tags)) < len(tags):
        raise BadParamError(f"tags must be at most {MAX_TAGS} and unique", parameter="tags")
    return tags


def read_tags(tags: Json) -> list[str]:
    """Return the tags that are named, of which one alone may be no list; raises BadParamError."""
    return check_tags(tags if isinstance(tags, list) else [tags])


def queue_id(queue: Json) -> str | None:
    """Return the id of a queue that is given as the API takes it, `{"id": ...}`, or as the id."""
    found = queue.get("id") if isinstance(queue, dict) else queue
    if found is None or isinstance(found, str):
        return found
    raise BadParamError("queue takes the id of a queue", parameter="queue")
