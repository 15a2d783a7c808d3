"""Tell good shapes from those to look at closely, without pydantic.

Most files are good, and importing pydantic takes longer than all else that judging one does.
So a value that is good for certain is let through here; all others are judged by the models in
`shape_models`, which know what is wrong and how to say it. Tests hold the two together.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from kobjctl.model.values import Json

Test: TypeAlias = Callable[[Json], bool]

# Keys that the platform gives out, about which nothing is checked.
ALSO_IN_WORKFLOW: Final = (
    "_id appDisabled appSettings appVersion containsVariables createdAt createdBy"
    " dynamicSchedules editable loggingAt modifiedAt modifiedBy objectMapping replaces rev"
    " schedules systemDisabled updatedAt"
)
ALSO_IN_KLASS: Final = (
    "_id appDisabled appVersion createdAt description id jsonSchema klassSchema mixins"
    " modifiedAt rev s3DataUrl updatedAt"
)
ALSO_IN_HOOK: Final = (
    "_id createdAt debug email example hash id meta modifiedAt title updatedAt url version"
)
ALSO_IN_APP: Final = (
    "appDetails auth changelog clientId clientSecret commands dataSubscriptions default"
    " dependencies description i18n iconUrl identifier inboundHookUris installUrl instructions"
    " kviews meta outboundWebhooks postInstallMessage redirectUris releaseNotesUrl roles"
    " screenshots settingsPageConfig shortcuts system tags title url version visibility widgets"
)
_KLASS_NAME: Final = re.compile(r"[0-9a-zA-Z_-]{1,255}")
_APP_NAME: Final = re.compile(r"[a-zA-Z0-9_]{1,128}")
_MOST_ATTRIBUTES: Final = 100


def _anything(_value: Json) -> bool:
    return True


def _name(value: Json) -> bool:
    return isinstance(value, str) and value != ""


def _text(value: Json) -> bool:
    return value is None or isinstance(value, str)


def _short(limit: int) -> Test:
    return lambda value: value is None or (isinstance(value, str) and len(value) <= limit)


def _flag(value: Json) -> bool:
    return isinstance(value, bool)


def _mapping(value: Json) -> bool:
    return isinstance(value, dict)


def _optional(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _list(test: Test) -> Test:
    return lambda value: isinstance(value, list) and all(map(test, value))


def _object(
    needed: str, tests: Mapping[str, Test], also: str = "", *, is_open: bool = False
) -> Test:
    """Test for an object with the keys `needed`; others may be there if they are in `tests` or
    in `also`, and if it `is_open` any.
    """
    tests = {**dict.fromkeys(also.split(), _anything), **tests}
    required = frozenset(needed.split())
    otherwise = _anything if is_open else None

    def test(value: Json) -> bool:
        """Return whether a value is an object with such keys, each value of its shape."""
        if not isinstance(value, dict) or not required <= value.keys():
            return False
        for key, part in value.items():
            fits = tests.get(key, otherwise)
            if fits is None or not fits(part):
                return False
        return True

    return test


def _text_only(value: Json) -> bool:
    return isinstance(value, str)


_schema: Final = _object("", {"properties": _mapping, "required": _list(_text_only)}, is_open=True)
_condition: Final = _object("op values", {"op": _name, "values": _list(_anything)})
_transition: Final = _object(
    "target",
    {
        "target": _name,
        "condition": _optional(_condition),
        "meta": _optional(_object("", {"name": _text}, is_open=True)),
    },
    also="_id id",
)
_trigger: Final = _object(
    "",
    {
        "id": _name,
        "eventName": _name,
        "hook": _name,
        "appVersion": _text,
        "meta": _optional(_mapping),
        "callable": _flag,
        "schema": _optional(_schema),
        "transitions": _list(_transition),
    },
    also="_id",
)
_step: Final = _object(
    "id",
    {
        "id": _name,
        "action": _optional(_name),
        "appVersion": _text,
        "params": _optional(_mapping),
        "meta": _optional(_object("", {"displayName": _text}, is_open=True)),
        "transitions": _list(_transition),
        "errorCases": _list(_transition),
    },
    also="_id",
)
_workflow: Final = _object(
    "name trigger",
    {
        "id": _name,
        "name": _name,
        "description": _text,
        "enabled": _flag,
        "meta": _optional(_mapping),
        "trigger": _trigger,
        "steps": _list(_step),
        "response": _optional(_object("", {"schema": _optional(_schema)}, is_open=True)),
    },
    also=ALSO_IN_WORKFLOW,
)


def _nodes(value: Json) -> bool:
    return value is None or _list(_node)(value)


_node: Final = _object("id", {"id": _name, "deleted": _flag, "children": _nodes}, is_open=True)
_attribute: Final = _object(
    "",
    {
        "displayName": _text,
        "enumeration": _optional(_list(_text_only)),
        "target": _text,
        "multi": _flag,
        "array": _flag,
        "tree": _optional(
            _object("", {"lastNodeRequired": _flag, "children": _nodes}, is_open=True)
        ),
        "lastNodeRequired": _flag,
    },
    is_open=True,
)


def _setting_type(value: Json) -> bool:
    return value in ("string", "number", "boolean", "secret")


def _attributes(value: Json) -> bool:
    if not isinstance(value, dict) or len(value) > _MOST_ATTRIBUTES:
        return False
    return all(map(_attribute, value.values()))


_klass: Final = _object(
    "name",
    {
        "name": lambda value: isinstance(value, str) and bool(_KLASS_NAME.fullmatch(value)),
        "displayName": _short(255),
        "icon": _short(64),
        "color": _short(64),
        "status": lambda value: value in ("enabled", "disabled"),
        "metadata": _optional(
            _object("", {"standard": _flag, "properties": _attributes}, is_open=True)
        ),
    },
    also=ALSO_IN_KLASS,
)
_hook: Final = _object(
    "type",
    {
        "name": _name,
        "eventName": _name,
        "displayEventName": _text,
        "description": _text,
        "type": lambda value: value in ("form", "web", "email"),
        "key": _text,
    },
    also=ALSO_IN_HOOK,
)


def _values(test: Test) -> Test:
    return lambda value: isinstance(value, dict) and all(map(test, value.values()))


_app_file: Final[Mapping[str, Test]] = {
    "klasses": _list(_klass),
    "hooks": _list(_hook),
    "workflows": _list(_workflow),
    "actions": _list(
        _object(
            "name",
            {
                "name": _name,
                "type": _name,
                "appSettings": _values(_object("key", {"key": _name}, is_open=True)),
                "inputSchema": _optional(_schema),
                "outputSchema": _optional(_schema),
            },
            is_open=True,
        )
    ),
    "triggers": _list(_object("eventName", {"eventName": _name}, is_open=True)),
}
_app: Final[Mapping[str, Test]] = {
    **_app_file,
    "app": lambda value: isinstance(value, str) and bool(_APP_NAME.fullmatch(value)),
    "settings": _values(_values(_object("", {"type": _setting_type}, is_open=True))),
}

# By the names of the shapes in `shape_models`.
QUICK: Final[Mapping[str, Test]] = {
    "ConditionShape": _condition,
    "WorkflowShape": _workflow,
    "KlassShape": _klass,
    "EnvelopeShape": _object("", {"id": _name}, is_open=True),
    "AppFileShape": _object("", _app_file, is_open=True),
    "AppShape": _object("app", _app, also=ALSO_IN_APP),
}
