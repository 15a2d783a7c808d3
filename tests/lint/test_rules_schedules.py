"""Workflows that schedule themselves, and paths that schedule the same."""

import pytest

ID = "673e81eb496bbd0347073e76"
FETCH = f"""id: {ID}
name: fetch
trigger:
  callable: true
  schema: {{properties: {{page: {{type: number}}}}}}
  transitions:
    - {{target: ask}}
steps:
  - id: ask
    action: kustomer.rest-api.json
    params: {{uri: "https://shop.example.com/orders"}}
    transitions: WAYS
  - id: next
    action: kustomer.app.scheduler.schedule-workflow
    params: {{workflowId: CALLEE, runAt: {{type: relative, value: 60}}, inputs: {{page: 1}}}}
    transitions: []
  - id: end
    transitions: []
"""
NEXT = "{target: next}"
END = "{target: end}"


def fetching(ways, callee=ID):
    return FETCH.replace("WAYS", ways).replace("CALLEE", callee)


def when(target, op, *values):
    return f"{{target: {target}, condition: {{op: {op}, values: [{', '.join(values)}]}}}}"


@pytest.mark.parametrize("callee", [ID, "fetch"])
def test_a_workflow_that_always_schedules_itself_is_told(told, callee):
    [line] = told(fetching(f"[{NEXT}]", callee), "WF608")

    assert "each run schedules the next, without end; add a path that doesn't lead here" in line


@pytest.mark.parametrize(
    "ways",
    [
        f"[{when('next', 'exists', '/#steps.ask.body.items')}]",
        f"[{when('next', 'exists', '/#steps.ask.body.items')}, {END}]",
        f"[{when('end', 'dne', '/#steps.ask.body.items')}, {NEXT}]",
    ],
)
def test_one_that_only_an_empty_response_ends_is_told(told, ways):
    [line] = told(fetching(ways), "WF608")

    assert "until another system has an empty response; count the runs in an input" in line


@pytest.mark.parametrize(
    "ways",
    [
        f"[{when('next', 'gt', '100', '/#steps.1.page')}]",
        f"[{when('next', 'exists', '/#steps.1.page')}]",
        f"[{when('end', 'gt', '/#steps.ask.body.count', '5')}, {NEXT}]",
        f"[{END}]",
    ],
)
def test_one_with_an_end_of_its_own_is_fine(told, ways):
    assert [] == told(fetching(ways), "WF608")


def test_another_workflow_may_be_scheduled_in_every_run(told):
    assert [] == told(fetching(f"[{NEXT}]", "another"), "WF608")


TWO = """name: remind
trigger:
  eventName: kustomer.customer.create
  transitions:
    - {target: one, condition: {op: exists, values: [/#steps.1.name]}}
    - {target: two}
steps:
  - {id: one, action: SCHEDULE, params: PARAMS, transitions: ONE}
  - {id: two, action: SCHEDULE, params: PARAMS, transitions: []}
""".replace("SCHEDULE", "kustomer.app.scheduler.schedule-workflow").replace(
    "PARAMS", f"{{workflowId: {ID}, runAt: {{type: relative, value: 60}}}}"
)


def test_two_paths_that_end_by_scheduling_the_same_are_told(told):
    [line] = told(TWO.replace("ONE", "[]"), "WF609")

    assert 'step "one" schedules the same workflow at the end of another path' in line


def test_two_on_one_path_are_fine(told):
    assert [] == told(TWO.replace("ONE", "[{target: two}]"), "WF609")
