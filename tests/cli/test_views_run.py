"""How runs and problems are shown; every view answers why a run went where it went."""

import pytest

from kobjctl.cli.output import plain
from kobjctl.cli.output.blocks import Block
from kobjctl.cli.views.logs import run_list
from kobjctl.cli.views.problem import problem_lines
from kobjctl.cli.views.run import run_tree, step_view
from kobjctl.model.problem import Problem, Span
from kobjctl.model.run import Run, RunReport, RunSummary, StepLog

EMAIL = {"expression": "/#steps.1.attributes.data.email", "value": "test@example.com"}
FOUND = {"expression": "/#steps.lookup.id", "value": "5f75a1b2c3d4e5f601234569"}
NOT_FOUND = {"expression": "/#steps.lookup.id", "missing": True}


def printed(blocks: list[Block]) -> str:
    """Give `blocks` as a pipe gets them."""
    written: list[str] = []
    plain.render(blocks, written.append)
    return "".join(written)


def run(status="completed", **others) -> Run:
    """Make a run of the order workflow."""
    facts = {
        "id": "5f75a1b2c3d4e5f601234567",
        "number": 7,
        "event_id": "5f75a1b2c3d4e5f601234566",
        "event_name": "kustomer.hooks.form.5f75a1b2c3d4e5f601234565.receive",
        "hook_name": "orders",
        "cause": None,
        "workflow_id": "5f75a1b2c3d4e5f601234501",
        "workflow_name": "Order from the shop",
        "workflow_rev": 3,
        "started_at": "2026-05-01T12:00:00.123Z",
        "duration": 4.2,
    }
    return Run(**{**facts, "status": status, **others})


def step(step_id, **others) -> StepLog:
    """Make the log of a step."""
    facts = {
        "sequence": 2,
        "display_name": "",
        "action": None,
        "status": "completed",
        "input": None,
        "output": {},
        "error": None,
        "started_at": "2026-05-01T12:00:00.123Z",
        "duration": 0.4,
    }
    return StepLog(step_id=step_id, **{**facts, **others})


def always(target) -> dict:
    """Make the decision for a transition without a condition."""
    return {"target": target, "name": "", "op": "true", "holds": True, "values": [{"value": True}]}


TRIGGER = step("1", sequence=1, decisions=[always("lookup")], duration=0.21)


def looked_up(*decisions) -> StepLog:
    """Make the log of the lookup of a customer, with the branches after it."""
    return step(
        "lookup",
        display_name="Find the customer",
        action="kustomer.customer.find-by-email",
        input={"email": "test@example.com"},
        decisions=list(decisions),
    )


def shown_branches(*decisions) -> str:
    """Give only the lines of the branches after a step."""
    lines = printed(step_view(step("x", decisions=list(decisions)))).splitlines()
    below = lines[lines.index("Branches checked") + 1 :]
    return "".join(line + "\n" for line in below)


def test_a_run_is_a_tree_of_its_steps_and_the_branches_looked_at():
    found = {
        "target": "add-order",
        "name": "found",
        "op": "exists",
        "holds": False,
        "values": [NOT_FOUND],
    }
    new = {"target": "create", "name": "new", "op": "dne", "holds": True, "values": [NOT_FOUND]}
    create = step(
        "create",
        sequence=3,
        display_name="Create the customer",
        action="kustomer.customer.create",
        input={"email": "test@example.com", "note": "x" * 1204, "tags": ["shop"]},
        warnings=["the note is long"],
        duration=12.3,
    )
    report = RunReport(run(duration=16.2), (TRIGGER, looked_up(found, new), create))

    expected = """\
run 7  Order from the shop rev 3  completed  16 ms  2026-05-01 12:00:00 UTC
id 5f75a1b2c3d4e5f601234567  transaction 5f75a1b2c3d4e5f601234566  hook orders
├─ 1. step "1"  trigger  completed  0.2 ms
│  └─ ✓ → lookup   always
├─ 2. step "lookup"  Find the customer  kustomer.customer.find-by-email  completed  0.4 ms
│  ├─ input email = "test@example.com"
│  ├─ found nothing
│  ├─ ✗ found → add-order   exists /#steps.lookup.id = missing
│  └─ ✓ new → create   dne (does not exist) /#steps.lookup.id = missing
└─ 3. step "create"  Create the customer  kustomer.customer.create  completed  12 ms
   ├─ warning: the note is long
   ├─ input email = "test@example.com"
   ├─ input note = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… 1,204 characters
   └─ input tags = ["shop"]
"""

    assert expected == printed(run_tree(report))


def test_a_stopped_run_says_that_no_branch_held():
    create = {"target": "create", "name": "", "op": "dne", "holds": False, "values": [FOUND]}
    report = RunReport(run("stopped"), (TRIGGER, looked_up(create)))

    expected = """\
run 7  Order from the shop rev 3  stopped  4.2 ms  2026-05-01 12:00:00 UTC
id 5f75a1b2c3d4e5f601234567  transaction 5f75a1b2c3d4e5f601234566  hook orders
├─ 1. step "1"  trigger  completed  0.2 ms
│  └─ ✓ → lookup   always
└─ 2. step "lookup"  Find the customer  kustomer.customer.find-by-email  completed  0.4 ms
   ├─ input email = "test@example.com"
   ├─ found nothing
   └─ ✗ → create   dne (does not exist) /#steps.lookup.id = "5f75a1b2c3d4e5f601234569"
no branch of step "lookup" held: the run ends here, as on the platform without any error
"""

    assert expected == printed(run_tree(report))


def test_a_failed_run_names_the_step_that_failed_and_its_error_cases():
    failed = step(
        "add-order",
        action="kustomer.kobject.create-with-customer",
        status="failed",
        error={"message": 'no klass is called "ordr"', "status": 404},
        decisions=[
            {
                "target": "give-up",
                "name": "no access",
                "op": "eq",
                "holds": False,
                "onError": True,
                "values": [{"expression": "/#error.statusCode", "value": 404}, {"value": 403}],
            }
        ],
    )
    report = RunReport(run("failed"), (TRIGGER, failed))

    expected = """\
run 7  Order from the shop rev 3  failed  4.2 ms  2026-05-01 12:00:00 UTC
id 5f75a1b2c3d4e5f601234567  transaction 5f75a1b2c3d4e5f601234566  hook orders
├─ 1. step "1"  trigger  completed  0.2 ms
│  └─ ✓ → lookup   always
└─ 2. step "add-order"  kustomer.kobject.create-with-customer  failed  0.4 ms
   ├─ error: no klass is called "ordr"
   └─ ✗ on error: no access → give-up   eq /#error.statusCode = 404, 403
step "add-order" failed: no klass is called "ordr"
"""

    assert expected == printed(run_tree(report))


@pytest.mark.parametrize(
    ("the_run", "steps", "expected"),
    [
        (run("failed", error="too many steps"), (TRIGGER,), "the run failed: too many steps"),
        (
            run("timed out", error="5 min"),
            (TRIGGER, looked_up()),
            'the run took longer than a run may: it was cut off after step "lookup": 5 min',
        ),
        (run("interrupted"), (TRIGGER,), "the run was interrupted"),
        (run("waiting", duration=None), (), "the run is waiting, so far at the trigger"),
        (
            run("running", duration=None),
            (TRIGGER,),
            'the run is not over yet, so far it has come to step "1"',
        ),
    ],
)
def test_a_run_that_did_not_complete_says_how_it_ended(the_run, steps, expected):
    assert expected == printed(run_tree(RunReport(the_run, steps))).splitlines()[-1]


def test_a_branch_shows_the_parts_of_its_condition_each_with_its_verdict():
    tier = {"expression": "/#steps.1.attributes.data.tier", "value": ""}
    decision = {
        "target": "vip",
        "name": "big spender",
        "op": "and",
        "holds": False,
        "parts": [
            {
                "op": "gte",
                "holds": True,
                "values": [
                    {"expression": "/#steps.1.attributes.data.total", "value": 250.5},
                    {"value": "200"},
                ],
            },
            {
                "op": "or",
                "holds": False,
                "parts": [
                    {"op": "eq", "holds": False, "values": [tier, {"value": "gold"}]},
                    {
                        "op": "dne",
                        "holds": False,
                        "values": [tier],
                        "note": "an empty text exists: an unsettled point",
                    },
                ],
            },
        ],
    }

    expected = """\
└─ ✗ big spender → vip   and: all of
   ├─ ✓ gte /#steps.1.attributes.data.total = 250.5, "200"
   └─ ✗ or: any of
      ├─ ✗ eq /#steps.1.attributes.data.tier = "", "gold"
      └─ ✗ dne (does not exist) /#steps.1.attributes.data.tier = ""
         └─ note: an empty text exists: an unsettled point
"""

    assert expected == shown_branches(decision)


def test_the_else_branch_of_the_builder_is_said_to_hold_always():
    decision = {
        "target": "create",
        "op": "exists",
        "holds": True,
        "values": [{"value": "true"}, {"value": ""}],
    }

    assert '└─ ✓ → create   exists "true", "" (a literal: always the same)\n' == shown_branches(
        decision
    )


def test_a_long_value_and_a_long_template_are_shortened_and_say_so():
    decision = {
        "target": "b",
        "op": "eq",
        "holds": True,
        "values": [
            {"expression": "{{steps.1.a}}" * 20, "value": {"a": ["x" * 5000]}},
            {"value": None},
        ],
    }

    expected = (
        f"└─ ✓ → b   eq {('{{steps.1.a}}' * 20)[:102]}… 260 characters"
        f' = {{"a": ["{"x" * 34}… 5,011 characters, null\n'
    )

    assert expected == shown_branches(decision)


def test_a_value_from_a_payload_can_not_command_the_terminal():
    decision = {
        "target": "b",
        "op": "eq",
        "holds": False,
        "values": [{"expression": "/#steps.1.\x1b[2J", "value": "\x1b[2J\u202e"}],
    }

    expected = r'└─ ✗ → b   eq /#steps.1.\x1b[2J = "\u001b[2J\u202e"' + "\n"

    assert expected == shown_branches(decision)


def test_a_step_is_shown_with_its_input_and_output_ready_to_copy():
    found = {"target": "add-order", "name": "found", "op": "exists", "holds": True}
    lookup = looked_up({**found, "values": [FOUND]})
    lookup = lookup._replace(
        output={"id": "5f75a1b2c3d4e5f601234569", "name": "Zoë\u009b"},
        warnings=["two customers have this address"],
    )

    expected = r"""
2. step "lookup"  Find the customer  kustomer.customer.find-by-email  completed  0.4 ms

Input
{
  "email": "test@example.com"
}

Output
{
  "id": "5f75a1b2c3d4e5f601234569",
  "name": "Zoë\u009b"
}

warning: two customers have this address
Branches checked
└─ ✓ found → add-order   exists /#steps.lookup.id = "5f75a1b2c3d4e5f601234569"
"""

    assert expected.lstrip() == printed(step_view(lookup))


def test_a_failed_step_is_shown_with_its_whole_error():
    failed = step("x", status="failed", error={"message": "no", "status": 404}, input={})

    expected = """\
2. step "x"  condition step  failed  0.4 ms

Input
{}

Output
{}

Error
{
  "message": "no",
  "status": 404
}

no branches were checked
"""

    assert expected == printed(step_view(failed))


def test_a_step_without_input_says_so():
    assert "no input" == printed(step_view(TRIGGER)).splitlines()[2]


def test_runs_are_listed_as_they_are_found():
    rows = [
        RunSummary(run("stopped"), 2),
        RunSummary(
            run(
                number=12,
                workflow_name="Refund",
                duration=3210,
                hook_name="",
                event_name="kustomer.order.update",
            ),
            11,
        ),
        RunSummary(run("running", number=13, duration=None), 1),
    ]

    expected = """\
run  status     workflow             hook or event          started (UTC)        steps  duration
 13  running    Order from the shop  orders                 2026-05-01 12:00:00      1
 12  completed  Refund               kustomer.order.update  2026-05-01 12:00:00     11     3.2 s
  7  stopped    Order from the shop  orders                 2026-05-01 12:00:00      2    4.2 ms
"""

    assert expected == printed(run_list(rows[::-1])[1])


def test_an_empty_list_says_that_there_are_no_runs():
    assert "no runs yet; send a payload: kobjctl hook send FILE\n" == printed(run_list([])[1])


def test_problems_are_sorted_and_carry_their_hints():
    problems = [
        Problem("b.yaml", Span(1, 1, 1, 2), "WF101", "a step has no id"),
        Problem("a.yaml", Span(12, 9, 12, 14), "WF301", "never used", severity="warning"),
        Problem(
            "a.yaml",
            Span(3, 5, 3, 9),
            "WF201",
            'no step is called "creat"',
            hint='did you mean "create"?',
        ),
    ]

    expected = """\
a.yaml:3:5: error WF201: no step is called "creat"
  = help: did you mean "create"?
a.yaml:12:9: warning WF301: never used
b.yaml:1:1: error WF101: a step has no id
"""

    assert expected == printed(problem_lines(problems))
