"""The tags of a conversation: it keeps their ids, and takes ids and names.

Source: the platform's conversations have the ids of tags (`manual/platform.md 7.6`), and a
tag that is named and not there yet is made.
"""

from typing import TYPE_CHECKING

from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import is_reference
from kobjctl.model.record import MAX_TAGS, read_tags
from kobjctl.model.values import Json
from kobjctl.records.context import RunContext
from kobjctl.records.core import make

if TYPE_CHECKING:
    from kobjctl.store.store import Store


def tag_ids(tags: Json, context: RunContext) -> tuple[list[str], list[str]]:
    """Return the ids of tags by ids and names (one alone may be no list), and warnings.

    A name that no tag has makes one. An exported workflow names the tags of its own org: an id
    that this org has not is taken. Raises BadParamError for what can't be a tag.
    """
    named = read_tags(tags)
    ids: list[str] = []
    warnings: list[str] = []
    for each in named:
        if is_reference(each):
            if not context.org.store.records("tag").exists(each):
                warnings.append(f'no tag here has the id "{each}"; it is kept as it is')
            ids.append(each)
            continue
        tag = context.org.store.records("tag").find("name", each)
        if tag is None:
            tag = make("tag", {"name": each}, context)
            warnings.append(f'there was no tag "{each}"; it was made')
        ids.append(tag.id)
    return ids, warnings


def joined(present: list[str], added: list[str]) -> list[str]:
    """Return the tags with those that are new after them; raises BadParamError for too many."""
    tags = list(dict.fromkeys([*present, *added]))
    if len(tags) > MAX_TAGS:
        raise BadParamError(f"tags must be at most {MAX_TAGS} and unique", parameter="tags")
    return tags


def known_tag_ids(tags: Json, store: "Store") -> tuple[list[str], list[str]]:
    """Return the ids of tags as `tag_ids` does, but make none: names that no tag has are told."""
    ids: list[str] = []
    warnings: list[str] = []
    for each in tags if isinstance(tags, list) else [tags]:
        tag = None if is_reference(each) else store.records("tag").find("name", str(each))
        if is_reference(each):
            ids.append(each)
        elif tag:
            ids.append(tag.id)
        else:
            warnings.append(f'there is no tag "{each}" to take away')
    return ids, warnings
