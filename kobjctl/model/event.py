"""An event: what starts runs, be it a payload, a record that a run wrote, or a call.

Source: `manual/platform.md 8`.
"""

import re
from typing import Final, NamedTuple

from kobjctl.model.values import Json, JsonObject

_CALL: Final = re.compile(r"kustomer\.workflow\.([^.]+)\.call")


class Event(NamedTuple):
    """One event that the org keeps.

    `data` is what came in: for a hook the posted body, else the output of step `1`. What it has of
    a hook is empty where no hook was called, and the event of a hook is a *transaction* on
    the platform. `cause` is the number of the run that set it off; `depth` its place in such a
    chain, 1 for what came from outside. `secrets` are texts in it that were made of secrets,
    `losses` tell what of the text that came in is not in the data; `text` is that text, where the
    event was read from the store.
    """

    id: str
    number: int
    name: str
    data: Json
    created_at: str
    org_id: str
    hook_id: str = ""
    hook_type: str = ""
    cause: int | None = None
    depth: int = 1
    secrets: tuple[str, ...] = ()
    hook_name: str = ""
    losses: tuple[str, ...] = ()
    text: str = ""

    def output(self) -> JsonObject:
        """Return the output of step `1` (`manual/platform.md 8.4, 8.5`)."""
        data: JsonObject = self.transaction() if self.hook_id else self.data
        return data

    def transaction(self) -> JsonObject:
        """Return the transaction resource of a hook's event, key for key as the guide shows it."""
        return {
            "id": self.id,
            "type": "transaction",
            "attributes": {"createdAt": self.created_at, "data": self.data},
            "relationships": {
                "org": {
                    "data": {"type": "org", "id": self.org_id},
                    "links": {"self": f"/v1/org/{self.org_id}"},
                },
                "hook": {
                    "data": {"type": f"{self.hook_type}_hook", "id": self.hook_id},
                    "links": {"self": f"/v1/hooks/{self.hook_type}/{self.hook_id}"},
                },
            },
        }


def call_event_name(workflow_id: str) -> str:
    """Name the event that calls a workflow (`manual/platform.md 2.5`)."""
    return f"kustomer.workflow.{workflow_id}.call"


def workflow_of_call(event_name: str) -> str | None:
    """Return the id of the workflow that an event calls; None when it is no call."""
    match = _CALL.fullmatch(event_name)
    return match[1] if match else None
