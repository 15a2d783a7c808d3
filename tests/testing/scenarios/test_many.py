"""Many scenarios: in order whoever runs them, chosen by name or because they failed."""

import json
import multiprocessing

import pytest

from kobjctl.cli.views.scenarios import results_json
from kobjctl.testing.scenarios import running_all
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.running_all import run_all
from kobjctl.testing.scenarios.selecting import CACHE, LastFailed, tasks_of

HEAD = "workflow: a.yaml\nscenarios:\n"


@pytest.fixture
def tasks(tmp_path):
    """Tasks of three files, of which every fifth fails."""
    (tmp_path / "a.yaml").write_text(
        "name: a\ntrigger: {eventName: a.made, transitions: [{target: b}]}\nsteps: [{id: b}]\n"
    )
    for file in "xyz":
        (tmp_path / f"{file}.test.yaml").write_text(
            HEAD
            + "".join(
                f"  - {{name: {file}{number}, send: {{}}, expect: {{path.count: {count}}}}}\n"
                for number in range(30)
                for count in [3 if number % 5 == 4 else 2]
            )
        )
    found = collect([tmp_path], StartOrgs())
    assert () == found.problems
    return tasks_of(found.files)


def told(results):
    """Give what matters of results."""
    return [(each.scenario.name, each.outcome, each.mismatches, each.runs) for each in results]


def test_several_processes_give_what_one_does(tasks):
    alone = told(run_all(tasks, StartOrgs()))
    together = told(run_all(tasks, StartOrgs(), processes=2))

    assert [task.scenario.name for task in tasks] == [name for name, *_ in together]
    assert alone == together
    assert 18 == sum(outcome == "failed" for _, outcome, *_ in together)


def test_processes_that_begin_with_nothing_give_the_same(tasks, monkeypatch):
    monkeypatch.setattr(running_all, "_context", lambda: multiprocessing.get_context("spawn"))

    assert told(run_all(tasks[:10], StartOrgs())) == told(
        run_all(tasks[:10], StartOrgs(), processes=2)
    )


@pytest.mark.parametrize("processes", [1, 2])
def test_the_first_failure_is_the_last_result(tasks, processes):
    results = list(run_all(tasks, StartOrgs(), processes=processes, stop_first=True))

    assert ["x0", "x1", "x2", "x3", "x4"] == [each.scenario.name for each in results]


@pytest.mark.parametrize(
    ("named", "count"), [("", 90), ("y1", 11), ("X.TEST", 30), ("test.yaml: z", 30), ("none", 0)]
)
def test_a_name_is_looked_for_in_files_and_scenarios(tasks, named, count):
    files = list({task.file.path: task.file for task in tasks}.values())

    assert count == len(tasks_of(files, named))


def test_what_failed_is_known_the_next_time(tasks, tmp_path):
    LastFailed(tmp_path).learn(run_all(tasks, StartOrgs()))
    failed = LastFailed(tmp_path).among(tasks)

    assert 18 == len(failed)
    assert "*\n" == (tmp_path / CACHE / ".gitignore").read_text()


def test_what_did_not_run_stays_as_it_was(tasks, tmp_path):
    LastFailed(tmp_path).learn(run_all(tasks, StartOrgs()))
    now_good = [
        result._replace(outcome="passed")
        for result in run_all([task for task in tasks if task.scenario.name == "x4"], StartOrgs())
    ]
    LastFailed(tmp_path).learn(now_good)

    names = [task.scenario.name for task in LastFailed(tmp_path).among(tasks)]
    assert "x4" not in names
    assert 17 == len(names)


def test_where_nothing_ever_failed_nothing_is_kept(tasks, tmp_path):
    LastFailed(tmp_path).learn(run_all(tasks[:2], StartOrgs()))

    assert not (tmp_path / CACHE).exists()


@pytest.mark.parametrize("text", ["", "[", "[1]", "{}", '[["a"]]', "null"])
def test_a_broken_cache_is_none(tasks, tmp_path, text):
    (tmp_path / CACHE).mkdir()
    (tmp_path / CACHE / "last-failed.json").write_text(text)

    assert [] == LastFailed(tmp_path).among(tasks)


def test_a_cache_that_can_not_be_written_is_done_without(tasks, tmp_path):
    (tmp_path / CACHE).write_text("a file in its place")
    kept = LastFailed(tmp_path)
    kept.learn(run_all(tasks[:5], StartOrgs()))

    assert 1 == len(kept.among(tasks))


def test_results_can_be_sent_to_other_processes_and_shown_as_json(tasks, tmp_path):
    results = list(run_all(tasks[:5], StartOrgs(), processes=2))
    shown = json.loads(json.dumps(results_json(results, 1.0)))

    assert {"expected": 3, "actual": 2}.items() <= shown["scenarios"][4]["mismatches"][0].items()
