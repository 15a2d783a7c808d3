"""A hook: the address at which a payload enters the org (`platform/data.md` section 4)."""

import re
from typing import Final, NamedTuple

from kobjctl.model.values import MISSING, Json, MissingValue

HOOK_TYPES: Final = ("form", "web", "email")
API_HOST: Final = "https://local.api.kustomerapp.com"


class Hook(NamedTuple):
    """A form, web or email hook.

    `hash` is the 64 hex characters of its address, `key` what an email's script must carry,
    `example` the payload of the editor's "Example Webhook Data" box (`MISSING` when none).
    """

    id: str
    name: str
    type: str
    event_name: str
    hash: str
    created_at: str
    updated_at: str
    description: str = ""
    key: str = ""
    example: Json | MissingValue = MISSING

    def address(self, org_id: str) -> str:
        """Return the URL, or for an email hook the mail address, that payloads are sent to."""
        if self.type == "email":
            return f"{self.hash}@hooks.kustomerapp.com"
        if self.type == "web":
            return f"{API_HOST}/v1/hooks/web/{self.hash}"
        return f"{API_HOST}/v1/hooks/form/{org_id}/{self.hash}"


def hook_of_event(event_name: str) -> tuple[str, str] | None:
    """Return (type, id) of the hook that an event names; None when it is no hook's own event."""
    match = re.fullmatch(r"kustomer\.hooks\.(form|web|email)\.([0-9a-f]{24})\.receive", event_name)
    return (match[1], match[2]) if match else None


def hook_event_name(hook_type: str, hook_id: str) -> str:
    """Name the event that a hook of the org emits (`platform/data.md` 4.2)."""
    return f"kustomer.hooks.{hook_type}.{hook_id}.receive"
