"""What started a run goes through its workflow again, as that is now."""

import json

import pytest

from kobjctl.app.definitions import hooks, klasses, variables
from kobjctl.app.org.conditions import seeded
from kobjctl.app.runs import events, reruns, runs
from kobjctl.app.runs.execute import carry_out
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.run import any_bad
from kobjctl.model.workflow import Workflow
from kobjctl.store.pruning import LogPruner
from kobjctl.store.runs import RunFilter

MAKE = {
    "id": "make",
    "action": "kustomer.customer.create",
    "params": {"email": "/#steps.1.attributes.data.email"},
    "transitions": [{"target": "add"}],
}
ADD = {
    "id": "add",
    "action": "kustomer.kobject.create-with-customer",
    "params": {"klassName": "order", "customer": "/#steps.make.id", "title": "Order", "data": {}},
}
PUBLISH = {
    "id": "say",
    "action": "kustomer.event.publish",
    "params": {"eventName": "said", "data": {}},
}
BROKEN = {**ADD, "params": {**ADD["params"], "klassName": "nothing"}}


def prune(store, keep=None, before=""):
    """Delete all runs that can go; give how many."""
    pruning = LogPruner(store.connection, keep, before)
    return sum(pruning.delete(numbers) for numbers in pruning.pieces())


@pytest.fixture
def shop(engine):
    """An org with a hook and the Klass `order`; `define` makes or changes its workflow."""
    klasses.create(engine.org, [{"name": "order"}])
    hooks.create(engine.org, "orders")
    return engine


def define(engine, *steps, name="order", event="", enabled=True):
    trigger = {
        "eventName": event or hooks.get(engine.org.store, "orders").event_name,
        "transitions": [{"target": steps[0]["id"]}],
    }
    document = {"name": name, "trigger": trigger, "steps": list(steps)}
    old = engine.org.store.workflows.get(name)
    workflow = Workflow.from_document(
        document,
        workflow_id=old.id if old else engine.org.new_id(),
        rev=old.rev + 1 if old else 1,
        enabled=enabled,
    )
    with engine.org.store.transaction():
        if old:
            engine.org.store.workflows.replace(workflow, engine.org.now())
        else:
            engine.org.store.workflows.add(workflow, engine.org.now())


def order(engine, email="test@example.com"):
    hook = hooks.get(engine.org.store, "orders")
    body = read_body(hook, json.dumps({"email": email}).encode(), "order.json")
    return carry_out(engine, receive(engine.org, to_hook(hook, body)))


def path(report):
    return [(step.step_id, step.taken_over) for step in report.steps]


def customers(engine):
    return engine.org.store.customers.identity_values()


def test_a_rerun_is_of_the_same_payload_and_of_the_workflow_as_it_is_now(shop):
    define(shop, BROKEN | {"params": {**BROKEN["params"], "customer": "x"}})
    order(shop)
    define(shop, MAKE, ADD)

    (again,) = reruns.rerun(shop, "1")

    first = runs.report(shop.org.store, "1").run
    assert (2, 1, "completed", 2) == (
        again.run.number,
        again.run.rerun_of,
        again.run.status,
        again.run.workflow_rev,
    )
    assert first.event_id == again.run.event_id
    assert ("failed", None, 1) == (first.status, first.rerun_of, first.workflow_rev)
    assert {"email": "test@example.com"} == again.steps[0].output["attributes"]["data"]
    assert (1,) == shop.org.store.connection.execute("SELECT count(*) FROM events").fetchone()


def test_a_disabled_workflow_is_rerun_by_hand_and_no_other_on_the_same_event(shop):
    define(shop, MAKE, ADD)
    order(shop)
    define(shop, {"id": "end"}, enabled=False)
    define(shop, {"id": "end"}, name="another")

    reports = reruns.rerun(shop, "last")

    assert [("order", "completed")] == [
        (each.run.workflow_name, each.run.status) for each in reports
    ]


def test_a_run_that_is_not_over_is_not_rerun(shop):
    define(shop, MAKE, ADD)
    hook = hooks.get(shop.org.store, "orders")
    receive(shop.org, to_hook(hook, read_body(hook, b"{}", "order.json")))

    with pytest.raises(UsageError, match="run 1 has not ended yet"):
        reruns.rerun(shop, "1")
    assert reruns.Selection((), 0, 0) == reruns.select(shop.org.store, RunFilter())


def test_an_unknown_run_is_refused(shop):
    define(shop, MAKE, ADD)
    order(shop)

    with pytest.raises(UnknownNameError, match='no run is called "2"'):
        reruns.rerun(shop, "2")


def test_steps_before_the_one_to_begin_with_are_taken_over_and_not_performed(shop):
    define(shop, MAKE, BROKEN)
    order(shop)
    define(shop, MAKE, ADD)

    (again,) = reruns.rerun(shop, "1", "add")

    assert [("1", True), ("make", True), ("add", False)] == path(again)
    assert "completed" == again.run.status
    assert ["test@example.com"] == customers(shop)
    [kobject] = shop.org.store.kobjects.all(-1)
    assert again.steps[1].output["id"] == kobject.customer
    assert not again.steps[2].warnings


def test_the_step_to_begin_with_is_named_by_its_place_too(shop):
    define(shop, MAKE, ADD)
    order(shop)

    (again,) = reruns.rerun(shop, "1", "3")

    assert [("1", True), ("make", True), ("add", False)] == path(again)


def test_a_rerun_of_a_rerun_takes_over_what_that_took_over(shop):
    define(shop, MAKE, ADD)
    order(shop)
    reruns.rerun(shop, "1", "add")

    (again,) = reruns.rerun(shop, "2", "add")

    assert (2, [True, True, False]) == (again.run.rerun_of, [taken for _, taken in path(again)])
    assert ["test@example.com"] == customers(shop)


def test_a_step_that_was_taken_over_need_not_be_in_the_workflow_any_more(shop):
    define(shop, MAKE, ADD)
    order(shop)
    define(shop, ADD)

    (again,) = reruns.rerun(shop, "1", "add")

    assert ("completed", ["1", "make", "add"]) == (
        again.run.status,
        [each for each, _ in path(again)],
    )


def test_the_error_that_led_to_a_step_is_known_to_it(shop):
    tell = {
        "id": "tell",
        "action": "kustomer.event.publish",
        "params": {"eventName": "lost", "data": {"why": "/#error.message"}},
    }
    define(shop, MAKE, {**BROKEN, "errorCases": [{"target": "tell"}]}, tell)
    order(shop)

    (again,) = reruns.rerun(shop, "1", "tell")

    assert 'no klass is called "nothing"' == again.steps[-1].input["data"]["why"]
    assert "completed" == again.run.status


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("1", 'step "1" is the trigger'),
        ("nothing", 'no step of run 1 is called "nothing"'),
        ("add", 'workflow "order" no longer has a step "add"'),
    ],
)
def test_a_step_that_no_rerun_can_begin_with_is_refused(shop, step, message):
    define(shop, MAKE, ADD)
    order(shop)
    define(shop, MAKE)

    with pytest.raises((UsageError, UnknownNameError), match=message):
        reruns.rerun(shop, "1", step)
    assert 1 == runs.report(shop.org.store).run.number


@pytest.mark.parametrize("part", ["output", "error"])
def test_no_rerun_begins_after_a_step_whose_log_lacks_a_secret(shop, part):
    keep = {
        "id": "keep",
        "action": "kustomer.customer.create",
        "params": {"email": "{{variables.key}}@example.com"},
    }
    if part == "error":
        keep |= {
            "action": "kustomer.kobject.create",
            "params": {"klassName": "{{variables.key}}", "title": "x", "data": {}},
            "errorCases": [{"target": "end"}],
        }
    define(shop, {**keep, "transitions": [{"target": "end"}]}, {"id": "end"})
    variables.set_value(shop.org, "order", "key", "s3cr3t")
    order(shop)
    assert ["1", "keep", "end"] == [each for each, _ in path(runs.report(shop.org.store))]

    with pytest.raises(UsageError, match='the output of step "keep" held a secret'):
        reruns.rerun(shop, "1", "end")
    assert 2 == reruns.rerun(shop, "1")[0].run.number


def test_what_a_rerun_sets_off_follows_it_and_is_not_said_of_the_first_cause(shop):
    define(shop, PUBLISH)
    define(shop, {"id": "end"}, name="hear", event="said")
    order(shop)

    both = [each.run.number for each in reruns.rerun(shop, "1")]
    heard = [each.run.number for each in reruns.rerun(shop, "2")]

    assert ([3, 4], [5]) == (both, heard)
    assert [2] == [run.number for run in runs.report(shop.org.store, "1").set_off]
    assert [4] == [run.number for run in runs.report(shop.org.store, "3").set_off]


def test_a_rerun_outlives_the_run_that_it_repeats(shop):
    define(shop, MAKE, ADD)
    order(shop)
    reruns.rerun(shop, "1", "add")

    assert 1 == prune(shop.org.store, keep=1, before="")

    report = runs.report(shop.org.store)
    assert (2, None, 2) == (report.run.number, report.run.rerun_of, report.run.taken_over)
    assert "completed" == reruns.rerun(shop, "2", "add")[0].run.status


def test_two_reruns_with_the_same_seed_make_ids_of_their_own(shop):
    define(shop, {"id": "end"})
    order(shop)

    ids = []
    for _ in range(3):
        org = seeded(shop.org, 1).at(shop.org.now())
        ids.append(reruns.rerun(shop._replace(org=org), "1")[0].run.id)

    assert 3 == len(set(ids))


def test_what_was_pruned_is_not_made_again_with_the_same_seed(shop):
    define(shop, MAKE)
    ids = []
    for keep in (None, 0, 1, 1):
        if keep is not None:
            prune(shop.org.store, keep=keep)
        again = shop._replace(org=seeded(shop.org, 1))
        if keep == 1:
            ids.append(reruns.rerun(again, "last")[0].run.id)
        else:
            order(again, f"{keep}@example.com")
            ids.append(runs.report(shop.org.store).run.id)

    assert 4 == len(set(ids))


# Many.


def test_of_a_line_of_reruns_only_the_newest_is_selected(shop):
    define(shop, MAKE, BROKEN)
    order(shop, "1@example.com")
    order(shop, "2@example.com")
    reruns.rerun(shop, "1", "add")
    define(shop, MAKE, ADD)
    reruns.rerun(shop, "2", "add")

    failed = reruns.select(shop.org.store, RunFilter(status="failed"))
    done = [report.run.number for (report,) in reruns.rerun_all(shop, failed.numbers)]

    assert reruns.Selection((3,), repeated=2, following=0) == failed
    assert [5] == done


def test_a_run_with_two_reruns_counts_by_the_newer_one(shop):
    define(shop, MAKE, BROKEN)
    order(shop)
    reruns.rerun(shop, "1", "add")
    define(shop, MAKE, ADD)
    reruns.rerun(shop, "1", "add")

    assert reruns.Selection((), 2, 0) == reruns.select(shop.org.store, RunFilter(status="failed"))


def test_a_run_that_another_of_the_selection_set_off_is_not_rerun_twice(shop):
    define(shop, PUBLISH)
    define(shop, {**PUBLISH, "params": {"eventName": "heard"}}, name="hear", event="said")
    define(shop, {"id": "end"}, name="last", event="heard")
    order(shop)
    events.send(shop, "said", {})

    every = reruns.select(shop.org.store, RunFilter())
    heard = reruns.select(
        shop.org.store, RunFilter(workflow_id=shop.org.store.workflows.get("hear").id)
    )

    assert reruns.Selection((1, 4), repeated=0, following=3) == every
    assert reruns.Selection((2, 4), repeated=0, following=0) == heard


def test_what_a_rerun_set_off_again_is_not_rerun_by_itself(shop):
    define(shop, PUBLISH)
    define(shop, {"id": "end"}, name="hear", event="said")
    order(shop)
    heard = RunFilter(workflow_id=shop.org.store.workflows.get("hear").id)
    reruns.rerun(shop, "1")

    assert reruns.Selection((4,), repeated=1, following=0) == reruns.select(shop.org.store, heard)
    assert reruns.Selection((3,), repeated=2, following=1) == reruns.select(
        shop.org.store, RunFilter()
    )


def test_a_run_whose_cause_set_off_nothing_when_it_was_rerun_can_be_rerun(shop):
    define(shop, PUBLISH)
    define(shop, {"id": "end"}, name="hear", event="said")
    order(shop)
    define(shop, {"id": "end"})
    reruns.rerun(shop, "1")
    heard = RunFilter(workflow_id=shop.org.store.workflows.get("hear").id)

    assert reruns.Selection((2,), repeated=0, following=0) == reruns.select(shop.org.store, heard)
    # The rerun may set it off another time.
    assert reruns.Selection((3,), repeated=1, following=1) == reruns.select(
        shop.org.store, RunFilter()
    )


def test_what_another_process_has_rerun_or_deleted_meanwhile_is_left_out(shop):
    define(shop, MAKE)
    for number in range(3):
        order(shop, f"{number}@example.com")
    numbers = reruns.select(shop.org.store, RunFilter()).numbers
    reruns.rerun(shop, "2")
    with shop.org.store.transaction():
        prune(shop.org.store, before="", keep=3)

    done = [[each.run.rerun_of for each in reports] for reports in reruns.rerun_all(shop, numbers)]

    assert [[], [], [3]] == done


def test_the_selected_runs_are_rerun_in_their_order(shop):
    define(shop, MAKE, ADD)
    for number in range(3):
        order(shop, f"{number}@example.com")
    define(shop, ADD | {"params": {**ADD["params"], "customer": "nobody"}})

    reports = [
        report
        for (report,) in reruns.rerun_all(shop, reruns.select(shop.org.store, RunFilter()).numbers)
    ]

    assert [1, 2, 3] == [report.run.rerun_of for report in reports]
    assert any_bad(report.run for report in reports)
