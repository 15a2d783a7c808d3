"""A hook: the address at which a payload enters the org (`manual/platform.md 8.2`); and the
payloads that people keep for hooks.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from kobjctl.model.values import MISSING, Json, MissingValue

API_HOST: Final = "https://local.api.kustomerapp.com"


class HookType(NamedTuple):
    """What comes in at a hook, and the form of its address; one `by_mail` has a key as well."""

    payload: str
    address: str
    by_mail: bool = False


HOOK_TYPES: Final[Mapping[str, HookType]] = {
    "form": HookType("the fields of a form", f"{API_HOST}/v1/hooks/form/{{org}}/{{hash}}"),
    "web": HookType("a JSON body", f"{API_HOST}/v1/hooks/web/{{hash}}"),
    "email": HookType("e-mail", "{hash}@hooks.kustomerapp.com", by_mail=True),
}
_EVENTS: Final = "kustomer.hooks."
_OF_HOOK: Final = rf"kustomer\.hooks\.({'|'.join(HOOK_TYPES)})\.([0-9a-f]{{24}})\.receive"


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
        return HOOK_TYPES[self.type].address.format(org=org_id, hash=self.hash)

    @property
    def by_mail(self) -> bool:
        """Return whether mails are sent to it."""
        return HOOK_TYPES[self.type].by_mail


class SavedPayload(NamedTuple):
    """A payload under a name: its JSON text, the name of the hook that it is for (empty where none
    was said), and when it was saved.
    """

    name: str
    hook_name: str
    body: str
    saved_at: str


def hook_of_event(event_name: str) -> tuple[str, str] | None:
    """Return (type, id) of the hook that an event names; None when it is no hook's own event."""
    match = re.fullmatch(_OF_HOOK, event_name)
    return (match[1], match[2]) if match else None


def is_hook_event(event_name: str) -> bool:
    """Return whether an event is that of a hook, of whichever type and id."""
    return event_name.startswith(_EVENTS)


def hook_event_name(hook_type: str, hook_id: str) -> str:
    """Name the event that a hook of the org emits (`manual/platform.md 8.1`)."""
    return f"kustomer.hooks.{hook_type}.{hook_id}.receive"
