"""The records that are neither customers nor KObjects, and one table of what tells them apart.

Sources: `platform/data.md` 1.6 and 5, `platform/workflows.md` 5.2.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from kobjctl.model.record import relation
from kobjctl.model.values import JsonObject


class RecordKind(NamedTuple):
    """One kind of record.

    `relations` are kept as references and must exist; `foreign` are relations to records that no
    local org has, with the route they are linked at. `found_by` are the attributes, beside the
    id, that find a record: the first of them is no other record's of the kind. `blank` is what
    every new record has, in the order of recorded resources. `revised` kinds show their `rev`,
    `emits` tells whether the kind has events.
    """

    name: str
    plural: str
    blank: JsonObject
    relations: tuple[str, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()
    found_by: tuple[str, ...] = ()
    revised: bool = True
    emits: bool = True


_NOBODY: Final[JsonObject] = {"createdByTeams": [], "assignedTeams": [], "assignedUsers": []}

KINDS: Final[Mapping[str, RecordKind]] = {
    kind.name: kind
    for kind in (
        RecordKind(
            name="company",
            plural="companies",
            found_by=("externalId", "name"),
            blank={
                "emails": [],
                "phones": [],
                "whatsapps": [],
                "socials": [],
                "urls": [],
                "domains": [],
                "locations": [],
                "tags": [],
                "roleGroupVersions": [],
            },
        ),
        RecordKind(
            name="conversation",
            plural="conversations",
            relations=("customer",),
            foreign=(("queue", "routing/queues"),),
            found_by=("externalId",),
            blank={
                "name": "",
                "channels": [],
                "status": "open",
                "messageCount": 0,
                "noteCount": 0,
                "satisfaction": 0,
                "satisfactionLevel": {"sentByTeams": [], "answers": []},
                "spam": False,
                "ended": False,
                "tags": [],
                "suggestedTags": [],
                "predictions": [],
                "suggestedShortcuts": [],
                "firstMessageIn": {},
                "firstMessageOut": {"createdByTeams": []},
                "lastMessageIn": {},
                "lastMessageOut": {},
                "lastMessageUnrespondedTo": {},
                "lastMessageUnrespondedToSinceLastDone": {},
                "assignedUsers": [],
                "assignedTeams": [],
                "firstResponse": _NOBODY,
                "firstResponseSinceLastDone": _NOBODY,
                "lastResponse": _NOBODY,
                "firstDone": _NOBODY,
                "lastDone": _NOBODY,
                "outboundMessageCount": 0,
                "inboundMessageCount": 0,
                "priority": 3,
                "defaultLang": "en_us",
                "roleGroupVersions": [],
                "accessOverride": [],
            },
        ),
        RecordKind(
            name="message",
            plural="messages",
            relations=("customer", "conversation"),
            foreign=(("queue", "routing/queues"),),
            found_by=("externalId",),
            blank={
                "size": 0,
                "direction": "in",
                "meta": {},
                "assignedTeams": [],
                "assignedUsers": [],
                "auto": False,
                "redacted": False,
                "createdByTeams": [],
                "reactions": [],
                "intentDetections": [],
            },
        ),
        RecordKind(
            name="note",
            plural="notes",
            relations=("customer", "conversation"),
            found_by=("externalId",),
            blank={"userMentions": []},
            revised=False,
        ),
        RecordKind(
            name="user",
            plural="users",
            found_by=("email",),
            blank={"userType": "user", "roleGroups": [], "roles": ["org.user"]},
            revised=False,
            emits=False,
        ),
        RecordKind(
            name="tag",
            plural="tags",
            found_by=("name",),
            blank={"deleted": False},
            revised=False,
            emits=False,
        ),
    )
}
PLURALS: Final = {"customer": "customers"} | {kind.name: kind.plural for kind in KINDS.values()}


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
        relationships = {"org": relation("org", org_id, f"/v1/orgs/{org_id}")}
        for name, record_id in self.relations.items():
            link = f"/v1/{PLURALS[name]}/{record_id}"
            relationships[name] = relation(name, record_id, link)
        for name, route in kind.foreign:
            record_id = attributes.pop(name, None)
            if record_id is not None:
                relationships[name] = relation(name, record_id, f"/v1/{route}/{record_id}")
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
