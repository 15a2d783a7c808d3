"""The samples do what the README says: each one is loaded, sent and looked at."""

import json
from pathlib import Path

import pytest

from kobjctl.app.definitions import hooks
from kobjctl.app.definitions.apply import apply
from kobjctl.app.runs import send as sending
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.files.payloads.payload import PayloadError
from kobjctl.files.reader import workflow_files
from kobjctl.records import details
from kobjctl.testing.drafting.routes import choose
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.running import run

ROOT = Path(__file__).parent.parent
WORKFLOWS = workflow_files([ROOT / "sample_workflows"])
PAYLOADS = ROOT / "sample_payloads"

NEW_CUSTOMER = ["1", "lookup", "is-known", "create-customer", "add-first-order"]
ANSWER = ["1", "find", "by-email", "create", "customer", "group"]

# The payload, its hook, and what becomes of it in a new org: a status and the steps taken.
RUNS = [
    ("order", "orders", "completed", NEW_CUSTOMER),
    ("order-without-email", "orders", "completed", NEW_CUSTOMER),
    ("order-wrong-quantity", "orders", "failed", NEW_CUSTOMER),
    ("nps", "nps", "completed", [*ANSWER, "promoter"]),
    ("nps-detractor", "nps", "completed", [*ANSWER, "detractor"]),
    ("nps-without-score", "nps", "stopped", ["1"]),
]
REFUSED = [("order-broken", "orders", "sample_payloads/order-broken.json:3:12: ")]

# The output of step 1 in the guide, with its own order of the keys (manual/platform.md 8.4).
TRANSACTION = """\
{
 "id": "%(transaction)s",
 "type": "transaction",
 "attributes": {
  "createdAt": "%(at)s",
  "data": {
   "orderId": "1234",
   "price": "$10.25",
   "quantity": 2,
   "email": "test@example.com"
  }
 },
 "relationships": {
  "org": {
   "data": {
    "type": "org",
    "id": "%(org)s"
   },
   "links": {
    "self": "/v1/org/%(org)s"
   }
  },
  "hook": {
   "data": {
    "type": "form_hook",
    "id": "%(hook)s"
   },
   "links": {
    "self": "/v1/hooks/form/%(hook)s"
   }
  }
 }
}"""


@pytest.fixture
def samples(engine):
    """An org with all sample workflows."""
    apply(engine.org, WORKFLOWS)
    return engine


def send(engine, name, hook_name):
    """Send a sample payload; give its event and the log of the one run it starts."""
    path = PAYLOADS / f"{name}.json"
    hook = hooks.get(engine.org.store, hook_name)
    payload = read_body(hook, path.read_bytes(), str(path.relative_to(ROOT)))
    sent = sending.send(engine, to_hook(hook, payload))
    [report] = sent.reports
    return sent.event, report


def path_of(report):
    return [step.step_id for step in report.steps]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_sample_workflow_loads_by_itself_without_a_warning(engine, path):
    applied = apply(engine.org, [path])

    assert () == applied.of("warning")
    assert {"created"} == {change.result for change in applied.changes}


def test_all_sample_workflows_load_together_and_again(engine):
    apply(engine.org, WORKFLOWS)

    again = apply(engine.org, [ROOT / "sample_workflows"])

    assert {"unchanged"} == {change.result for change in again.changes}


@pytest.mark.parametrize(("name", "hook", "status", "steps"), RUNS, ids=[each[0] for each in RUNS])
def test_a_sample_payload_takes_its_way(samples, name, hook, status, steps):
    _, report = send(samples, name, hook)

    assert (status, steps) == (report.run.status, path_of(report))


@pytest.mark.parametrize(("name", "hook", "place"), REFUSED, ids=[each[0] for each in REFUSED])
def test_a_broken_payload_is_refused_at_its_place(samples, name, hook, place):
    with pytest.raises(PayloadError) as raised:
        send(samples, name, hook)

    assert raised.value.message.startswith(place)


def test_every_sample_payload_is_sent_and_is_named_after_a_workflow():
    names = {path.stem for path in PAYLOADS.iterdir()}

    assert {each[0] for each in (*RUNS, *REFUSED)} == names
    assert all(name.startswith(tuple(path.stem for path in WORKFLOWS)) for name in names)


def test_a_known_customer_takes_the_other_way(samples):
    send(samples, "order", "orders")

    _, report = send(samples, "order", "orders")

    assert ("completed", ["1", "lookup", "is-known", "add-order"]) == (
        report.run.status,
        path_of(report),
    )


def test_a_survey_is_answered_by_who_has_ordered_before(samples):
    send(samples, "order", "orders")

    _, report = send(samples, "nps", "nps")

    known = ["1", "find", "by-email", "link", "customer", "group", "promoter"]
    assert ("completed", known) == (report.run.status, path_of(report))
    timeline = details.timeline(samples.org.store, "shop-77", 20)
    assert ["order", "nps-response"] == sorted(
        (kobject.klass for kobject in timeline.items), reverse=True
    )


def test_the_output_of_the_trigger_is_the_guide_s_to_the_letter(samples):
    event, report = send(samples, "order", "orders")

    expected = TRANSACTION % {
        "transaction": event.id,
        "at": event.created_at,
        "org": samples.org.store.org_id,
        "hook": hooks.get(samples.org.store, "orders").id,
    }
    assert expected == json.dumps(report.steps[0].output, indent=1)


def test_the_order_is_on_the_timeline_as_in_the_guide(samples):
    send(samples, "order", "orders")

    [order] = details.timeline(samples.org.store, "test@example.com", 20).items

    payload = json.loads((PAYLOADS / "order.json").read_text())
    assert ("order", "Online Order", payload) == (
        order.klass,
        order.given["title"],
        order.given["data"],
    )
    assert {"orderIDStr": "1234", "priceStr": "$10.25", "quantityNum": 2} == order.given["custom"]


@pytest.fixture(scope="module")
def tested():
    """The results of all sample scenarios."""
    orgs = StartOrgs()
    found = collect([ROOT / "sample_workflows"], orgs)
    found.refuse_problems()
    return [run(file, scenario, orgs) for file in found.files for scenario in file.scenarios]


def test_the_scenarios_of_the_samples_pass(tested):
    assert [] == [result.mismatches for result in tested if result.outcome != "passed"]


def test_the_scenarios_of_the_samples_cover_all(golden, workplace):
    tested = golden.invoke(workplace, "kobjctl test sample_workflows --fail-under 100")

    assert (0, "coverage: 100 %") == (tested.exit_code, tested.stderr.strip())


def test_the_scenarios_of_the_samples_take_every_way(samples, tested):
    taken = {
        (each.workflow.name, *path_of(each.report)) for result in tested for each in result.runs
    }
    ways = {
        (workflow.name, *route.path)
        for workflow in samples.org.store.workflows.all()
        for route in choose(workflow, 1000).chosen
    }

    assert set() == ways - taken
    assert 12 == len(ways)
