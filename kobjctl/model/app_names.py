"""The names of apps and of what they define.

Source: `platform/data.md` section 7, `platform/workflows.md` 4.3. A private app's name has the
id of its org at the end, and so have the names of its components; both forms of a name mean the
same. Here the form without it, the *plain* one, is what names are compared by.
"""

import re
from collections.abc import Mapping
from typing import Final

from kobjctl.model.values import JsonObject

COMPONENT: Final = "kustomer.app."
_PLATFORM: Final = "kustomer."
_ORG_ID: Final = re.compile(r"_[0-9a-f]{24}(?=\.|$)")


def plain_name(name: str) -> str:
    """Return the name of an app's action or event without the id of an org.

    `kustomer.app.my_app_6142aa….put-request` is `kustomer.app.my_app.put-request`. What is no
    app's stays as it is.
    """
    if not name.startswith(COMPONENT):
        return name
    app, dot, rest = name.removeprefix(COMPONENT).partition(".")
    return f"{COMPONENT}{plain_app(app)}{dot}{rest}"


def plain_app(name: str) -> str:
    """Return the name of an app, or the key of one of its settings, without the id of an org."""
    return _ORG_ID.sub("", name, count=1)


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
