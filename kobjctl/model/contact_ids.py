"""The ids that other services have of a customer, which find it; they need not be its alone."""

from collections.abc import Iterator
from typing import Final

from kobjctl.model.values import JsonObject

# The lists that hold them, and what each of an item is.
_LISTS: Final = {"facebookIds": ("userId",), "instagramIds": ("instagramId", "threadId")}


def contact_ids(attributes: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of each: ("twitterIds", "42"), from the socials and the lists of ids."""
    for social in attributes.get("socials") or ():
        if userid := social.get("userid"):
            yield f"{social['type']}Ids", str(userid)
    for kind, keys in _LISTS.items():
        for item in attributes.get(kind) or ():
            yield from ((kind, str(item[key])) for key in keys if item.get(key))
