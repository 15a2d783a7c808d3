"""Two runs side by side."""

import pytest

from kobjctl.app.runs import reruns, run_diff
from kobjctl.app.runs.events import send
from kobjctl.model.errors import UnknownNameError
from kobjctl.model.workflow import Workflow

ONE, OTHER, THIRD = (f"{number:024x}" for number in (0xA, 0xB, 0xC))


def define(engine, *steps, rev=1):
    document = {
        "name": "flow",
        "trigger": {"eventName": "go", "transitions": [{"target": steps[0]["id"]}]},
        "steps": list(steps),
    }
    workflow = Workflow.from_document(document, workflow_id="f" * 24, rev=rev)
    with engine.org.store.transaction():
        if rev == 1:
            engine.org.store.workflows.add(workflow, engine.org.now())
        else:
            engine.org.store.workflows.replace(workflow, engine.org.now())


def step(step_id, *targets, action="kustomer.event.publish", **params):
    transitions = [
        {"target": target, "condition": condition} if condition else {"target": target}
        for target, condition in targets
    ]
    params = {"eventName": "said", "data": {}} | params
    return {"id": step_id, "action": action, "params": params, "transitions": transitions}


def told(pair):
    """Give a pair as what a reader would want to know of it."""
    sequences = tuple(each.sequence if each else None for each in (pair.old, pair.new))
    return (pair.step.step_id, *sequences)


def differences(compared):
    return [
        (pair.step.step_id, each.part, *map(str, each.path), each.old, each.new)
        for pair in compared.steps
        for each in pair.differences
    ]


@pytest.fixture
def compare(engine):
    """Compare the runs of two events that bring this data."""
    define(engine, step("tell", data="/#steps.1"))

    def compare(first, second):
        for data in (first, second):
            send(engine, "go", data)
        return run_diff.compare(engine.org.store, "1", "2")

    return compare


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"a": 1}, {"a": 1}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": ONE}, {"a": OTHER}),
        ({"a": ONE, "b": [ONE]}, {"a": OTHER, "b": [OTHER]}),
        ({"a": f"order {ONE} of {THIRD}"}, {"a": f"order {OTHER} of {ONE}"}),
        ({"a": "2026-01-02T12:00:00.000Z"}, {"a": "2026-03-04T05:06:07Z"}),
        ({"a": "at 2026-01-02T12:00:00.000Z"}, {"a": "at 2026-03-04T05:06:07+01:00"}),
        (
            {"id": ONE, "displayColor": "red", "displayIcon": "cat"},
            {"id": OTHER, "displayColor": "blue", "displayIcon": "dog"},
        ),
        (
            {"id": ONE, "displayName": "Red Cat", "displayColor": "red", "displayIcon": "cat"},
            {"id": OTHER, "displayName": "Blue Dog", "displayColor": "blue", "displayIcon": "dog"},
        ),
    ],
)
def test_ids_and_times_that_differ_do_not_count(compare, first, second):
    assert compare(first, second).is_same


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [
        ({"a": 1}, {"a": 2}, ("a", 1, 2)),
        ({"a": 1}, {"a": True}, ("a", 1, True)),
        ({"a": 1}, {"a": None}, ("a", 1, None)),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, ("a", "b", "1", 2, 3)),
        ({"a": ONE}, {"a": "none"}, ("a", ONE, "none")),
        ({"a": ONE, "b": ONE}, {"a": OTHER, "b": THIRD}, ("b", ONE, THIRD)),
        ({"a": ONE, "b": THIRD}, {"a": OTHER, "b": OTHER}, ("b", THIRD, OTHER)),
        ({"a": ONE + "0"}, {"a": OTHER + "0"}, ("a", ONE + "0", OTHER + "0")),
        ({"a": "2026-01-02"}, {"a": "2026-01-03"}, ("a", "2026-01-02", "2026-01-03")),
        (
            {"id": ONE, "displayColor": "red"},
            {"id": ONE, "displayColor": "blue"},
            ("displayColor", "red", "blue"),
        ),
        (
            {"id": ONE, "displayName": "A", "displayColor": "red", "displayIcon": "cat"},
            {"id": OTHER, "displayName": "B", "displayColor": "red", "displayIcon": "cat"},
            ("displayName", "A", "B"),
        ),
    ],
)
def test_all_else_is_told_by_its_path(compare, first, second, difference):
    compared = compare(first, second)

    assert not compared.is_same
    assert [("1", "output", *difference), ("tell", "input", "data", *difference)] == differences(
        compared
    )


def test_a_key_that_only_one_has_is_missing_in_the_other(compare):
    [place, _] = differences(compare({"a": 1}, {"a": 1, "b": 2}))

    assert ("1", "output", "b") == place[:3]
    assert (False, 2) == (bool(place[3]), place[4])


def test_steps_of_one_run_stand_where_they_ran(engine):
    is_a = {"op": "eq", "values": ["/#steps.1.a", 1]}
    define(
        engine,
        step("choose", ("left", is_a), ("right", None)),
        step("left", ("end", None)),
        step("right", ("more", None)),
        step("more", ("end", None)),
        step("end"),
    )
    for a in (1, 2):
        send(engine, "go", {"a": a})

    compared = run_diff.compare(engine.org.store, "1", "last")

    assert [
        ("1", 1, 1),
        ("choose", 2, 2),
        ("left", 3, None),
        ("right", None, 3),
        ("more", None, 4),
        ("end", 4, 5),
    ] == [told(pair) for pair in compared.steps]
    assert ("left", "right") == compared.steps[1].branches
    assert [False, False, False, False, False, True] == [pair.is_same for pair in compared.steps]


def test_a_run_that_ends_where_the_other_goes_on_took_another_branch(engine):
    define(engine, step("tell", ("end", {"op": "exists", "values": ["/#steps.1.a"]})), step("end"))
    for data in ({"a": 1}, {}):
        send(engine, "go", data)

    compared = run_diff.compare(engine.org.store, "1", "2")

    assert ("end", "") == compared.steps[1].branches


def test_what_a_changed_workflow_does_otherwise_is_told(engine):
    define(engine, step("tell", data={"a": 1}))
    send(engine, "go", {})
    define(engine, step("tell", action="kustomer.nothing", data={"a": 1}), rev=2)
    reruns.rerun(engine, "1")

    compared = run_diff.compare(engine.org.store, "1", "2")

    assert ("completed", "failed") == (compared.old.status, compared.new.status)
    assert ["action", "status", "output", "error"] == [
        each.part for each in compared.steps[1].differences
    ]
    assert not compared.is_same


def test_an_unknown_run_is_refused(engine, compare):
    compare({}, {})

    with pytest.raises(UnknownNameError, match='no run is called "7"'):
        run_diff.compare(engine.org.store, "1", "7")
