"""A KObject: an instance of a Klass, usually on a customer's timeline.

Source: `manual/platform.md 9.7`.
"""

from typing import Final, NamedTuple

from kobjctl.model.custom import is_address
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import plural
from kobjctl.model.record import relation
from kobjctl.model.values import JsonObject

MAX_TITLE: Final = 256
MAX_IMAGES: Final = 20
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
        relationships: JsonObject = {
            "org": relation("org", org_id, f"/v1/orgs/{org_id}"),
            "klass": {
                "link": {"self": f"/v1/klasses/{self.klass}"},
                "data": {"type": "klass", "id": self.klass},
            },
        }
        for kind, route, record_id in (
            ("customer", "customers", self.customer),
            ("company", "companies", self.company),
        ):
            if record_id:
                relationships[kind] = relation(kind, record_id, f"/v1/{route}/{record_id}")
        return {
            "type": f"kobject.{self.klass}",
            "id": self.id,
            "attributes": {
                "images": [],
                "tags": [],
                **self.given,
                "updatedAt": self.updated_at,
                "createdAt": self.created_at,
                "rev": self.rev,
                "roleGroupVersions": [],
            },
            "relationships": relationships,
            "links": {"self": f"/v1/klasses/{plural(self.klass)}/{self.id}"},
        }


def check_images(images: list[str]) -> list[str]:
    """Return images; raises BadParamError for those the platform refuses."""
    if len(images) > MAX_IMAGES or len({str(image) for image in images}) < len(images):
        raise BadParamError(f"images must be at most {MAX_IMAGES} and unique", parameter="images")
    for image in images:
        if not is_address(image):
            raise BadParamError(f'the image "{image}" is no address', parameter="images")
    return images
