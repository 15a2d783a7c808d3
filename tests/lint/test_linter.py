"""From findings to problems of a file."""

import pytest

from kobjctl.files.yaml.reader import read_yaml
from kobjctl.lint.linter import check, problems
from kobjctl.lint.project.builder import KnownActions
from kobjctl.lint.project.files import Files
from kobjctl.lint.project.project import Project
from kobjctl.lint.subject import Subject
from kobjctl.model.problem import Problem, Span
from kobjctl.model.workflow import Workflow

PROJECT = Project(KnownActions())
WORKFLOW = """\
name: w
trigger: {eventName: kustomer.customer.create, transitions: [{target: a}, {target: nowhere}]}
steps:
  - id: a
    action: shout
    params: {text: "{{steps.1.nme}} and /#steps.1.id"}
    errorCases: [{target: a2}]
  - {id: a2, action: kustomer.klass.find-by-klassname, params: {klassName: x}}
"""


def judged(text):
    """Give the problems of a file with a workflow."""
    document = read_yaml(text, "w.yaml")
    (part,) = Files([document], []).parts("workflows")
    return problems(Subject(Workflow.from_document(part.body), PROJECT), document, part.path)


def test_check_gives_the_findings_in_the_order_of_the_rules():
    document = read_yaml(WORKFLOW, "w.yaml").data
    findings = check(Subject(Workflow.from_document(document), PROJECT))

    codes = [rule.code for rule, _ in findings]

    assert sorted(codes) == codes
    assert {"WF201", "WF205", "WF403", "WF501"} <= set(codes)


def test_a_problem_has_all_that_the_rule_and_the_finding_say():
    text = "name: w\ntrigger: {eventName: x, transitions: [{target: a}]}\nsteps: []\n"

    (problem,) = [each for each in judged(text) if each.code == "WF201"]

    column = text.splitlines()[1].index("target: a") + len("target: ") + 1
    span = Span(2, column, 2, column + 1)
    assert problem == Problem("w.yaml", span, "WF201", 'no step has the id "a"', "", "error")


def test_problems_stand_in_the_order_of_their_places():
    found = judged(WORKFLOW)

    assert sorted(found) == found
    assert [2, 5, 6, 7] == sorted({problem.span.line for problem in found})


def test_a_part_of_a_text_is_marked_and_no_more():
    (problem,) = [each for each in judged(WORKFLOW) if each.code == "WF403"]

    line = WORKFLOW.splitlines()[problem.span.line - 1]
    assert "steps.1.nme" == line[problem.span.column - 1 : problem.span.end_column - 1]


@pytest.mark.parametrize(
    "written",
    ['"{{steps.1.nme}}\\u0020"', "|\n        {{steps.1.nme}}", "'it''s {{steps.1.nme}}'"],
)
def test_a_text_that_is_written_in_another_way_is_marked_whole(written):
    text = WORKFLOW.replace(
        '{text: "{{steps.1.nme}} and /#steps.1.id"}', f"\n      text: {written}"
    )

    (problem,) = [each for each in judged(text) if each.code == "WF403"]

    assert (7, 13) == problem.span[:2]


def test_a_key_is_marked_where_the_key_is_meant():
    (problem,) = [each for each in judged(WORKFLOW) if each.code == "WF205"]

    line = WORKFLOW.splitlines()[problem.span.line - 1]
    assert "errorCases" == line[problem.span.column - 1 : problem.span.end_column - 1]


def test_a_place_is_looked_up_below_the_workflow_in_its_file():
    nested = "workflows:\n  - " + WORKFLOW.replace("\n", "\n    ").rstrip() + "\n"
    document = read_yaml(nested, "app.yaml")
    (part,) = Files([document], []).parts("workflows")

    found = problems(Subject(Workflow.from_document(part.body), PROJECT), document, part.path)

    assert [each.code for each in judged(WORKFLOW)] == [each.code for each in found]
    assert {each.span.line + 1 for each in judged(WORKFLOW)} == {each.span.line for each in found}


def test_a_problem_is_given_once():
    text = "name: w\ntrigger: {eventName: x, transitions: [{target: a}]}\nsteps: []\n"

    found = judged(text)

    assert len(set(found)) == len(found)
