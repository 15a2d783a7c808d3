"""An app: its definition, and what it brings into the org beside klasses, hooks and workflows.

Source: `manual/platform.md 1.6, 7.10`. A private app's name has the
id of its org at the end, and so have the names of its components; both forms of a name mean the
same, and so does an app's name in upper or lower case. Here the form without the id and in lower
case, the *plain* one, is what names are compared by.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue

PLATFORM_PARTS: Final = frozenset(
    ["commands", "dataSubscriptions", "i18n", "kviews", "outboundWebhooks", "shortcuts", "widgets"]
)
COMPONENT: Final = "kustomer.app."
_PLATFORM: Final = "kustomer."
_ORG_ID: Final = r"_[0-9a-f]{24}\Z"


class App(NamedTuple):
    """An app of the org. `document` is its definition as it was read.

    `loaded` has a mark of each of its klasses, hooks and workflows as loading left them, by kind
    and name: one that differs from its mark has changed since.
    """

    name: str
    document: JsonObject
    loaded: dict[str, dict[str, str]]

    def declared(self, key: str) -> JsonObject:
        """Return what the app says of its setting with this key; nothing where it has none."""
        _, _, inner = key.partition(".")
        category, _, name = inner.partition(".")
        declared: JsonObject = (self.document.get("settings") or {}).get(category, {})
        return declared.get(name) or {}

    def lacks(self, setting: "Setting") -> bool:
        """Return whether a setting is one that the app requires, and has no value or an empty one.

        An empty default is for whoever installs the app to fill in.
        """
        is_empty = setting.resolved in (MISSING, "", None)
        return is_empty and self.declared(setting.key).get("required") is True

    @property
    def kept(self) -> list[str]:
        """Return the keys of what only the platform works with, and is kept for it."""
        return [key for key in self.document if key in PLATFORM_PARTS]


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

    @property
    def source(self) -> Literal["org", "app"] | None:
        """Return who says the value: the org, where it was set, or the app by its default."""
        if self.value is not MISSING:
            return "org"
        return None if self.default is MISSING else "app"


def plain_name(name: str) -> str:
    """Return the name of an app's action or event without the id of an org, the app in lower case.

    `kustomer.app.My_App_6142aa….put-request` is `kustomer.app.my_app.put-request`. What is no
    app's stays as it is.
    """
    return _renamed(name, plain_app)


def folded_name(name: str) -> str:
    """Return the name of an app's action or event with the app in lower case."""
    return _renamed(name, str.lower)


def _renamed(name: str, rename: Callable[[str], str]) -> str:
    if not name.startswith(COMPONENT):
        return name
    app, dot, rest = name.removeprefix(COMPONENT).partition(".")
    return f"{COMPONENT}{rename(app)}{dot}{rest}"


def plain_app(name: str) -> str:
    """Return the name of an app without the id of an org, in lower case."""
    return re.sub(_ORG_ID, "", name.lower())


def plain_key(key: str) -> str:
    """Return the key of a setting with the plain name of its app, if it is an app's."""
    app, dot, rest = key.partition(".")
    return f"{plain_app(app)}{dot}{rest}" if dot else key


def full_name(app: str, name: str) -> str:
    """Return the name that the platform makes of a component's name in an app definition.

    `put-request` of the app `my_app` is `kustomer.app.my_app.put-request`.
    """
    return f"{COMPONENT}{app}.{name}" if app and not name.startswith(_PLATFORM) else name


def with_full_names(workflow: JsonObject, names: Mapping[str, str]) -> JsonObject:
    """Return a workflow document in which the short names of an app's own components are in full.

    `names` has the full name of each short one.
    """
    if not names:
        return workflow
    trigger = workflow["trigger"]
    event_name = trigger.get("eventName")
    if event_name in names:
        trigger = {**trigger, "eventName": names[event_name]}
    steps = [
        {**step, "action": names[step["action"]]} if step.get("action") in names else step
        for step in workflow.get("steps", ())
    ]
    return {**workflow, "trigger": trigger, "steps": steps}
