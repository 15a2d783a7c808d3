"""From findings to problems of a file."""

from kobjctl.lint.linter import check, problems
from kobjctl.lint.rule import Arity, Known
from kobjctl.model.problem import Problem, Span
from kobjctl.model.workflow import Workflow

KNOWN = Known(actions=frozenset({"kustomer.note.create"}), operators={"true": Arity(1, 1)})

WORKFLOW = Workflow.from_document(
    {
        "name": "w",
        "trigger": {"transitions": [{"target": "a"}, {"target": "nowhere"}]},
        "steps": [
            {"id": "a", "action": "shout", "errorCases": [{"target": "a2"}]},
            {"id": "a2", "action": "kustomer.note.create"},
        ],
    }
)


ANYWHERE = Span(3, 5, 3, 12)


def anywhere(_path, _key):
    return ANYWHERE


def test_check_gives_the_findings_in_the_order_of_the_rules():
    assert [
        ("WF201", ("trigger", "transitions", 1, "target")),
        ("WF205", ("steps", 0, "errorCases")),
        ("WF501", ("steps", 0, "action")),
    ] == [(rule.code, finding.path) for rule, finding in check(WORKFLOW, KNOWN)]


def test_a_problem_has_all_that_the_rule_and_the_finding_say():
    subject = Workflow.from_document(
        {"name": "w", "trigger": {"transitions": [{"target": "a"}]}, "steps": []}
    )

    assert [
        Problem("w.yaml", ANYWHERE, "WF201", 'no step has the id "a"', "", "error"),
    ] == problems(subject, KNOWN, anywhere, "w.yaml")


def test_problems_stand_in_the_order_of_their_places():
    lines = {"errorCases": 7, "action": 5, "target": 9}

    def locate(path, _key):
        return Span(lines[path[-1]], 1, lines[path[-1]], 2)

    actual = problems(WORKFLOW, KNOWN, locate, "f")

    assert ["WF501", "WF205", "WF201"] == [problem.code for problem in actual]
    assert ["warning", "warning", "error"] == [problem.severity for problem in actual]


def test_a_place_is_looked_up_below_the_workflow_in_its_file_as_value_or_as_key():
    asked = []

    def locate(path, key):
        asked.append((path, key))
        return Span(1, 1, 1, 1)

    problems(WORKFLOW, KNOWN, locate, "app.yaml", at=("workflows", 2))

    assert [
        (("workflows", 2, "trigger", "transitions", 1, "target"), False),
        (("workflows", 2, "steps", 0, "errorCases"), True),
        (("workflows", 2, "steps", 0, "action"), False),
    ] == asked


def test_a_problem_is_given_once():
    subject = Workflow.from_document(
        {"name": "w", "trigger": {"transitions": [{"target": "a"}, {"target": "a"}]}, "steps": []}
    )

    assert 1 == len(problems(subject, KNOWN, anywhere, "f"))
