"""An action that an app defines: its templates around one of the platform's own actions.

Source: `manual/platform.md 7.10`. Params are resolved against the run, fitted to `inputSchema`,
and are then, with the app's settings, what `inputTemplate` is rendered from; what that gives is
performed, and `outputTemplate` is rendered from its result.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import carry_out
from kobjctl.actions.schema import declared, fit
from kobjctl.engine.known import context_of
from kobjctl.expressions.scope import Context, Scope
from kobjctl.expressions.value import compile_value
from kobjctl.model.app import AppPart, Setting, plain_key, plain_name
from kobjctl.model.errors import KobjctlError
from kobjctl.model.slips import one_slip_away
from kobjctl.model.values import MISSING, Json, JsonObject, a_kind
from kobjctl.records.casts import cast_notes
from kobjctl.records.context import RunContext
from kobjctl.store.text import decode, encode

if TYPE_CHECKING:
    from kobjctl.store.store import Store

# What a type of action performs, by the platform's action that does the same.
PERFORMED_BY: Final[Mapping[str, str]] = {
    "rest_api": "kustomer.rest-api.json",
    "regex_match": "kustomer.regex-match.generic",
    "schedule": "kustomer.app.scheduler.schedule-workflow",
}
# The name of the org in the platform's addresses, where no setting gives another.
ORG_NAME: Final = "orgName"
LOCAL: Final = "local"


class UnsupportedActionError(KobjctlError):
    """An app's action of a type that can't be performed on this machine."""


class AppAction:
    """A compiled action of an app; it performs as the platform's own do."""

    def __init__(self, part: AppPart) -> None:
        definition = part.definition
        self.name = part.name
        self.type = str(definition.get("type") or "")
        self._performed_by = PERFORMED_BY.get(self.type, "")
        self._schema: JsonObject = definition.get("inputSchema") or {}
        self._settings = {
            name: str(each["key"]) for name, each in (definition.get("appSettings") or {}).items()
        }
        self._input = compile_value(definition.get("inputTemplate") or {}).resolve
        template = definition.get("outputTemplate")
        self._output = compile_value(template).resolve if template else None

    @property
    def remote(self) -> bool:
        """Return whether performing leaves the machine."""
        return self._performed_by in ACTIONS and ACTIONS[self._performed_by].remote

    @property
    def lookup(self) -> bool:
        """Return whether performing only reads."""
        return self._performed_by in ACTIONS and ACTIONS[self._performed_by].lookup

    def perform(self, params: JsonObject, context: RunContext) -> tuple[JsonObject, list[str]]:
        """Render, perform, render; give the output with warnings.

        Raises UnsupportedActionError for a type that nothing here performs, and whatever the
        performing action raises.
        """
        if self._performed_by not in ACTIONS:
            raise UnsupportedActionError(
                f'"{self.name}" has the type "{self.type}", which kobjctl can\'t perform',
                hint="answer it with --stubs FILE: actions: "
                f"[{{action: {plain_name(self.name)}, output: {{}}}}]",
            )
        known = context_of(context.org)
        roots = {ORG_NAME: LOCAL, **params, **self._resolved(context.org.store, known)}
        try:
            asked, unused = self._asked(self._input(Scope(roots, known)))
            result, said = carry_out(ACTIONS[self._performed_by], asked, context)
        except KobjctlError as error:
            # What was said before it failed may be why.
            for warning in known.take_warnings():
                error.add_note(warning)
            raise
        output: Json = self._output(Scope(result, known)) if self._output else result
        return {} if output is MISSING else output, [*unused, *said, *known.take_warnings()]

    def _asked(self, asked: Json) -> tuple[JsonObject, list[str]]:
        """Return what the performing action takes of what `inputTemplate` gives, and warnings."""
        if not isinstance(asked, dict):
            raise UnsupportedActionError(
                f'the inputTemplate of "{self.name}" returns {a_kind(asked)}, not an object'
            )
        taken = {each.name for each in ACTIONS[self._performed_by].params}
        unused = [
            f'nothing takes the key "{key}" of the inputTemplate; it was left out'
            for key in asked.keys() - taken - self._schema.get("properties", {}).keys()
        ]
        return {key: value for key, value in asked.items() if key in taken}, sorted(unused)

    def fit(self, params: JsonObject) -> tuple[JsonObject, list[str]]:
        """Return the params as `inputSchema` declares them, with warnings of what was cast.

        Raises BadParamError for params that do not fit.
        """
        fitted, warnings = fit(self._schema, params)
        for name, value in params.items():
            warnings += cast_notes(name, value, fitted[name])
        return fitted, warnings

    def _resolved(self, store: "Store", context: Context) -> JsonObject:
        """Return the values of the settings that the action names; one without is left out."""
        values = {}
        for name, key in {ORG_NAME: ORG_NAME, **self._settings}.items():
            setting = store.settings.get(key)
            if setting and setting.resolved is not MISSING:
                values[name] = setting.resolved
            if name in self._settings and (lack := _lack(key, setting, store)):
                context.warn(lack)
        return values


def _lack(key: str, setting: Setting | None, store: "Store") -> str:
    """Return what a setting lacks that an action names; empty where there is nothing to say."""
    if setting is None:
        close = one_slip_away(plain_key(key), map(plain_key, store.settings.keys()))
        hint = f'did you mean "{close}"?' if close else f"kobjctl setting set {key} VALUE gives one"
        return f'no app declares the setting "{key}": {hint}'
    if setting.resolved is MISSING:
        return f'the setting "{key}" has no value: kobjctl setting set {key} VALUE'
    app = store.apps.get(setting.app) if setting.app and not setting.resolved else None
    if app and app.lacks(setting):
        key = setting.key
        return f'the setting "{key}" is required and empty: kobjctl setting set {key} VALUE'
    return ""


def app_action(part: AppPart) -> AppAction:
    """Return the compiled action of an app's definition."""
    return _compiled(part.name, part.app, encode(part.definition))


# Keyed by the definition as it stands, so that one that changed is compiled anew.
@lru_cache(maxsize=128)
def _compiled(name: str, app: str, definition: str) -> AppAction:
    return AppAction(AppPart(name, app, decode(definition)))


def output_of(definition: JsonObject) -> Mapping[str, str]:
    """Return the fields of an app's action's output with their types; none where that is open."""
    kinds = {name: kind for name, kind, _ in declared(definition.get("outputSchema") or {})}
    template = definition.get("outputTemplate")
    if isinstance(template, dict) and template:
        return {name: kinds.get(name, "anything") for name in template}
    performed_by = PERFORMED_BY.get(str(definition.get("type")), "")
    if template or performed_by not in ACTIONS:
        return kinds
    return ACTIONS[performed_by].output
