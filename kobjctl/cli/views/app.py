"""How apps and their settings are shown."""

from collections.abc import Iterable, Sequence

from kobjctl.app.definitions.apps import Component
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Table,
    View,
    dim,
    good,
    known_fields,
    name,
    warn,
)
from kobjctl.cli.output.escape import short_json, text_or_json
from kobjctl.model.app import App, Setting
from kobjctl.model.values import MISSING, JsonObject

MASKED = "***"
_STATE = {"unchanged": good, "changed": warn, "deleted": warn}
_SOURCES = {"org": "set here", "app": "the app's default", None: ""}


def app_list(apps: Sequence[App]) -> View:
    """Show apps with their titles and versions."""
    columns = (Column("name", keep=True), Column("version", keep=True), Column("title"))
    rows = [(name(each.name), _said(each, "version"), _said(each, "title")) for each in apps]
    value = [_app_json(each) for each in apps]
    return value, [Table(columns, rows, "no apps yet; load one: kobjctl apply FILE")]


def app_view(app: App, components: Sequence[Component]) -> View:
    """Show an app with its components."""
    fields = known_fields(
        ("app", name(app.name)),
        ("title", _said(app, "title")),
        ("version", _said(app, "version")),
        ("description", _said(app, "description")),
        ("kept", ", ".join(app.kept)),
    )
    columns = (Column("kind", keep=True), Column("name", keep=True), Column("state"))
    rows = [(each.kind, name(each.name), _STATE[each.state](each.state)) for each in components]
    blocks: list[Block] = [
        fields,
        EmptyLine(),
        Table(columns, rows, "the app defines nothing that runs here"),
    ]
    value = {"kept": app.kept, "components": [each._asdict() for each in components]}
    return _app_json(app) | value, blocks


def _app_json(app: App) -> JsonObject:
    return {
        "app": app.name,
        **{key: app.document[key] for key in ("version", "title") if key in app.document},
    }


def _said(app: App, key: str) -> str:
    return text_or_json(app.document.get(key, ""))


def setting_list(settings: Iterable[Setting]) -> View:
    """Show settings; the value of a secret one is never shown."""
    settings = list(settings)
    columns = (Column("setting", keep=True), Column("value"), Column("from"))
    rows = [(name(each.key), _value(each), dim(_SOURCES[each.source])) for each in settings]
    empty = "no settings yet; load an app, or set one: kobjctl setting set KEY VALUE"
    return [setting_json(each) for each in settings], [Table(columns, rows, empty)]


def setting_json(setting: Setting) -> JsonObject:
    """Return a setting as JSON, without the value of a secret one."""
    hidden = setting.secret or setting.resolved is MISSING
    return {
        "key": setting.key,
        "app": setting.app,
        "secret": setting.secret,
        "source": setting.source,
        **({} if hidden else {"value": setting.resolved}),
    }


def _value(setting: Setting) -> Cell:
    if setting.resolved is MISSING:
        return dim("not set")
    return MASKED if setting.secret else short_json(setting.resolved)
