"""Whole workflows against themselves, and against themselves with one condition turned round."""

import contextlib
import json
import shutil
from itertools import islice
from pathlib import Path

import pytest

from kobjctl.app.org.opening import open_existing_org
from kobjctl.app.runs import runs
from kobjctl.compare import comparison
from kobjctl.compare.payloads import entrances, of_log
from kobjctl.engine.engine import engine_of
from kobjctl.http.connect import WebSettings, connect
from kobjctl.store.runs import RunFilter

FOLDER = Path(__file__).parents[1] / "workflows"
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
# What never holds in the place of what held, and the other way round.
TURNED = {
    True: {"op": "dne", "values": ["something that is there"]},
    False: {"op": "true", "values": [True]},
}
# So many conditions of a workflow are turned round, unless all are asked for.
FEW = 1
CONDITIONS = comparison.Conditions(seed=1, moves=True, examples=1)


@pytest.fixture
def recorded(golden, tmp_path):
    """Give what makes the org of a sample, with all that came in, and the web of its stubs."""

    @contextlib.contextmanager
    def recorded(sample):
        folder = tmp_path / sample.name
        shutil.copytree(sample, folder)
        perform, words = golden.in_process(folder), golden.Words(folder)
        with contextlib.chdir(folder):
            golden.replay((folder / "log.txt").read_text(), perform, words)
            engine = engine_of(open_existing_org("kobjctl.db", named=True))
            with contextlib.closing(engine.org.store):
                stubs = ("stubs.yaml",) if Path("stubs.yaml").exists() else ()
                found = connect(engine.org.store, WebSettings(stubs=stubs))
                engine = engine._replace(http=found.http, stub=found.stub)
                yield engine

    return recorded


def compare(engine, old, new, *, more_ids=0, keep=None):
    """Compare two workflows of an org on all that it has got; the new version's ids are others."""
    with comparison.compared(engine, (old, new), CONDITIONS, keep) as running:
        for _ in range(more_ids):
            running.sides.new.org.new_id()
        list(running.run(of_log(engine.org.store, entrances(running.sides), "")))
        return running


def heard(engine):
    """Give the workflows that something was recorded for."""
    names = {run.workflow_name for run in engine.org.store.runs.list(RunFilter(), -1)}
    return [workflow for workflow in engine.org.store.workflows.all() if workflow.name in names]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_version_against_itself_never_differs(recorded, sample):
    with recorded(sample) as engine:
        before = list(engine.org.store.connection.iterdump())
        workflows = heard(engine)
        found = {
            workflow.name: compare(engine, workflow.name, workflow.name, more_ids=7)
            for workflow in workflows
        }

        assert before == list(engine.org.store.connection.iterdump())
    assert workflows
    assert {} == {name: list(each.groups) for name, each in found.items() if each.groups}
    assert any(each.compared for each in found.values())


def decided(engine, workflow, folder):
    """Yield the conditions that decided the way of a run, with whether they held: its step, and
    its place there.
    """
    newest = engine.org.store.runs.newest().number
    compare(engine, workflow.name, workflow.name, keep=folder)
    copy = engine_of(open_existing_org(folder / "old.db", named=True))
    with contextlib.closing(copy.org.store):
        found = {}
        wanted = RunFilter(workflow_id=workflow.id, after=newest)
        for run in copy.org.store.runs.list(wanted, -1):
            for step in runs.report_of(copy.org.store, run).steps:
                taken = step.decisions[-1]["target"] if step.decisions else ""
                for place, decision in enumerate(step.decisions):
                    is_way = decision["holds"] or decision["target"] != taken
                    if is_way and decision.get("on") != "error":
                        found[step.step_id, place] = decision["holds"]
    yield from found.items()


def turned(document, step_id, place, *, holds):
    """Give a workflow in which a condition says the opposite."""
    document = json.loads(json.dumps(document))
    steps = [document["trigger"] | {"id": "1"}, *document["steps"]]
    step = next(step for step in steps if step["id"] == step_id)
    ways = step["transitions"]
    ways[place]["condition"] = TURNED[holds]
    others = {way["target"] for way in ways[place + 1 :]}
    return document if ways[place]["target"] not in others else None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_condition_that_is_turned_round_is_found(recorded, tmp_path, long, sample):
    tried = 0
    with recorded(sample) as engine:
        for workflow in heard(engine):
            conditions = decided(engine, workflow, tmp_path / workflow.name)
            for (step, place), holds in islice(conditions, None if long else FEW):
                document = turned(workflow.document, step, place, holds=holds)
                if document is None:
                    continue
                path = tmp_path / "turned.json"
                path.write_text(json.dumps(document))

                found = compare(engine, workflow.name, str(path))
                kinds = {group.difference.kind for group in found.groups}

                assert {"path"} & kinds, (workflow.name, step, place)
                tried += 1
    assert tried
