"""Send what a scenario sends, one after the other, and keep the runs that it sets off."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kobjctl.app.definitions import hooks
from kobjctl.app.runs import calls, events, schedules
from kobjctl.app.runs.captured import read, read_inputs
from kobjctl.app.runs.payload import Payload, payload_of, read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.send import send
from kobjctl.files.limits import PAYLOAD_LIMIT
from kobjctl.files.shapes.scenario import FORMS, is_sent_file
from kobjctl.files.source import read_bytes
from kobjctl.files.times import later
from kobjctl.model.errors import KobjctlError, UsageError
from kobjctl.model.hook import Hook
from kobjctl.model.run import RunReport
from kobjctl.model.scenario import ScenarioRun
from kobjctl.model.values import MISSING, Json, JsonObject, JsonPath, MissingValue
from kobjctl.model.workflow import Workflow
from kobjctl.store.text import encode
from kobjctl.testing.scenarios.effects import ScenarioEffects
from kobjctl.testing.scenarios.records_seen import RecordsSeen
from kobjctl.testing.scenarios.stage import PlacedError, Stage


def play(stage: Stage) -> ScenarioEffects:
    """Send everything in order, give what happened; raises PlacedError for what can't be sent."""
    records = RecordsSeen(stage.engine.org.store)
    own = {workflow.name for workflow in stage.start.tested}
    reports: list[RunReport] = []
    main: int | None = None
    response: Json | MissingValue = MISSING
    for path, entry in entries(stage.scenario.body["send"]):
        try:
            sent = _send(stage, entry)
        except KobjctlError as error:
            raise PlacedError(stage.own, path, error) from error
        if stage.engine.interruption.asked:
            raise KeyboardInterrupt
        stage = stage.at(sent.moved_to)
        if "advance" not in entry:
            main = _about(sent.reports, own, len(reports), main)
            response = sent.response
        reports += sent.reports
    workflows = stage.start.workflows
    return ScenarioEffects(
        runs=tuple(ScenarioRun(workflows[each.run.workflow_name], each) for each in reports),
        main=main,
        response=response,
        http=tuple(stage.calls.made),
        records=records,
        ended_at=stage.engine.org.now(),
    )


def entries(send: Json) -> list[tuple[JsonPath, JsonObject]]:
    """Return what is sent as entries that say what they are, each with its path in the scenario."""
    if isinstance(send, list):
        return [(("send", index), _entry(each, FORMS)) for index, each in enumerate(send)]
    return [(("send",), _entry(send, ()))]


def _entry(sent: Json, forms: Iterable[str]) -> JsonObject:
    if is_sent_file(sent):
        return {"file": sent}
    if isinstance(sent, dict) and any(form in sent for form in forms):
        return sent
    return {"payload": sent}


class _SendState(NamedTuple):
    """What one entry gave; `moved_to` is the time that the clock shows from then on, empty where
    it was not moved.
    """

    reports: Sequence[RunReport]
    response: Json | MissingValue = MISSING
    moved_to: str = ""


def _about(
    reports: Sequence[RunReport], own: set[str], before: int, main: int | None
) -> int | None:
    """Return which run the scenario is about: the first of its workflows, else the first."""
    for index, report in enumerate(reports):
        if report.run.workflow_name in own:
            return before + index
    return before if reports else main


def _send(stage: Stage, entry: JsonObject) -> _SendState:
    engine = stage.engine
    if "advance" in entry:
        until = later(entry["advance"], engine.org.now())
        ran = schedules.run_due(engine, until)
        return _SendState([report for _, logs in ran for report in logs], moved_to=until)
    if "event" in entry:
        reading = read(entry["event"], entry.get("data") or {})
        return _SendState(events.send(engine, reading.name, reading.data).reports)
    if "call" in entry:
        return _called(calls.call(engine, entry["call"], read_inputs(entry.get("inputs") or {})))
    return _payload(stage, entry)


def _payload(stage: Stage, entry: JsonObject) -> _SendState:
    """Send a payload to the hook that is named, else to what starts the workflow."""
    engine = stage.engine
    workflow = None if "hook" in entry else _only(stage)
    named = workflow.event_name if workflow else entry["hook"]
    hook = engine.org.store.hooks.get(named) if workflow else hooks.get(engine.org.store, named)
    if hook:
        return _SendState(send(engine, to_hook(hook, _body(stage, entry, hook))).reports)
    data = _document(stage, entry)
    if workflow and workflow.document["trigger"].get("callable") is not True:
        return _SendState(events.send(engine, named, read(named, data).data).reports)
    return _called(calls.call(engine, workflow.name if workflow else "", read_inputs(data)))


def _only(stage: Stage) -> Workflow:
    """Return a workflow of those with the one trigger that a payload can be meant for."""
    by_event = {workflow.event_name: workflow for workflow in stage.start.tested}
    if len(by_event) > 1:
        names = [hook.name for hook in map(stage.engine.org.store.hooks.get, by_event) if hook]
        raise UsageError(
            f"several things start workflows here: {', '.join(sorted(names or by_event))}",
            hint="choose one: [{payload: ..., hook: NAME}], [{event: NAME, data: ...}]",
        )
    [workflow] = by_event.values()
    return workflow


def _body(stage: Stage, entry: JsonObject, hook: Hook) -> Payload:
    if "file" in entry:
        return read_body(hook, _raw(stage, entry["file"]), str(stage.file.near(entry["file"])))
    if hook.by_mail:
        # What the script in a mail holds; a whole mail comes as a file.
        return payload_of(entry["payload"])
    return read_body(hook, encode(entry["payload"]).encode(), "the payload")


def _document(stage: Stage, entry: JsonObject) -> Json:
    if "payload" in entry:
        return entry["payload"]
    from kobjctl.files.payloads.payload import read_payload  # noqa: PLC0415 - few send files

    return read_payload(_raw(stage, entry["file"]), str(stage.file.near(entry["file"])))


def _raw(stage: Stage, name: str) -> bytes:
    return read_bytes(stage.file.near(name), PAYLOAD_LIMIT + 1)


def _called(called: calls.CallResult) -> _SendState:
    return _SendState(called.sent.reports, called.response)
