"""What records of every kind have in common: the resource, and its flattened form."""

import re
from typing import Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.values import Json, JsonObject

MAX_TAGS: Final = 20
# Who writes what steps and commands write: the platform names a user, a local org needs none.
AUTHOR: Final = "f" * 24
_TAG: Final = r"[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}"


def relation(kind: str, record_id: str, route: str) -> JsonObject:
    """Return a to-one relationship of a resource, linked at a route: `customers`."""
    return {
        "links": {"self": f"/v1/{route}/{record_id}"},
        "data": {"type": kind, "id": record_id},
    }


def related_ids(resource: JsonObject) -> JsonObject:
    """Return the ids of the records that a resource is related to, by the names of the relations.

    A relation to several records has a list of them; one that only has a link is left out.
    """
    found: JsonObject = {}
    for name, relationship in resource["relationships"].items():
        data = relationship.get("data")
        if isinstance(data, list):
            found[name] = [each["id"] for each in data if isinstance(each, dict) and "id" in each]
        elif isinstance(data, dict) and "id" in data:
            found[name] = data["id"]
    return found


def flatten(resource: JsonObject) -> JsonObject:
    """Flatten a resource as a step's output: id, attributes, and the ids of related records.

    An attribute that has the name of a relation, as `sla` has, is what is read
    (`manual/platform.md 7.2`).
    """
    flat: JsonObject = {"id": resource["id"], **resource["attributes"]}
    for name, related in related_ids(resource).items():
        flat.setdefault(name, related)
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
