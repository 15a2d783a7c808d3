"""A record that is neither a customer nor a KObject: its kind tells what is of its own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.relationships import relationships_of
from kobjctl.model.record import relation
from kobjctl.model.values import JsonObject


class CoreRecord(NamedTuple):
    """One record of a kind. `given` holds the attributes that were written, by their platform
    names; `relations` the ids of the records that it belongs to, by the names of the relations.
    """

    kind: str
    id: str
    given: JsonObject
    relations: Mapping[str, str]
    created_at: str
    updated_at: str
    modified_at: str
    rev: int = 1

    @property
    def attributes(self) -> JsonObject:
        """The attributes as they are read: what was written, over what every record has."""
        return KINDS[self.kind].blank | self.given

    def resource(self, org_id: str) -> JsonObject:
        """Return the platform's resource of the record."""
        kind = KINDS[self.kind]
        attributes = {
            **self.attributes,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "modifiedAt": self.modified_at,
        }
        if kind.revised:
            attributes["rev"] = self.rev
        relationships = relationships_of(kind, org_id, self.relations)
        for name, (related, route) in kind.routes.items():
            value = attributes.pop(name, None)
            if isinstance(value, list):
                relationships[name] = {"data": [*_named(value)]}
            elif value is not None:
                relationships[name] = relation(related, value, route)
        if self.kind == "conversation":
            link = f"/v1/conversations/{self.id}/messages"
            relationships["messages"] = {"links": {"self": link}}
        return {
            "type": self.kind,
            "id": self.id,
            "attributes": attributes,
            "relationships": relationships,
            "links": {"self": f"/v1/{kind.plural}/{self.id}"},
        }


def _named(items: Iterable[Mapping[str, str]]) -> Iterator[JsonObject]:
    """Yield related records, each given as `{user: id}`, as a resource names them."""
    for item in items:
        for kind, record_id in item.items():
            yield {"type": kind, "id": record_id}
