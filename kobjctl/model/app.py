"""An app: its definition, and what it brings into the org beside klasses, hooks and workflows.

Source: `platform/data.md` section 7, `platform/workflows.md` 4.3.
"""

from typing import NamedTuple

from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue


class App(NamedTuple):
    """An app of the org. `document` is its definition as it was read.

    `loaded` has a mark of each of its klasses, hooks and workflows as loading left them, by kind
    and name: one that differs from its mark has changed since.
    """

    name: str
    document: JsonObject
    loaded: dict[str, dict[str, str]]


class AppPart(NamedTuple):
    """An action or a trigger that an app defines; `app` is empty when a file without one does."""

    name: str
    app: str
    definition: JsonObject

    @property
    def label(self) -> str:
        """What people see of it: the first line of its description."""
        text = self.definition.get("displayName") or self.definition.get("description")
        return text.partition("\n")[0] if isinstance(text, str) else ""


class Setting(NamedTuple):
    """A setting of an app, or of the org: its value as it was set, and what the app says of it."""

    key: str
    value: Json | MissingValue
    secret: bool
    app: str = ""
    default: Json | MissingValue = MISSING

    @property
    def resolved(self) -> Json | MissingValue:
        """Return the value that actions get: what was set, else the default."""
        return self.default if self.value is MISSING else self.value
