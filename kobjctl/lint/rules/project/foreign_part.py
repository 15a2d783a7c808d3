"""WF901: what an app's file says of another app, or of nothing that there is."""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.files.shapes.rules import select
from kobjctl.lint.project.files import Definition
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.model.app import COMPONENT, plain_app, plain_key, plain_name
from kobjctl.model.errors import did_you_mean

_NAMES: Final = (
    ("action", "actions", "name"),
    ("trigger", "triggers", "eventName"),
    ("hook", "hooks", "eventName"),
    ("command", "commands", "name"),
)
_OF_PAGE: Final = ("page.title", "page.description")
_OF_SETTING: Final = ("displayName", "description")
_TEXT: Final = r"(?:kustomer\.app\.)?([^.]+)\.(.+)"
_OF_SETTINGS: Final = "settings."


@rule("WF901", "foreign-part", severity="warning", about=("apps",))
def foreign_part(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """An app's file should name parts of its own app, and settings and texts that exist.

    The names of its actions, triggers, hooks and commands contain its own, a setting that an action
    uses is declared under `settings`, and a text of the settings page in `i18n` is about a declared
    setting (`manual/platform.md 1.6, 7.10`). Nothing finds what is named otherwise: an action
    gets no value, a page shows the bare key.

    Bad (-) and good (+):

          app: parcels
          version: 1.0.0
          title: Parcels
          settings:
            default:
              token: {type: secret}
          actions:
            - name: kustomer.app.parcels.get
              type: rest_api
              appSettings:
        -       token: {key: parcel.default.token}
        +       token: {key: parcels.default.token}
    """
    known = [*_declared(subject)]
    for part in subject.files.parts("apps"):
        yield from _names(part)
        yield from _settings(part, known)
        yield from _texts(part)


def _declared(subject: ProjectSubject) -> Iterator[str]:
    """Yield the keys of the settings that there are."""
    yield from subject.store.settings.keys() if subject.store else ()
    for part in subject.files.parts("apps"):
        yield from (f"{part.app}.{setting}" for setting in _own_settings(part))


def _own_settings(part: Definition) -> Iterator[str]:
    """Yield the settings of an app as `category.name`."""
    for category, settings in (part.body.get("settings") or {}).items():
        yield from (f"{category}.{name}" for name in settings)


def _names(part: Definition) -> Iterator[ProjectFinding]:
    own = f"{COMPONENT}{part.app}."
    for noun, kind, key in _NAMES:
        for path, name in select(part.body, kind, "*", key):
            is_full = isinstance(name, str) and name.startswith("kustomer.")
            if not is_full or plain_name(name).startswith(plain_name(own)):
                continue
            rest = name.removeprefix(COMPONENT).partition(".")[2]
            yield ProjectFinding(
                part.at(*path),
                f'the {noun} "{name}" is not named after the app "{part.app}"',
                f"write {own}{rest}" if name.startswith(COMPONENT) else f"it begins with {own}",
            )


def _settings(part: Definition, known: list[str]) -> Iterator[ProjectFinding]:
    plain = {plain_key(key) for key in known}
    for path, settings in select(part.body, "actions", "*", "appSettings"):
        for name, setting in settings.items() if isinstance(settings, dict) else ():
            key = setting.get("key") if isinstance(setting, dict) else None
            if not isinstance(key, str) or plain_key(key) in plain:
                continue
            own = f"{part.app}.{key.partition('.')[2]}"
            yield ProjectFinding(
                part.at(*path, name, "key"),
                f'no setting is called "{key}"',
                did_you_mean(key, [own] if plain_key(own) in plain else known)
                or f"those of the app are called {part.app}.CATEGORY.NAME, as in its `settings`",
            )


def _texts(part: Definition) -> Iterator[ProjectFinding]:
    own = {f"path.{each}.{text}" for each in _own_settings(part) for text in _OF_SETTING}
    known = {f"{part.app}.{_OF_SETTINGS}{each}" for each in (*_OF_PAGE, *own)}
    for _, locales in select(part.body, "i18n"):
        for locale, texts in locales.items() if isinstance(locales, dict) else ():
            for key in texts if isinstance(texts, dict) else ():
                told = _about_text(key, part.app, known)
                if told:
                    yield ProjectFinding(part.at("i18n", locale, key), *told)


def _about_text(key: str, app: str, known: set[str]) -> tuple[str, str] | None:
    """Tell what is wrong with the key of a text, and what to do; None where nothing is."""
    match = re.fullmatch(_TEXT, key)
    is_of_component = key.startswith(COMPONENT)
    if not match or not (is_of_component or match[2].startswith(_OF_SETTINGS)):
        return None
    if plain_app(match[1]) != plain_app(app):
        full = f"{COMPONENT if is_of_component else ''}{app}.{match[2]}"
        return f'the text "{key}" is of another app than "{app}"', f"write {full}"
    if is_of_component or f"{app}.{match[2]}" in known:
        return None
    hint = did_you_mean(key, known) or "texts are of `page` or of a setting: path.CATEGORY.NAME"
    return f'the text "{key}" is of no setting that the app has', hint
