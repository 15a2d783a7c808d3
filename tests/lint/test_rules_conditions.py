"""WF305 and WF306: values that can't be compared, and conditions settled beforehand."""

import pytest

EVENT = "kustomer.customer.update"
HOOKED = """\
hooks: [{name: orders, type: form, example: {tags: [a], total: 5, paid: true, name: Ada}}]
workflows:
  - name: w
    trigger:
      hook: orders
      transitions:
        - {target: a, condition: CONDITION}
    steps: [{id: a}]
"""
DATA = "/#steps.1.attributes.data"


def on(condition, event=EVENT):
    return f"""\
name: w
trigger:
  eventName: {event}
  transitions:
    - {{target: a, condition: {condition}}}
steps: [{{id: a}}]
"""


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("{op: gt, values: [/#steps.1.rev, many]}", '"many" is neither a number nor a date'),
        ("{op: gt, values: [/#steps.1.rev, true]}", "true is neither a number nor a date"),
        ("{op: lt, values: [/#steps.1.rev, null]}", "null is neither a number nor a date"),
        ("{op: gte, values: [/#steps.1.rev, [1]]}", "a list is neither a number nor a date"),
        ("{op: gte, values: [/#steps.1.tags, 1]}", "a list is neither a number nor a date"),
        ("{op: lte, values: [/#steps.1.verified, 1]}", "true or false is neither a number"),
        ("{op: gt, values: [/#steps.1.createdAt, 5]}", "5 is a number, the other side a date"),
        ("{op: gt, values: [/#steps.1.rev, 2026-01-02]}", '"2026-01-02" is a date, the other'),
        ("{op: gt, values: ['/#fn:parseInt,steps.1.name', 2026-01-02]}", "the other side a number"),
        ("{op: gt, values: [5, abc]}", '"abc" is neither a number nor a date'),
        ("{op: contains, values: [/#steps.1.rev, 5]}", "a number is neither a list nor text"),
        ("{op: contains, values: [5, a]}", "5 is neither a list nor text"),
        ("{op: contains, values: [/#steps.1.verified, a]}", "true or false is neither a list"),
        ("{op: contains, values: [/#steps.1.name, 5]}", "5 is not text, but the left side is"),
        ("{op: contains, values: ['{{steps.1.name}}', [5]]}", "a list is not text"),
        ("{op: and, values: [{op: gt, values: [/#steps.1.tags, 1]}]}", "a list is neither"),
    ],
)
def test_a_value_that_can_not_be_compared_is_named(judge, condition, why):
    [problem] = judge(on(condition), "WF305")

    assert why in problem.message
    assert problem.message.endswith(": the condition never holds")
    assert "error" == problem.severity
    assert [] == judge(on(condition), "WF306")


@pytest.mark.parametrize(
    "condition",
    [
        "{op: gt, values: [/#steps.1.rev, '200']}",
        "{op: gt, values: [/#steps.1.name, 5]}",
        "{op: gt, values: [/#steps.1.createdAt, '2026-01-02T00:00:00Z']}",
        "{op: gt, values: [/#steps.1.custom.totalNum, /#steps.1.rev]}",
        "{op: gt, values: [/#steps.1.custom.total, 5]}",
        "{op: gt, values: ['{{steps.1.rev}}', 5]}",
        "{op: gt, values: [/#steps.1.tags.length, 5]}",
        "{op: gt, values: [/#steps.1.name]}",
        "{op: contains, values: [/#steps.1.tags, 5]}",
        "{op: contains, values: [/#steps.1.name, a]}",
        "{op: contains, values: [/#steps.1.name, /#steps.1.rev]}",
        "{op: contains, values: [/#steps.1.createdAt, '2026']}",
        "{op: eq, values: [/#steps.1.tags, 5]}",
    ],
)
def test_a_value_that_may_be_compared_is_no_finding(told, condition):
    assert [] == told(on(condition), "WF305")


def test_a_kind_that_only_an_example_shows_is_a_warning(judge):
    text = HOOKED.replace("CONDITION", f"{{op: gt, values: [{DATA}.tags, 5]}}")
    [problem] = judge(text, "WF305")

    assert "warning" == problem.severity


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{op: eq, values: [1, 1]}", "this condition always holds: both values are literals"),
        ("{op: eq, values: [1, '1']}", "this condition always holds: both values"),
        ("{op: eq, values: [a, b]}", "this condition never holds: both values"),
        ("{op: gt, values: [2, 1]}", "this condition always holds: both values"),
        ("{op: contains, values: [abc, d]}", "this condition never holds: both values"),
        ("{op: dne, values: [true]}", "this condition never holds: both values"),
        ("{op: exists, values: [null]}", "this condition never holds: both values"),
        (
            "{op: eq, values: [/#steps.1.rev, /#steps.1.rev]}",
            "this condition always holds: it compares a value with itself",
        ),
        (
            "{op: ne, values: [/#steps.1.rev, /#steps.1.rev]}",
            "this condition never holds: it compares a value with itself",
        ),
        (
            "{op: gt, values: [/#steps.1.rev, /#steps.1.rev]}",
            "this condition never holds: it compares a value with itself",
        ),
        ("{op: eq, values: [/#steps.1.rev, abc]}", 'never holds: a number never equals "abc"'),
        ("{op: ne, values: [/#steps.1.rev, abc]}", 'always holds: a number never equals "abc"'),
        ("{op: eq, values: [/#steps.1.verified, 'yes']}", 'true or false never equals "yes"'),
        ("{op: eq, values: [/#steps.1.verified, 1]}", "true or false never equals 1"),
        ("{op: eq, values: [/#steps.1.name, 5]}", "text never equals 5"),
        ("{op: eq, values: ['5', /#steps.1.rev]}", '"5" never equals a number'),
        ("{op: eq, values: [/#steps.1.tags, a]}", 'a list never equals "a"'),
        ("{op: eq, values: ['/#fn:inBusinessHours', 'yes']}", 'never equals "yes"'),
    ],
)
def test_a_condition_that_is_settled_says_how(judge, condition, expected):
    [problem] = judge(on(condition), "WF306")

    assert expected in problem.message
    assert "warning" == problem.severity


@pytest.mark.parametrize(
    "condition",
    [
        "{op: 'true', values: [true]}",
        "{op: exists, values: ['true', '']}",
        "{op: exists, values: [true]}",
        "{op: exists, values: [/#steps.1.id]}",
        "{op: eq, values: [/#steps.1.rev, '10']}",
        "{op: eq, values: [/#steps.1.verified, 'true']}",
        "{op: eq, values: [/#steps.1.verified, true]}",
        "{op: eq, values: ['/#fn:inBusinessHours', true]}",
        "{op: eq, values: [/#steps.1.name, '5']}",
        "{op: eq, values: [/#steps.1.createdAt, '2026-01-02']}",
        "{op: eq, values: [/#steps.1.name, null]}",
        "{op: eq, values: [/#steps.1.custom.whatever, 5]}",
        "{op: eq, values: [steps.1.name, Ada]}",
        "{op: no-such, values: [1, 1]}",
        "{op: eq, values: [1]}",
    ],
)
def test_a_condition_that_a_run_decides_is_no_finding(told, condition):
    assert [] == told(on(condition), "WF306")


def test_the_example_of_a_hook_tells_a_kind(told):
    text = HOOKED.replace("CONDITION", f"{{op: eq, values: [{DATA}.total, lots]}}")

    assert ['7:39 warning this condition never holds: a number never equals "lots"'] == told(
        text, "WF306"
    )
