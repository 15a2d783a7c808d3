"""The settings of apps: what their actions use, such as the address or the key of a service."""

from collections.abc import Iterable
from typing import Final

from kobjctl.engine.app_action import ORG_NAME
from kobjctl.javascript.numbers import as_number
from kobjctl.model.app import Setting, plain_key
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.values import MISSING, Json
from kobjctl.store.org import Org
from kobjctl.store.store import Store

_BOOLEANS: Final = {"true": True, "false": False}


def set_value(org: Org, key: str, text: str, *, secret: bool) -> Setting:
    """Set a setting, one of an app as the type that the app declares; give it.

    A key that no app declares makes a new setting of text. Raises UsageError for a value that is
    not of the type.
    """
    if not key or key.split() != [key]:
        raise UsageError(
            f'"{key}" can\'t be the key of a setting', hint="write it as APP.CATEGORY.NAME"
        )
    with org.store.transaction():
        existing = org.store.settings.get(key) or Setting(key, MISSING, secret=False)
        value = _typed(key, text, declared_type(org.store, existing))
        setting = existing._replace(value=value, secret=existing.secret or secret)
        org.store.settings.put(setting, org.now())
    return setting


def unset(org: Org, key: str) -> Setting:
    """Forget what a setting was set to; the app's default counts again. Raises UnknownNameError."""
    with org.store.transaction():
        setting = org.store.settings.get(key)
        if setting is None:
            raise UnknownNameError(
                "setting",
                key,
                org.store.settings.keys(),
                otherwise="kobjctl setting list lists them",
            )
        if setting.app:
            org.store.settings.put(setting._replace(value=MISSING), org.now())
        else:
            org.store.settings.remove(key)
    return setting._replace(value=MISSING)


def declared_type(store: Store, setting: Setting) -> str:
    """Return the type that the app of a setting declares: `string` where none does."""
    app = store.apps.get(setting.app) if setting.app else None
    return str(app.declared(setting.key).get("type", "string")) if app else "string"


def lacking(store: Store, apps: Iterable[str]) -> list[str]:
    """Return the keys of the settings that apps require and that are empty."""
    found = (store.apps.get(name) for name in apps)
    by_name = {app.name: app for app in found if app}
    return [
        setting.key
        for setting in store.settings.all()
        if setting.app in by_name and by_name[setting.app].lacks(setting)
    ]


def known_keys(store: Store) -> list[str]:
    """Return the plain keys of the settings that apps declare, and of those that actions name."""
    named = (part.definition.get("appSettings") or {} for part in store.app_actions.all())
    keys = [str(each["key"]) for settings in named for each in settings.values()]
    declared = [setting.key for setting in store.settings.all() if setting.app]
    return sorted(map(plain_key, {ORG_NAME, *declared, *keys}))


def _typed(key: str, text: str, kind: str) -> Json:
    value: Json = text
    if kind == "number":
        value = as_number(text)
    elif kind == "boolean":
        value = _BOOLEANS.get(text)
    if value is None:
        raise UsageError(f'the setting "{key}" is a {kind}, not "{text}"')
    return value
