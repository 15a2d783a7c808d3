"""The relationships that resources of all kinds have."""

from collections.abc import Mapping
from typing import Final

from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.kind import RecordKind
from kobjctl.model.record import AUTHOR, relation
from kobjctl.model.values import JsonObject

_AUTHOR: Final = relation("user", AUTHOR, KINDS["user"].plural)


def relationships_of(
    kind: RecordKind, org_id: str, related: Mapping[str, str | None]
) -> JsonObject:
    """Return the relationships of a record: to its org, to what it belongs to, to who wrote it.

    `related` are the ids of the records that it belongs to, by the names of the relations.
    """
    made = {"org": relation("org", org_id, "orgs")}
    for name, record_id in related.items():
        if record_id:
            made[name] = relation(name, record_id, KINDS[name].plural)
    for name in kind.authors:
        made[name] = _AUTHOR
    return made
