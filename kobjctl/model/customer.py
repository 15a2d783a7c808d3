"""A customer: what it is, and how it is shown (`manual/platform.md 9.10`)."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.identities import IDENTITIES
from kobjctl.model.kinds.relationships import relationships_of
from kobjctl.model.values import JsonObject

_KIND: Final = KINDS["customer"]
# The platform's newest-first list of a customer's items has no documented end.
RECENT_ITEMS: Final = 20

_COLORS: Final = ("Silver", "Golden", "Crimson", "Azure", "Emerald", "Amber", "Violet", "Coral")
_ICONS: Final = ("Scissors", "Lantern", "Compass", "Teapot", "Kite", "Anchor", "Bell", "Feather")


class Customer(NamedTuple):
    """One customer. `given` holds the attributes that were written, by their platform names,
    with the identity lists in full; `recent` the newest KObjects as the platform's items.
    """

    id: str
    given: JsonObject
    created_at: str
    updated_at: str
    modified_at: str
    last_activity_at: str
    last_customer_activity_at: str | None = None
    rev: int = 1
    company: str | None = None
    recent: tuple[JsonObject, ...] = ()

    def resource(self, org_id: str, klasses: Iterable[str] = ()) -> JsonObject:
        """Return the platform's resource of the customer (`manual/platform.md 9.10`).

        `klasses` are the names of the Klasses that it has KObjects of.
        """
        return {
            "type": "customer",
            "id": self.id,
            "attributes": self._attributes(),
            "relationships": self._relationships(org_id, klasses),
            "links": {"self": f"/v1/customers/{self.id}"},
        }

    def _attributes(self) -> JsonObject:
        attributes: JsonObject = {
            **self._display(),
            **_KIND.blank,
            "recentLocation": {"updatedAt": self.created_at},
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "modifiedAt": self.modified_at,
            "lastActivityAt": self.last_activity_at,
            "verified": any(self.given.get(kind) for kind in IDENTITIES),
            "rev": self.rev,
            "recentItems": list(self.recent),
            "satisfactionLevel": {
                "firstSatisfaction": {"sentByTeams": []},
                "lastSatisfaction": {"sentByTeams": []},
            },
            "roleGroupVersions": [],
            "accessOverride": [],
            **self.given,
        }
        if self.last_customer_activity_at:
            attributes["lastCustomerActivityAt"] = self.last_customer_activity_at
        if self.company:
            # One public export reads the company as `companyId`, the relationship is `company`.
            attributes["companyId"] = self.company
        return attributes

    def _display(self) -> JsonObject:
        # The platform picks at random; the id is as good as random and stays the same.
        serial = int(self.id[-6:], 16)
        color, icon = _COLORS[serial % len(_COLORS)], _ICONS[serial // 8 % len(_ICONS)]
        return {
            "displayName": display_name(self.given) or f"{color} {icon}",
            "displayColor": color.lower(),
            "displayIcon": icon.lower(),
        }

    def _relationships(self, org_id: str, klasses: Iterable[str]) -> JsonObject:
        relationships = {
            **relationships_of(_KIND, org_id, {"company": self.company}),
            "messages": {"links": {"self": f"/v1/customers/{self.id}/messages"}},
        }
        for klass in klasses:
            relationships[f"{klass}s"] = {
                "links": {"self": f"/v1/customers/{self.id}/klasses/{klass}s"},
                "meta": {"kobject": True},
            }
        return relationships


def display_name(attributes: JsonObject) -> str:
    """Return the name a customer is shown by: the name, else the first email; else nothing."""
    emails = attributes.get("emails")
    name: str = attributes.get("name") or (emails[0]["email"] if emails else "")
    return name
