"""What steps did is read as it was written and found by what it is; only one module knows where."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest

import kobjctl
from kobjctl.model.run import StepLog
from kobjctl.model.workflow import Workflow
from kobjctl.store.step_log import RunStep, StepFilter

PACKAGE = Path(kobjctl.__file__).parent
ANY_TEXT = "naïve 🛒 \x00 \u2028 '; DROP TABLE customers; --"
ANY_JSON = {"null": None, "large": 2**70, "text": ANY_TEXT, "nested": {"a": [{"b": None}]}}
NOON = "2026-01-02T12:00:00.000Z"
DOCUMENT = {"name": "w1", "trigger": {"eventName": "a.b"}}
WORKFLOW = Workflow.from_document(DOCUMENT, workflow_id="w1")


def step(sequence=1, **others):
    facts = {
        "sequence": sequence,
        "step_id": f"s{sequence}",
        "display_name": "",
        "action": None,
        "status": "completed",
        "input": None,
        "output": {},
        "error": None,
        "started_at": NOON,
        "duration": 0.0,
    }
    return StepLog(**{**facts, **others})


@pytest.fixture
def log(store):
    """The log of an org with the runs 1 and 2, which have no steps yet."""
    store.workflows.add(WORKFLOW, NOON)
    for number in (1, 2):
        event = store.events.add(f"{number:024x}", "a.b", "{}", NOON)
        store.runs.accept(f"{number:024x}", event, ("w1", 1), "host:7", NOON)
    return store.step_log


@pytest.mark.parametrize(
    "written",
    [
        step(),
        step(input={}, warnings=[""], decisions=[{}]),
        step(action="", display_name=ANY_TEXT, step_id=ANY_TEXT),
        step(
            status="failed",
            input=ANY_JSON,
            output=ANY_JSON,
            error={"message": ANY_TEXT},
            warnings=[ANY_TEXT, ""],
            decisions=[ANY_JSON, {"holds": True, "target": "a"}],
            duration=0.125,
            requests=[ANY_JSON],
            stub=ANY_TEXT,
        ),
    ],
)
def test_the_log_of_a_step_is_read_as_it_was_written(log, written):
    log.add(1, [written])

    assert [written] == log.steps(1)
    assert written == log.step(1, written.step_id)
    assert [RunStep(1, written)] == list(log.select(StepFilter()))


def test_the_log_of_a_run_stands_in_the_order_its_steps_ran(log):
    log.add(1, [step(2), step(10), step(1)])
    log.add(1, [])
    log.add(2, [step(1)])

    assert [1, 2, 10] == [each.sequence for each in log.steps(1)]
    assert [step(1)] == log.steps(2)
    assert [] == log.steps(3)
    assert [3, 1, 0] == [log.count(run) for run in (1, 2, 3)]


def test_a_step_stands_in_the_log_once_and_of_a_run_that_is_there(log):
    log.add(1, [step(1)])

    with pytest.raises(sqlite3.IntegrityError):
        log.add(1, [step(1)])
    with pytest.raises(sqlite3.IntegrityError):
        log.add(3, [step(1)])


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("lookup", 2),
        ("3", 2),  # an id comes before a place
        ("1", 1),
        ("4", 4),
        ("01", None),
        ("5", None),
        (str(2**70), None),
        ("٤", None),
        ("", None),
    ],
)
def test_a_step_is_found_by_its_id_or_else_its_place(log, reference, expected):
    log.add(2, [step(4, step_id="lookup"), step(5, step_id="no")])
    ids = "start", "3" if reference == "3" else "lookup", "lookup", "end"
    log.add(1, [step(place, step_id=each) for place, each in enumerate(ids, 1)])

    found = log.step(1, reference)

    assert expected == (found and found.sequence)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [(1, 1), (1, 2), (1, 3), (2, 1)]),
        ({"run": 1}, [(1, 1), (1, 2), (1, 3)]),
        ({"sequence": 1}, [(1, 1), (2, 1)]),
        ({"step_id": "s2"}, [(1, 2)]),
        ({"action": "kustomer.x"}, [(1, 2), (2, 1)]),
        ({"status": "failed"}, [(1, 3)]),
        ({"is_warned": True}, [(1, 2)]),
        ({"run": 2, "action": "kustomer.x", "status": "completed"}, [(2, 1)]),
        ({"run": 3}, []),
    ],
)
def test_steps_are_found_by_what_they_are(log, wanted, expected):
    log.add(2, [step(1, action="kustomer.x")])
    log.add(
        1,
        [
            step(1),
            step(2, action="kustomer.x", warnings=["a"]),
            step(3, status="failed", error={"message": "b"}),
        ],
    )

    found = [(run, each.sequence) for run, each in log.select(StepFilter(**wanted))]

    assert expected == found


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_a_run_takes_over_the_first_steps_of_another(log, count):
    steps = [step(1), step(2, output=ANY_JSON), step(3)]
    log.add(1, steps)

    log.copy(1, 2, count)

    assert steps[:count] == log.steps(2)
    assert steps == log.steps(1)


def texts(source):
    """Yield the texts of a module but for its docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_nobody_else_names_the_tables_of_the_log(store):
    query = (
        r"SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'step\_%' ESCAPE '\'"
    )
    tables = [name for (name,) in store.connection.execute(query)]
    named = re.compile(rf"\b({'|'.join(tables)})\b")

    modules = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if any(map(named.search, texts(path.read_text(encoding="utf-8"))))
    }

    assert tables
    assert {"store/step_log.py", "store/migrations.py"} == modules


def test_a_table_is_noticed_in_a_query_and_not_in_a_docstring():
    source = '"""The step_log."""\nquery = f"SELECT {a} FROM step_log"\n'

    assert ["SELECT ", " FROM step_log"] == list(texts(source))
