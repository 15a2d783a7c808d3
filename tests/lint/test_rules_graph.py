"""WF207 to WF209: branches that are never taken, and runs that end without a word."""

import pytest

ALWAYS = [
    "",
    "condition: {op: 'true', values: [true]}",
    "condition: {op: exists, values: ['true', '']}",
    "condition: {op: exists, values: [true]}",
    "condition: {op: eq, values: [1, 1]}",
    "condition: {op: or, values: [{op: exists, values: [/#a]}, {op: exists, values: [1]}]}",
]
NOT_ALWAYS = [
    "condition: {op: exists, values: [/#steps.1.id, '']}",
    "condition: {op: exists, values: [null]}",
    "condition: {op: exists, values: ['{{steps.1.id}}']}",
    "condition: {op: eq, values: [1, 2]}",
    "condition: {op: exist, values: [true]}",
    "condition: {op: and, values: [{op: exists, values: [/#a]}, {op: exists, values: [1]}]}",
]


def two_ways(first, second="condition: {op: eq, values: [/#steps.1.name, Ada]}"):
    return f"""\
name: w
trigger:
  eventName: kustomer.customer.create
  transitions:
    - {{target: a, {first}}}
    - {{target: b, {second}}}
steps: [{{id: a}}, {{id: b}}]
"""


@pytest.mark.parametrize("first", ALWAYS)
def test_nothing_comes_after_an_always(judge, first):
    [problem] = judge(two_ways(first), "WF207")

    assert ('the transition to "b" is never taken', 6) == (problem.message, problem.span.line)
    assert ("this one always holds", 5) == (problem.related.message, problem.related.span.line)


@pytest.mark.parametrize("first", NOT_ALWAYS)
def test_something_may_come_after_what_is_not_always(judge, first):
    assert [] == judge(two_ways(first), "WF207")


def test_all_that_comes_after_an_always_is_told_with_the_first_always(judge):
    text = two_ways("").replace("steps:", "    - {target: b}\nsteps:")

    assert [(6, 5), (7, 5)] == [
        (each.span.line, each.related.span.line) for each in judge(text, "WF207")
    ]


def test_error_cases_are_a_list_of_their_own(judge):
    step = "{id: a, transitions: [{target: b}], errorCases: [{target: b}, {target: c}]}"
    text = two_ways("condition: {op: exists, values: [/#steps.1.id]}").replace("{id: a}", step)

    assert ['the transition to "c" is never taken'] == [
        each.message for each in judge(text, "WF207")
    ]


def one_branch(step):
    return f"""\
name: w
trigger: {{eventName: kustomer.customer.create, transitions: [{{target: a}}]}}
steps:
  - {step}
  - {{id: b}}
"""


HOLDS = "condition: {op: exists, values: [/#steps.1.name]}"


def test_a_condition_step_with_one_branch_may_end_the_run(told):
    text = one_branch(f"{{id: a, transitions: [{{target: b, {HOLDS}}}]}}")

    [line] = told(text, "WF208")

    assert line.startswith('4:39 warning if this doesn\'t hold, the run ends at "a"')


@pytest.mark.parametrize(
    "step",
    [
        "{id: a}",
        "{id: a, transitions: [{target: b}]}",
        f"{{id: a, transitions: [{{target: b, {HOLDS}}}, {{target: b}}]}}",
        f"{{id: a, action: kustomer.customer.create, transitions: [{{target: b, {HOLDS}}}]}}",
        f"{{id: not-reached, transitions: [{{target: b, {HOLDS}}}]}}",
        "{id: a, transitions: [{target: b, condition: {op: no, values: []}}]}",
    ],
)
def test_an_end_that_is_plain_is_no_finding(told, step):
    assert [] == told(one_branch(step), "WF208")


def test_the_condition_of_a_trigger_is_a_filter(told):
    assert [] == told(two_ways(HOLDS).replace("    - {target: b", "#"), "WF208")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{op: exists, values: [/#steps.1.id, '']}", "{op: exists, values: [/#steps.1.id]}"),
        ("{values: [/#steps.1.a, 1], op: eq}", "{op: eq, values: [/#steps.1.a, 1]}"),
        (
            "{op: or, values: [{op: dne, values: [/#a]}, {op: eq, values: [/#a, 1]}]}",
            "{op: or, values: [{op: eq, values: [/#a, 1]}, {op: dne, values: [/#a]}]}",
        ),
    ],
)
def test_the_same_condition_is_found_however_it_is_spelled(judge, first, second):
    [problem] = judge(two_ways(f"condition: {first}", f"condition: {second}"), "WF209")

    assert ('the transition to "b" is never taken', 6) == (problem.message, problem.span.line)
    assert 5 == problem.related.span.line


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{op: eq, values: [/#steps.1.a, 1]}", "{op: eq, values: [/#steps.1.a, '1']}"),
        ("{op: eq, values: [/#steps.1.a, 1]}", "{op: ne, values: [/#steps.1.a, 1]}"),
        ("{op: exists, values: [/#steps.1.a]}", "{op: dne, values: [/#steps.1.a]}"),
        ("{op: exists, values: [1]}", "{op: exists, values: [1]}"),
        ("{op: and, values: [{op: x}]}", "{op: or, values: [{op: x}]}"),
    ],
)
def test_other_conditions_are_not_the_same(judge, first, second):
    assert [] == judge(two_ways(f"condition: {first}", f"condition: {second}"), "WF209")
