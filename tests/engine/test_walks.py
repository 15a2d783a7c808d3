"""Whole walks, case by case: `paths.yaml` and `failures.yaml`.

A case has the transitions of the `trigger`, the `steps`, and a `payload`; then the `status` the
run ends in, part of its `error`, and the `path` it took. `seen` has, for some of the steps, what
their log must have (of an output or an error only the keys that are there); `customers`,
`kobjects` and `identities` are what the org holds afterwards, the newest first.
"""

import json
from pathlib import Path

import pytest
import yaml

from kobjctl.files.reader import read_document

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=case["name"])
    for name in ("paths.yaml", "failures.yaml")
    for case in yaml.safe_load((HERE / name).read_text("utf-8"))
]
SAMPLES = HERE.parent.parent / "sample_workflows"


def document(case):
    return {"trigger": {"transitions": case["trigger"]}, "steps": case.get("steps", [])}


def payload(case):
    """Give the payload of a case; `deep` stands for text that nests so many levels."""
    given = case.get("payload")
    if isinstance(given, dict) and "deep" in given:
        return {"text": '{"a":' * given["deep"] + "1" + "}" * given["deep"]}
    return given


def trimmed(actual, expected):
    """Give of an object only the keys that are expected."""
    return {key: actual.get(key) for key in expected} if isinstance(actual, dict) else actual


def logged(step, expected):
    """Give of a step's log what is expected of it, in the same form."""
    told = {}
    for key, value in expected.items():
        if key == "input_steps":
            told[key] = list(step.input["data"]["steps"])
        elif key in ("output", "error") and value:
            told[key] = trimmed(getattr(step, key), value)
        else:
            told[key] = getattr(step, key)
    return told


@pytest.mark.parametrize("case", CASES)
def test_a_run_goes_the_way_its_case_says(case, start, engine):
    walked = start(document(case), payload(case))

    if case.get("ends"):
        return
    assert (case["status"], case["path"]) == (walked.outcome.status, walked.path)
    assert case.get("error", "") in walked.outcome.error
    assert bool(case.get("error")) is bool(walked.outcome.error)
    by_id = {step.step_id: step for step in walked.steps}
    for step_id, expected in case.get("seen", {}).items():
        # As JSON: true is not 1.
        assert json.dumps(expected) == json.dumps(logged(by_id[step_id], expected))
    for words in case.get("log_says", ()):
        assert json.dumps(words)[1:-1] in json.dumps(walked.steps[-1].error)
    assert [] == differences(case, engine)


def differences(case, engine):
    """Give what the org holds otherwise than a case says."""
    store = engine.org.store
    held = {
        "customers": [each.given.get("name") for each in store.customers.all(-1)],
        "kobjects": [each.given["title"] for each in store.kobjects.all(-1)],
        "identities": sorted(store.customers.identity_values()),
    }
    return [
        (key, case[key], found) for key, found in held.items() if key in case and case[key] != found
    ]


@pytest.mark.parametrize("case", CASES)
def test_a_log_counts_its_steps_and_their_times(case, start, engine):
    steps = start(document(case), payload(case)).steps

    assert list(range(1, len(steps) + 1)) == [step.sequence for step in steps]
    assert {engine.org.now()} == {step.started_at for step in steps}
    assert {0.0} == {step.duration for step in steps}


@pytest.mark.parametrize("case", CASES)
def test_a_case_says_what_it_expects(case):
    assert {"name", "trigger", "status", "path"} <= case.keys() or case["ends"]


@pytest.fixture
def order():
    """The workflow of the guide, as kobjctl reads it."""
    return read_document(SAMPLES / "order.yaml").data["workflows"][0]


ORDER = {"orderId": "1234", "price": "$10.25", "quantity": 2, "email": "test@example.com"}


def test_the_guides_order_of_an_unknown_customer_creates_one(order, start, engine):
    walked = start(order, ORDER)

    (customer,) = engine.org.store.customers.all(-1)
    (kobject,) = engine.org.store.kobjects.all(-1)
    assert "completed" == walked.outcome.status
    assert ["1", "lookup", "is-known", "create-customer", "add-first-order"] == walked.path
    assert "test@example.com" == customer.given["emails"][0]["email"]
    assert (customer.id, ORDER) == (kobject.customer, kobject.given["data"])
    assert {"orderIDStr": "1234", "priceStr": "$10.25", "quantityNum": 2} == kobject.given["custom"]


def test_the_guides_order_of_a_known_customer_finds_it(order, start, engine):
    start(order, ORDER)

    walked = start(order, {**ORDER, "email": "TEST@example.com"})

    (customer,) = engine.org.store.customers.all(-1)
    assert ["1", "lookup", "is-known", "add-order"] == walked.path
    assert [customer.id] * 2 == [each.customer for each in engine.org.store.kobjects.all(-1)]


def test_step_1_is_the_transaction_of_the_guide(start, engine):
    output = start({"trigger": {}}, ORDER).steps[0].output

    assert ["id", "type", "attributes", "relationships"] == list(output)
    assert "transaction" == output["type"]
    assert {"createdAt": engine.org.now(), "data": ORDER} == output["attributes"]
