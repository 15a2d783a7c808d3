"""A run that is paused before a step stays so until somebody goes on with it."""

import json

import pytest

from kobjctl.app.definitions import hooks, klasses, variables
from kobjctl.app.runs import runs
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.app.runs.resume import output_of, pending_step, resume
from kobjctl.app.runs.send import send
from kobjctl.model.errors import UsageError
from kobjctl.model.run import LIMITS, NO_CONDITIONS, RunConditions
from kobjctl.model.workflow import Workflow
from kobjctl.store.pruning import LogPruner

EMAIL = "test@example.com"
STEPS = [
    {
        "id": "make",
        "action": "kustomer.customer.create",
        "params": {"email": "/#steps.1.attributes.data.email", "name": "{{variables.key}}"},
        "transitions": [{"target": "check"}],
    },
    {"id": "check", "transitions": [{"target": "add"}]},
    {
        "id": "add",
        "action": "kustomer.kobject.create-with-customer",
        "params": {
            "klassName": "order",
            "customer": "/#steps.make.id",
            "title": "{{{steps.make.name}}}",
            "data": {},
        },
    },
]


@pytest.fixture
def shop(engine):
    """An org whose workflow makes a customer named by a secret, and adds an order."""
    org = engine.org
    klasses.create(org, [{"name": "order"}])
    hook = hooks.create(org, "orders")
    trigger = {"eventName": hook.event_name, "transitions": [{"target": "make"}]}
    document = {"name": "order", "trigger": trigger, "steps": STEPS}
    with org.store.transaction():
        org.store.workflows.add(
            Workflow.from_document(document, workflow_id=org.new_id()), org.now()
        )
    variables.set_value(org, "order", "key", "s3cret-of-the-shop")
    return engine


def paused(engine, step):
    """Send an order whose run pauses before a step."""
    hook = hooks.get(engine.org.store, "orders")
    body = read_body(hook, json.dumps({"email": EMAIL}).encode(), "order.json")
    return send(pausing(engine, step), to_hook(hook, body))


def pausing(engine, step):
    return engine._replace(limits=LIMITS._replace(stop_before=step))


def resumed(engine, output=None):
    return resume(engine, "last", NO_CONDITIONS, output)


def path(engine):
    return [step.step_id for step in runs.report(engine.org.store).steps]


def status(engine):
    return runs.report(engine.org.store).run.status


def titles(engine):
    return [each.given["title"] for each in engine.org.store.kobjects.all(-1)]


def test_a_run_pauses_before_the_step_and_what_came_before_is_done(shop):
    sent = paused(shop, "check")

    assert ("paused", ["1", "make"]) == (status(shop), path(shop))
    assert [EMAIL] == shop.org.store.customers.identity_values()
    assert [("check", None, {})] == [(each.id, each.action, each.params) for each in sent.pending]


def test_neither_recovery_nor_pruning_touches_it(shop):
    paused(shop, "add")

    assert 0 == recover(shop).finished
    assert [] == list(LogPruner(shop.org.store.connection, 0, "").pieces())
    assert ("paused", ["1", "make", "check"]) == (status(shop), path(shop))


def test_it_goes_on_with_what_the_log_does_not_keep_and_can_pause_again(shop):
    paused(shop, "check")

    again = resumed(pausing(shop, "add"))
    at_add = status(shop), path(shop)
    resumed(shop)

    assert ["add"] == [step.id for step in again.pending]
    assert ("paused", ["1", "make", "check"]) == at_add
    assert ("completed", ["1", "make", "check", "add"]) == (status(shop), path(shop))
    assert ["s3cret-of-the-shop"] == titles(shop)


def test_with_an_output_the_step_is_not_performed(shop):
    paused(shop, "make")
    other = shop.org.store.customers.identity_values()

    resumed(shop, {"id": "5f75c63cd5c0384ad82a17ae", "name": "Ada"})

    make, add = (runs.report(shop.org.store).steps[index] for index in (1, 3))
    assert [] == other == shop.org.store.customers.identity_values()
    assert {"id": "5f75c63cd5c0384ad82a17ae", "name": "Ada"} == make.output
    assert ("--set", "5f75c63cd5c0384ad82a17ae") == (make.stub, add.input["customer"])
    assert "failed" == status(shop)  # nobody has this id


def test_a_step_without_an_action_takes_no_output(shop):
    paused(shop, "check")

    with pytest.raises(UsageError, match="has no action, and so no output"):
        resumed(shop, {"id": "1"})
    assert "paused" == status(shop)


def test_a_run_that_is_over_is_not_gone_on_with(shop):
    paused(shop, "add")
    resumed(shop)

    with pytest.raises(UsageError, match="run 1 is not paused: it is completed"):
        resumed(shop)
    assert pending_step(shop, runs.report(shop.org.store)) is None


def test_hosts_must_be_allowed_again(shop):
    org = shop.org._replace(conditions=RunConditions(hosts=("shop.example.com",)))
    document = {
        "name": "order",
        "trigger": {
            "eventName": hooks.get(shop.org.store, "orders").event_name,
            "transitions": [{"target": "ask"}],
        },
        "steps": [
            {
                "id": "ask",
                "action": "kustomer.rest-api.json",
                "params": {"uri": "https://shop.example.com/"},
            }
        ],
    }
    with org.store.transaction():
        old = org.store.workflows.get("order")
        changed = Workflow.from_document(document, workflow_id=old.id, rev=2)
        org.store.workflows.replace(changed, org.now())
    paused(shop._replace(org=org), "ask")

    with pytest.raises(UsageError, match="hosts that are not allowed now") as error:
        resumed(shop)

    assert "kobjctl logs resume 1 --allow-host shop.example.com" == error.value.hint
    assert "paused" == status(shop)


@pytest.mark.parametrize(
    ("assignments", "output"),
    [
        ({}, {}),
        ({"a": 1, "b.c": 2, "b.d.e": None}, {"a": 1, "b": {"c": 2, "d": {"e": None}}}),
        ({"b": {"c": 1}, "b.d": 2}, {"b": {"c": 1, "d": 2}}),
    ],
)
def test_paths_make_an_output(assignments, output):
    assert output == output_of(assignments)
