"""What happened, as an expectation: what a snapshot holds."""

import re
from typing import Final

from kobjctl.model.masking import MASK
from kobjctl.model.scenario import ScenarioRun
from kobjctl.model.secrets import Secrets
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.workflow import TRIGGER_ID
from kobjctl.testing.scenarios.effects import (
    ScenarioEffects,
    call_json,
    error,
    outputs,
    warnings,
    way,
)
from kobjctl.testing.scenarios.matchers import is_matcher, spelled_out
from kobjctl.testing.scenarios.records_seen import PLURALS

_ID: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{24}(?![0-9A-Za-z])")
# What every record has, and says nothing of what a workflow did. The look of a customer without
# a name comes from its id.
_NOISE: Final = (
    *("org", "rev", "createdBy", "modifiedBy"),
    *("recentItems", "conversationCounts", "verified", "externalVerified"),
    *("displayColor", "displayIcon"),
)
_OF_NO_INTEREST: Final = {"id": "an id", "deleted": False}
# What stands where something is masked.
_ANYTHING: Final = r"[\s\S]*"
_BLANK: Final[tuple[Json, ...]] = (None, "", [], {})


def snapshot(effects: ScenarioEffects, known: str, now: str, secrets: Secrets) -> JsonObject:
    """Return what happened as an expectation. Ids that are not in the text `known`, the time `now`
    and secrets are left open; what is blank, or the same for every record, is left out.
    """
    settle = _SnapshotWriter(known, now, secrets)
    taken: JsonObject = {}
    if effects.main is not None:
        taken |= _run(effects.runs[effects.main], settle)
    if len(effects.runs) != 1:
        taken["runs"] = [
            {"workflow": run.workflow.name, "status": run.report.run.status, "path": _path(run)}
            for run in effects.runs
        ]
    if effects.response is not MISSING:
        taken["response"] = settle.value(effects.response)
    taken["http"] = [settle.object(_sent(call_json(call))) for call in effects.http]
    for plural in PLURALS:
        records = effects.records
        changed = [settle.object(records.comparable(each, {})) for each in records.changed(plural)]
        if changed:
            taken[plural] = changed
    return taken


def _run(run: ScenarioRun, settle: "_SnapshotWriter") -> JsonObject:
    all_outputs = {
        step_id: settle.object(output)
        for step_id, output in outputs(run).items()
        if step_id != TRIGGER_ID
    }
    why = error(run)
    texts = warnings(run)
    return {
        "status": run.report.run.status,
        "path": _path(run),
        **({} if why is MISSING else {"error": settle.value(why)}),
        **({"warnings": settle.value(texts)} if texts else {}),
        "steps": {step_id: output for step_id, output in all_outputs.items() if output},
    }


def _path(run: ScenarioRun) -> list[str]:
    return [step_id for step_id, _ in way(run)]


def _sent(call: JsonObject) -> JsonObject:
    """Return a request without its headers: most are of the way, and some are secrets."""
    return {key: value for key, value in call.items() if key != "headers"}


class _SnapshotWriter:
    """Puts matchers in the place of what will be another the next time."""

    def __init__(self, known: str, now: str, secrets: Secrets) -> None:
        self._known = known
        self._now = now
        self._secrets = secrets

    def object(self, value: JsonObject) -> JsonObject:
        """Return an object without what says nothing, its values settled."""
        settled = {key: self.value(each) for key, each in value.items() if key not in _NOISE}
        return {
            key: each
            for key, each in settled.items()
            if each not in _BLANK
            and value[key] != self._now
            and not (key in _OF_NO_INTEREST and each == _OF_NO_INTEREST[key])
        }

    def value(self, value: Json) -> Json:
        """Return a value with matchers in the place of what changes."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            settled = self.object(value)
            return {"exactly": value} if is_matcher(settled) else settled
        return value

    def _text(self, value: str) -> Json:
        if value == self._now:
            return "a time"
        masked = self._secrets.mask_text(value)
        if masked != value:
            return {"regex": f"^{_ANYTHING.join(map(re.escape, masked.split(MASK)))}$"}
        own = [each for each in _ID.findall(value) if each not in self._known]
        if not own:
            is_word = is_matcher(value) or spelled_out(value) != value
            return {"exactly": value} if is_word else value
        if value == own[0]:
            return "an id"
        pattern = re.escape(value)
        for each in own:
            pattern = pattern.replace(each, "[0-9a-f]{24}")
        return {"regex": f"^{pattern}$"}
