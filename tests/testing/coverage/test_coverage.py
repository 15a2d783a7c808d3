"""What runs have covered of a workflow, counted by runs of the engine."""

import pytest

from kobjctl.app.drawing.mermaid import words_of
from kobjctl.model.coverage import KINDS, Share, share_of
from kobjctl.model.run import StepLog
from kobjctl.model.workflow import Workflow
from kobjctl.testing.coverage.project import Counts, coverage_of

PLAIN = {"kind": "order", "email": "a@example.com"}
DEAR = {"kind": "gift", "id": 3, "price": 11}
CHEAP = {"kind": "gift", "id": 3, "price": 9}
NOTHING = {"kind": "gift"}


def counted(coverage):
    """Give the runs of one workflow, and its shares: steps, transitions, conditions, all."""
    [only] = coverage
    shares = [share_of(only.spots, kind) for kind in (*KINDS, None)]
    return (only.runs, *(f"{share.covered}/{share.total}" for share in shares))


def gaps(coverage):
    [only] = coverage
    return [
        (spot.span.line, spot.step, spot.target, words_of(spot.condition or {}), spot.why)
        for spot in only.gaps
    ]


@pytest.mark.parametrize(
    ("payloads", "expected"),
    [
        ([], (0, "0/6", "0/8", "0/19", "0/33")),
        ([PLAIN], (1, "3/6", "2/8", "7/19", "12/33")),
        ([PLAIN, PLAIN], (2, "3/6", "2/8", "7/19", "12/33")),
        ([PLAIN, DEAR], (2, "3/6", "2/8", "11/19", "16/33")),
        ([NOTHING], (1, "2/6", "1/8", "6/19", "9/33")),
        ([PLAIN, DEAR, NOTHING], (3, "3/6", "3/8", "13/19", "19/33")),
    ],
)
def test_each_spot_that_a_run_took_counts_once(flow, payloads, expected):
    assert expected == counted(flow().send(*payloads).coverage)


def test_of_a_workflow_that_never_ran_one_gap_tells_all(flow):
    assert [(2, "1", "", "None", "no run of flow")] == gaps(flow().coverage)


WHOLE = 'steps.1.kind eq "order" or (exists steps.1.id and steps.1...'
AFTER_ONE = [
    (7, "1", "ask", WHOLE, "always held"),
    (9, "1", "ask", 'steps.1.kind eq "order"', "always held"),
    (10, "1", "ask", "exists steps.1.id and steps.1.price gt 10", "never held"),
    (12, "1", "ask", "exists steps.1.id", "never held"),
    (13, "1", "ask", "steps.1.price gt 10", "never held"),
    (14, "1", "other", "None", "never checked: one before it always held"),
    (20, "ask", "other", "None", "never checked: the step never failed"),
    (22, "ask", "tell", "None", "never checked: the step never failed"),
    (24, "ask", "tell", "None", "never held, checked 1 time"),
    (
        27,
        "ask",
        "lost",
        "None",
        "can't be taken: the one to other before it always holds",
    ),
    (28, "tell", "", "None", "never run"),
    (32, "lost", "", "None", "never run"),
    (34, "island", "", "None", "no transition leads here"),
]


def test_every_gap_has_its_line_and_its_reason(flow):
    assert AFTER_ONE == gaps(flow().send(PLAIN).coverage)


FLOW_OF_TWO_SIDES = """\
name: small
trigger:
  eventName: go
  transitions:
    - {target: known, condition: {op: exists, values: [/#steps.1.id]}}
    - target: unknown
steps:
  - {id: known, transitions: []}
  - {id: unknown, transitions: []}
"""
FAILING = """\
name: flow
trigger:
  eventName: go
  transitions:
    - target: make
steps:
  - id: make
    action: kustomer.customer.create
    params: {email: /#steps.1.email}
    transitions:
      - target: end
    errorCases:
      - {target: end, condition: {op: eq, values: [/#steps.1.kind, plain]}}
      - {target: other, condition: {op: gt, values: [/#steps.1.price, 10]}}
      - target: end
  - id: other
    transitions:
      - {target: end, condition: {op: likes, values: [1]}}
      - target: end
  - id: end
    transitions: []
"""
BROKEN = {"email": 5, "price": 11}


GOOD = {"email": "a@example.com"}
NEVER_FAILED = "never checked: the step never failed"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (GOOD, [(13, NEVER_FAILED), (14, NEVER_FAILED), (15, NEVER_FAILED), (16, "never run")]),
        (
            BROKEN,
            [
                (11, "never checked: the step always failed"),
                (13, "never held, checked 1 time"),
                (14, "always held"),
                (15, "never checked: one before it always held"),
                (18, "can't be decided"),
                (19, "never checked: the first can't be decided"),
                (20, "never run"),
            ],
        ),
    ],
)
def test_error_cases_are_transitions_of_steps_that_fail(flow, payload, expected):
    coverage = flow(FAILING).send(payload).coverage

    assert expected == [(line, why) for line, *_, why in gaps(coverage)]


def test_a_workflow_can_be_covered_as_a_whole(flow):
    first = flow(FLOW_OF_TWO_SIDES).send({"id": 1}).coverage
    both = flow(FLOW_OF_TWO_SIDES, "other.yaml").send({"id": 1}, {}).coverage

    assert (1, "2/3", "1/2", "1/3", "4/8") == counted(first)
    assert (2, "3/3", "2/2", "3/3", "8/8") == counted(both)
    assert [] == gaps(both)


def test_what_an_earlier_run_took_and_steps_that_are_gone_do_not_count():
    document = {"name": "w", "trigger": {"eventName": "go", "transitions": []}, "steps": []}
    gone = StepLog(2, "gone", "", None, "completed", None, {}, None, "", 0.0)
    counts = Counts()
    counts.add(Workflow.from_document(document), [gone._replace(sequence=1, taken_over=True), gone])

    assert (1, {}) == (counts.runs, counts.hits)


@pytest.mark.parametrize(
    ("share", "expected"),
    [((0, 9), "0 %"), ((1, 1000), "0 %"), ((999, 1000), "99 %"), ((9, 9), "100 %")],
)
def test_only_what_has_no_gaps_says_100_percent(share, expected):
    assert expected == str(Share(*share))


def test_the_same_workflow_that_is_found_twice_comes_once_and_files_are_sorted(flow):
    late, early = flow(name="z.yaml"), flow(FLOW_OF_TWO_SIDES, "a.yaml")
    parts = [*late.parts, *early.parts, *late.parts]

    assert ["a.yaml", "z.yaml"] == [each.file for each in coverage_of(parts, {})]


SETTLED = """\
name: flow
trigger:
  eventName: go
  transitions:
    - target: none
      condition:
        op: or
        values: [{op: dne, values: [/#steps.1.total]}, {op: eq, values: [/#steps.1.state, void]}]
    - target: paid
      condition:
        op: and
        values: [{op: exists, values: [/#steps.1.total]}, {op: gt, values: [/#steps.1.total, 100]}]
    - {target: void, condition: {op: eq, values: [/#steps.1.state, void]}}
steps:
  - id: none
  - id: paid
  - id: void
"""


def test_what_a_condition_before_it_has_settled_is_no_gap(flow):
    covered = flow(SETTLED).send({}, {"total": 5, "state": "void"}, {"total": 500}, {"total": 50})

    assert [
        (13, "1", "void", "None", "never held, checked 1 time"),
        (17, "void", "", "None", "never run"),
    ] == gaps(covered.coverage)
