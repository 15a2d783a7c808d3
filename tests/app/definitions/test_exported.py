"""What the platform exported has the ids that its names have, be it a workflow or a hook."""

import json

import pytest

from kobjctl.app.definitions import hooks, variables, workflows
from kobjctl.app.definitions.apply import apply, read
from kobjctl.app.runs import runs
from kobjctl.app.runs.calls import call
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.schedules import run_due
from kobjctl.app.runs.send import send
from kobjctl.model.problem import FileProblemsError

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


# Ids that names have.

CALLED_ID = "64b000000000000000000c01"
REMIND = {
    "name": "remind",
    "trigger": {
        "id": "1",
        "callable": True,
        "eventName": f"kustomer.workflow.{CALLED_ID}.call",
        "schema": {"properties": {}, "required": []},
        "transitions": [],
    },
    "steps": [],
}
PLAN = {
    "name": "plan",
    "trigger": {"id": "1", "eventName": EVENT, "transitions": [{"target": "later"}]},
    "steps": [
        {
            "id": "later",
            "action": "kustomer.app.scheduler.schedule-workflow",
            "params": {"runAt": {"type": "relative", "value": 0}, "workflowId": CALLED_ID},
            "transitions": [],
            "errorCases": [],
        }
    ],
}


FORMS = {"name": "forms", "type": "form", "eventName": EVENT}


def refused(engine, tmp_path, document):
    """Give why a document can't be loaded."""
    with pytest.raises(FileProblemsError) as raised:
        load(engine, tmp_path, document)
    return [problem.message for problem in raised.value.problems]


def without_event(workflow, **others):
    """Give a callable workflow that doesn't name its event."""
    trigger = {key: value for key, value in workflow["trigger"].items() if key != "eventName"}
    return {**workflow, "trigger": trigger, **others}


def statuses_of_the_call(engine):
    """Send the hook of PLAN a payload; give the statuses of the run, and of what it scheduled."""
    hook = hooks.get(engine.org.store, "plan")
    sent = send(engine, to_hook(hook, read_body(hook, b"{}", "x.json")))
    due = [report for _, reports in run_due(engine, engine.org.now()) for report in reports]
    return [report.run.status for report in (*sent.reports, *due)]


def test_a_schedule_finds_a_workflow_whose_id_only_its_event_has(engine, tmp_path):
    changes = load(engine, tmp_path, [PLAN, REMIND])

    assert ("workflow", "remind", "created") in changes
    assert CALLED_ID == workflows.get(engine.org.store, "remind").id
    assert ["completed", "completed"] == statuses_of_the_call(engine)


def test_validate_finds_it_too(tmp_path):
    file = tmp_path / "exported.json"
    file.write_text(json.dumps([PLAN, REMIND]))

    assert [] == read([file]).problems


def test_an_id_that_a_file_says_later_is_that_of_the_workflow_and_of_all_it_has(engine, tmp_path):
    store = engine.org.store
    load(engine, tmp_path, without_event(REMIND))
    old_id = workflows.get(store, "remind").id
    call(engine, "remind", {})
    variables.set_value(engine.org, "remind", "token", "t")

    changes = load(engine, tmp_path, [PLAN, without_event(REMIND, id=CALLED_ID)])

    workflow = workflows.get(store, CALLED_ID)
    assert ("workflow", "remind", "updated") in changes
    assert old_id != CALLED_ID == runs.report(store).run.workflow_id
    assert [(workflow.id, workflow.rev)] == store.workflows.listening(
        f"kustomer.workflow.{CALLED_ID}.call"
    )
    assert ["token"] == [each.name for each in store.variables.of_workflow(CALLED_ID)]
    assert ["completed", "completed"] == statuses_of_the_call(engine)


def test_a_workflow_keeps_its_id_where_its_file_says_none(engine, tmp_path):
    load(engine, tmp_path, REMIND)

    load(engine, tmp_path, without_event(REMIND))

    assert CALLED_ID == workflows.get(engine.org.store, "remind").id


def test_an_id_that_another_workflow_has_is_refused(engine, tmp_path):
    load(engine, tmp_path, [REMIND, {**without_event(REMIND), "name": "ask"}])

    for name in ("ask", "tell"):
        taken = f'workflow "remind" already has the id {CALLED_ID}'
        assert [taken] == refused(engine, tmp_path, {**REMIND, "name": name})


def test_a_hook_of_a_file_has_the_id_that_its_event_names(engine, tmp_path):
    load(engine, tmp_path, {"hooks": [FORMS]})

    assert HOOK_ID == hooks.get(engine.org.store, "forms").id


def test_a_hook_whose_event_is_of_another_type_or_another_s_is_refused(engine, tmp_path):
    load(engine, tmp_path, {"hooks": [FORMS]})
    other = EVENT.replace(HOOK_ID, CALLED_ID)
    webs = [
        {"name": "a", "type": "web", "eventName": EVENT.replace("form", "web")},
        {"name": "b", "type": "web", "eventName": other},
    ]

    assert [
        f'hook "forms" already has the id {HOOK_ID}',
        f"the event {other} is that of a form hook",
    ] == refused(engine, tmp_path, {"hooks": webs})
