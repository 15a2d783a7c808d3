"""What records of every kind have in common: the resource, and its flattened form."""

import re
from typing import Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.values import JsonObject

MAX_TAGS: Final = 20
_TAG: Final = r"[0-9a-zA-ZÀ-ÿ_/<>\-.][0-9a-zA-ZÀ-ÿ _/<>\-.]{0,63}"


def relation(kind: str, record_id: str, link: str) -> JsonObject:
    """Return a to-one relationship of a resource."""
    return {"links": {"self": link}, "data": {"type": kind, "id": record_id}}


def flatten(resource: JsonObject) -> JsonObject:
    """Flatten a resource as a step's output: id, attributes, and ids of to-one relationships.

    Source: `platform/workflows.md` 4.2.
    """
    flat: JsonObject = {"id": resource["id"], **resource["attributes"]}
    for name, relationship in resource["relationships"].items():
        related = relationship.get("data")
        if isinstance(related, dict) and "id" in related:
            flat[name] = related["id"]
    return flat


def check_tags(tags: list[str]) -> None:
    """Raise BadParamError for tags the platform refuses (`platform/data.md` 2.2)."""
    for tag in tags:
        if not isinstance(tag, str) or not re.fullmatch(_TAG, tag):
            raise BadParamError(f'"{tag}" can\'t be a tag', parameter="tags")
    if len(tags) > MAX_TAGS or len(set(tags)) < len(tags):
        raise BadParamError(f"tags must be at most {MAX_TAGS} and unique", parameter="tags")
