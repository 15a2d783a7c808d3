"""A workflow that the platform exported listens to a hook of the platform's id."""

import json

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs import runs
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.send import send

HOOK_ID = "63d19dea07506a356d06d3e6"
EVENT = f"kustomer.hooks.form.{HOOK_ID}.receive"
EXPORTED = {
    "description": "",
    "name": "responses",
    "trigger": {"id": "1", "eventName": EVENT, "transitions": []},
    "steps": [],
}


def load(engine, tmp_path, document):
    file = tmp_path / "exported.json"
    file.write_text(json.dumps(document))
    return [
        (change.kind, change.name, change.result) for change in apply(engine.org, [file]).changes
    ]


def test_its_hook_is_made_with_that_id_and_it_runs_at_once(engine, tmp_path):
    changes = load(engine, tmp_path, EXPORTED)

    hook = hooks.get(engine.org.store, "responses")
    sent = send(engine, to_hook(hook, read_body(hook, b"{}", "x.json")))
    assert [("hook", "responses", "created"), ("workflow", "responses", "created")] == changes
    assert (HOOK_ID, EVENT, "form") == (hook.id, hook.event_name, hook.type)
    assert "completed" == sent.reports[0].run.status == runs.report(engine.org.store).run.status


def test_its_hook_is_made_only_once(engine, tmp_path):
    load(engine, tmp_path, EXPORTED)

    changes = load(engine, tmp_path, EXPORTED)

    assert [("workflow", "responses", "unchanged")] == changes


def test_an_event_that_is_no_hook_s_makes_none(engine, tmp_path):
    trigger = {**EXPORTED["trigger"], "eventName": "kustomer.conversation.create"}

    changes = load(engine, tmp_path, {**EXPORTED, "trigger": trigger})

    assert [("workflow", "responses", "created")] == changes
    assert [] == engine.org.store.hooks.names()
