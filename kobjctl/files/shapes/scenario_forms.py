"""What an entry of a scenario's `send` may be."""

from typing import Final

from kobjctl.model.values import Json

# The key that says what is sent, and those that go with it.
FORMS: Final = {
    "payload": ("hook",),
    "file": ("hook",),
    "event": ("data",),
    "call": ("inputs",),
    "advance": (),
}
# How the names of files that are sent end.
SENT_FILES: Final = (".json", ".eml")


def is_sent_file(entry: Json) -> bool:
    """Return whether what is sent is the name of a file."""
    return isinstance(entry, str) and entry.lower().endswith(SENT_FILES)
