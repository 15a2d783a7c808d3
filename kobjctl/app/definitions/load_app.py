"""Write into the org what an app definition brings beside klasses, hooks and workflows."""

from collections.abc import Iterable, Iterator

from kobjctl.app.definitions.apps import marks
from kobjctl.app.definitions.load import LoadedChange, change
from kobjctl.lint.project.files import Definition
from kobjctl.model.app import App, AppPart, Setting, full_name, plain_app, plain_key, plain_name
from kobjctl.model.errors import UsageError
from kobjctl.model.values import MISSING
from kobjctl.store.apps import AppParts
from kobjctl.store.org import Org
from kobjctl.store.store import Store


def load_app(org: Org, part: Definition) -> list[LoadedChange]:
    """Write an app whose parts are written; what it no longer has of its own is deleted."""
    store = org.store.apps
    name = part.app
    existing = store.get(name)
    app = App(name, part.body, marks(org.store, part))
    _load_settings(org, app)
    removed = [*_remove_others(org.store, part)]
    if existing is None:
        store.put(app, org.now())
        return [change("app", name, "created", part)]
    if existing == app:
        return [change("app", name, "unchanged", part)]
    store.put(app, org.now())
    is_new = existing.document != app.document
    return [*removed, change("app", name, "updated" if is_new else "unchanged", part)]


def load_part(org: Org, table: AppParts, noun: str, key: str, part: Definition) -> LoadedChange:
    """Write an action or a trigger, whose name is at a key; raises UsageError for another app's."""
    name = part.body[key]
    wanted = AppPart(full_name(part.app, name), part.app, part.body)
    existing = table.get(wanted.name)
    if existing and existing.app and plain_app(existing.app) != plain_app(part.app):
        raise UsageError(
            f'{noun} "{name}" already belongs to app "{existing.app}"',
            hint="rename it: names are unique in an org",
        )
    if existing == wanted:
        return change(noun, wanted.name, "unchanged", part)
    table.put(wanted, org.now())
    return change(noun, wanted.name, "updated" if existing else "created", part)


def _remove_others(store: Store, part: Definition) -> Iterator[LoadedChange]:
    """Delete the actions and triggers that an earlier version of the app had."""
    for noun, table, kind, key in (
        ("action", store.app_actions, "actions", "name"),
        ("trigger", store.app_triggers, "triggers", "eventName"),
    ):
        kept = {
            plain_name(full_name(part.app, component[key]))
            for component in part.body.get(kind) or ()
        }
        for old in table.all():
            if plain_app(old.app) == plain_app(part.app) and plain_name(old.name) not in kept:
                table.remove(old.name)
                yield change(noun, old.name, "removed", part)


def _load_settings(org: Org, app: App) -> None:
    """Write the settings of an app with their defaults; what was set stays."""
    store = org.store.settings
    wanted = {plain_key(setting.key): setting for setting in settings_of(app)}
    for setting in wanted.values():
        existing = store.get(setting.key)
        value = existing.value if existing else MISSING
        if existing != setting._replace(value=value):
            store.put(setting._replace(value=value), org.now())
    _drop_settings(org, app, wanted)


def _drop_settings(org: Org, app: App, wanted: Iterable[str]) -> None:
    store = org.store.settings
    for setting in store.all():
        if plain_app(setting.app) == plain_app(app.name) and plain_key(setting.key) not in wanted:
            if setting.value is MISSING:
                store.remove(setting.key)
            else:
                store.put(setting._replace(app="", default=MISSING), org.now())


def settings_of(app: App) -> Iterator[Setting]:
    """Yield the settings that an app definition declares, as they are before any is set."""
    for category, settings in (app.document.get("settings") or {}).items():
        for name, declared in settings.items():
            yield Setting(
                key=f"{app.name}.{category}.{name}",
                value=MISSING,
                secret=declared.get("type") == "secret",
                app=app.name,
                default=declared.get("defaultValue", MISSING),
            )
