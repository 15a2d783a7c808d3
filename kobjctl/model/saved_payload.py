"""A payload that people keep under a name, to send it again."""

from typing import NamedTuple


class SavedPayload(NamedTuple):
    """A payload under a name: its JSON text, the name of the hook that it is for (empty where none
    was said), and when it was saved.
    """

    name: str
    hook_name: str
    body: str
    saved_at: str
