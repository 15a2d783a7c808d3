"""Whole workflows of many kinds: each folder of `workflows/` has files, payloads and their log.

Together they use everything that a file can name, and every step of them is taken; so a new
action, operator, function or helper needs a place in one of them.
"""

import contextlib
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.app.org.opening import open_existing_org
from kobjctl.app.runs import runs
from kobjctl.engine.engine import engine_of
from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.handlebars import HELPERS, compile_template
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.references import FUNCTION_MARK
from kobjctl.expressions.value import TEMPLATE_MARK
from kobjctl.testing.drafting import origin
from kobjctl.testing.drafting.file import write_run
from kobjctl.testing.drafting.layout import DraftingOptions

FOLDER = Path(__file__).parent / "workflows"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
SCHEDULE = "kustomer.app.scheduler.schedule-workflow"
# What `apply` warns of, where that is meant.
MEANT = {
    "crm": {"WF205"},
    "feed": {"WF302", "WF415"},
    "sla": {"WF609"},
    "statement": {"WF415"},
}
# The runs that are to fail: of an order without a good email address.
FAILED = {"refunds": 1}


class Replayed(NamedTuple):
    """What came of a sample: its log, the workflows and app parts of the org, its runs."""

    folder: Path
    log: str
    workflows: list
    parts: list
    reports: list


@pytest.fixture(scope="module")
def replay(golden, tmp_path_factory):
    """Give what replays the log of a sample, once."""
    done = {}

    def replay_one(sample):
        if sample not in done:
            folder = tmp_path_factory.mktemp("sample") / sample.name
            shutil.copytree(sample, folder)
            done[sample] = replay_in(folder, golden)
        return done[sample]

    return replay_one


def replay_in(folder, golden):
    perform, words = golden.in_process(folder), golden.Words(folder)
    with contextlib.chdir(folder):
        log = golden.replay((folder / "log.txt").read_text(), perform, words)
        engine = engine_of(open_existing_org(folder / "kobjctl.db", named=False))
        with contextlib.closing(engine.org.store) as store:
            newest = store.runs.newest()
            numbers = range(1, newest.number + 1 if newest else 1)
            return Replayed(
                folder,
                log,
                [workflow.document for workflow in store.workflows.all()],
                [part.definition for part in (*store.app_actions.all(), *store.app_triggers.all())],
                [runs.report(engine.org.store, str(number)) for number in numbers],
            )


@pytest.fixture
def everything(replay):
    """All samples, replayed."""
    return [replay(sample) for sample in SAMPLES]


@EACH
def test_a_sample_leaves_its_log(replay, update, sample):
    log = replay(sample).log
    if update:
        (sample / "log.txt").write_text(log)

    assert (sample / "log.txt").read_text() == log


@EACH
def test_a_sample_is_judged_as_it_is_meant(replay, sample):
    told = set(re.findall(r" (?:note|warning|error) (WF\d+): ", replay(sample).log))

    assert MEANT.get(sample.name, set()) == told


@EACH
def test_only_what_is_to_fail_fails(replay, sample):
    statuses = Counter(report.run.status for report in replay(sample).reports)

    assert FAILED.get(sample.name, 0) == statuses["failed"]
    assert {"completed", "stopped", "failed"} >= set(statuses)


@EACH
def test_every_step_of_a_sample_is_taken(replay, sample):
    replayed = replay(sample)
    taken = {
        (report.run.workflow_name, step.step_id)
        for report in replayed.reports
        for step in report.steps
    }

    assert (
        set()
        == {
            (workflow["name"], step["id"])
            for workflow in replayed.workflows
            for step in workflow["steps"]
        }
        - taken
    )


@EACH
def test_every_payload_of_a_sample_is_sent(sample):
    log = (sample / "log.txt").read_text()

    assert [] == [
        path.name for path in (sample / "payloads").iterdir() if f"payloads/{path.name} " not in log
    ]


@EACH
def test_what_is_exported_of_a_sample_is_what_was_loaded(replay, golden, sample, tmp_path):
    replayed = replay(sample)
    org = f"--db {replayed.folder / 'kobjctl.db'}"
    names = [workflow["name"] for workflow in replayed.workflows]
    for name in names:
        exported = golden.invoke(tmp_path, f"kobjctl workflow export {name} {org}").stdout
        (tmp_path / f"{name}.json").write_text(exported)

    applied = golden.invoke(tmp_path, f"kobjctl apply {tmp_path} {org} --json")

    assert [("workflow", name, "unchanged") for name in names] == [
        (change["kind"], change["name"], change["result"])
        for change in json.loads(applied.stdout)["changes"]
    ]


@EACH
def test_a_recorded_run_of_a_sample_becomes_a_scenario_that_repeats_it(replay, long, sample):
    replayed = replay(sample)
    # One of each way that a workflow went, or all.
    runs_of = {
        (index if long else (report.run.workflow_name, *(step.step_id for step in report.steps))): (
            report
        )
        for index, report in enumerate(replayed.reports)
    }
    engine = engine_of(open_existing_org(replayed.folder / "kobjctl.db", named=True))
    with contextlib.closing(engine.org.store):
        drafted = [drafted_of(engine, report.run.number) for report in runs_of.values()]

    assert [] == [(each.name, each.todo) for each in drafted if each.todo]


def drafted_of(engine, number):
    """Give the scenario that is written of a run."""
    found = origin.find(lambda: engine.org.store, "", str(number))
    file = Path(engine.org.store.path).with_name(found.file.name)
    file.write_text(origin.text_of(found.content))
    asked = DraftingOptions([file], file.parent, workflow=found.workflow)
    [drafted] = write_run(asked, found.run, found.sent).scenarios
    return drafted


# What they use together.


def texts_in(value):
    """Yield the texts in a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def texts_of(everything):
    """Give the texts of all workflows and of all parts of apps."""
    return [text for each in everything for text in texts_in([each.workflows, each.parts])]


def conditions_in(workflow):
    """Yield the conditions of a workflow, and those within."""
    nodes = [workflow["trigger"], *workflow["steps"]]
    waiting = [
        way["condition"]
        for node in nodes
        for way in (*node["transitions"], *node.get("errorCases", ()))
    ]
    while waiting:
        condition = waiting.pop()
        yield condition
        if condition["op"] in ("and", "or"):
            waiting += condition["values"]


def operators_in(decision):
    """Yield the operators that a decision of a run looked at."""
    yield decision["op"]
    for part in decision.get("parts", ()):
        yield from operators_in(part)


def test_every_action_is_performed(everything):
    performed = {
        step.action
        for each in everything
        for report in each.reports
        for step in report.steps
        if step.status == "completed"
    }

    assert set() == set(ACTIONS) - performed


def test_every_operator_decides(everything):
    decided = {
        op
        for each in everything
        for report in each.reports
        for step in report.steps
        for decision in step.decisions
        for op in operators_in(decision)
    }

    assert set(OPERATORS) == decided


def test_every_function_is_called(everything):
    called = {
        text.removeprefix(FUNCTION_MARK).split(",")[0]
        for text in texts_of(everything)
        if text.startswith(FUNCTION_MARK)
    }

    assert set(FUNCTIONS) == called


def test_every_helper_is_called(everything):
    called = {
        helper.name
        for text in texts_of(everything)
        if TEMPLATE_MARK in text
        for helper in compile_template(text).helpers
    }

    assert set(HELPERS) == called


# What authors do on the platform, beside naming things: as a pattern of a text ...
IN_TEXTS = {
    "the length of a match": r"/#steps\.[^.]+\.match\.length$",
    "the length of a list": r"/#steps\.1\..*items\.length$",
    "the regular expression that keeps a template": r"\.\*$",
    "an attribute of an app": r"/#steps\.[^.]+\.custom\.@\w+$",
    "an attribute of an app, in a template": r".*\{\{.*custom\.@\w+",
    "an input of an app": r".*steps\.1\.@\w+",
    "what an attribute was": r"/#steps\.1\.changes\.attributes\.custom\.before\.\w+$",
    "what an attribute of an app was": r"/#steps\.1\.changes\.attributes\.custom\.before\.@\w+$",
    "what an attribute of an app is": r"/#steps\.1\.changes\.attributes\.custom\.after\.@\w+$",
    "an item of a list": r"/#steps\.[^.]+\.[\w.]+\.0\.\w+$",
    "an item of a list, in a template": r".*\{steps\.[^}]+\.0\.\w+",
    "a variable by name in an address": r"https://\{\{\{variables\.[a-zA-Z]+\}\}\}/",
    "a variable by id in a header": r"Bearer \{\{\{variables\.[0-9a-f]{24}\}\}\}$",
    "the error of a step": r".*\{\{\{error\.message\}\}\}",
    "the whole payload": r"/#steps\.1\.attributes\.data$",
    "a step with a dash in its id": r"/#steps\.\w+-\w+\.id$",
    "a private app": r"kustomer\.app\.\w+_[0-9a-f]{24}\.[\w-]+$",
}
# ... or of a condition, as JSON.
IN_CONDITIONS = {
    "always: the builder's line": r'\{"op": "true", "values": \[true\]\}$',
    "always: the builder's else": r'\{"op": "exists", "values": \["true", ""\]\}$',
    "always: another else": r'\{"op": "exists", "values": \[true\]\}$',
    "exists with a leftover": r'\{"op": "exists", "values": \["/#[^"]+", ""\]\}$',
    "dne with a leftover": r'\{"op": "dne", "values": \["/#[^"]+", true\]\}$',
    "a status as a text": r'\{"op": "gt", "values": \["[^"]+\.statusCode", "200"\]\}$',
    "a status that equals a text": r'\{"op": "eq", "values": \["[^"]+\.statusCode", "200"\]\}$',
    "a length beside a text": r'\{"op": "gte", "values": \["[^"]+\.length", "\d+"\]\}$',
    "a list with one reference": r'\{"op": "contains", "values": \["[^"]+", \["/#[^"]+"\]\]\}$',
    "and within or within and": r'\{"op": "and", .*\{"op": "or", .*\{"op": "and", ',
    "or within and": r'\{"op": "and", .*\{"op": "or", ',
    "a function": r'\{"op": "eq", "values": \["/#fn:\w+[^"]*", true\]\}$',
}


@pytest.mark.parametrize("idiom", IN_TEXTS)
def test_an_idiom_of_values_is_used(everything, idiom):
    assert any(re.match(IN_TEXTS[idiom], text) for text in texts_of(everything))


@pytest.mark.parametrize("idiom", IN_CONDITIONS)
def test_an_idiom_of_conditions_is_used(everything, idiom):
    written = [
        json.dumps(condition)
        for each in everything
        for workflow in each.workflows
        for condition in conditions_in(workflow)
    ]

    assert any(re.match(IN_CONDITIONS[idiom], text) for text in written)


def targets_of(workflow):
    """Count the ways that lead to each step of a workflow."""
    nodes = [workflow["trigger"], *workflow["steps"]]
    return Counter(way["target"] for node in nodes for way in node["transitions"])


def schedules(workflow):
    """Give the ids of the workflows that a workflow schedules."""
    steps = [step for step in workflow["steps"] if step.get("action") == SCHEDULE]
    return {step["params"]["workflowId"] for step in steps}


IN_WORKFLOWS = {
    "a step without an action": lambda each: any("action" not in s for s in each["steps"]),
    "a join of two ways": lambda each: max(targets_of(each).values()) > 1,
    "steps that stand in no order": lambda each: (
        each["steps"][0]["id"] not in [way["target"] for way in each["trigger"]["transitions"]]
    ),
    "a workflow that schedules itself": lambda each: each.get("id") in schedules(each),
    "a callable workflow with a response": lambda each: (
        each["trigger"].get("callable") and each.get("response")
    ),
    "an error case that leads on": lambda each: any(s.get("errorCases") for s in each["steps"]),
}


@pytest.mark.parametrize("idiom", IN_WORKFLOWS)
def test_an_idiom_of_workflows_is_used(everything, idiom):
    assert any(IN_WORKFLOWS[idiom](each) for one in everything for each in one.workflows)


def test_a_chain_goes_by_a_schedule_and_by_an_event(replay):
    reports = {report.run.number: report for report in replay(FOLDER / "chain").reports}
    counted = reports[4].run
    checked = reports[counted.cause].run
    greeted = reports[checked.cause].run

    assert ["greet", "check", "count"] == [run.workflow_name for run in (greeted, checked, counted)]
