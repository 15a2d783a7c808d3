"""A KObject: an instance of a Klass, usually on a customer's timeline.

Source: `manual/platform.md 9.7`.
"""

from typing import Final, NamedTuple

from kobjctl.model.kinds import KINDS
from kobjctl.model.kinds.relationships import relationships_of
from kobjctl.model.klass import plural
from kobjctl.model.values import JsonObject

_KIND: Final = KINDS["kobject"]
DEFAULT_ICON: Final = "shopping"


class KObject(NamedTuple):
    """One KObject. `given` holds the attributes that were written, by their platform names:
    `title`, and as they were sent `externalId`, `description`, `images`, `icon`, `data`,
    `custom`, `tags`.
    """

    id: str
    klass: str
    given: JsonObject
    created_at: str
    updated_at: str
    rev: int = 1
    customer: str | None = None
    company: str | None = None

    def resource(self, org_id: str) -> JsonObject:
        """Return the platform's resource, quirks included (`manual/platform.md 9.7`)."""
        related = {"customer": self.customer, "company": self.company}
        return {
            "type": f"kobject.{self.klass}",
            "id": self.id,
            "attributes": {
                **_KIND.blank,
                **self.given,
                "updatedAt": self.updated_at,
                "createdAt": self.created_at,
                "rev": self.rev,
                "roleGroupVersions": [],
            },
            "relationships": {
                **relationships_of(_KIND, org_id, related),
                "klass": {
                    "link": {"self": f"/v1/klasses/{self.klass}"},
                    "data": {"type": "klass", "id": self.klass},
                },
            },
            "links": {"self": f"/v1/klasses/{plural(self.klass)}/{self.id}"},
        }
