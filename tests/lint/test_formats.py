"""The formats of other programs: each report is held against the schema of its format."""

import json
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.lint.explanations import explanations
from kobjctl.lint.formats.as_github import github_command
from kobjctl.lint.formats.as_json import problems_json
from kobjctl.lint.formats.as_junit import junit
from kobjctl.lint.formats.as_sarif import sarif
from kobjctl.model.problem import Problem, RelatedPlace, Severity, Span, in_order

SCHEMAS = Path(__file__).with_name("formats")
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text()))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))

HERE = Span(3, 5, 3, 9)
ERROR = Problem("order.yaml", HERE, "WF403", 'no "idd"', "its fields are id, name")
WARNING = Problem("a b/ö%.yaml", Span(1, 1, 2, 1), "WF102", "one,\ntwo: 100%", "", "warning")
RELATED = ERROR._replace(related=RelatedPlace("/srv/other.yaml", HERE, "first here"))

NOTE = WARNING._replace(code="WF302", severity="note")

numbers = st.integers(1, 10**6)
texts = st.text(st.characters(blacklist_categories=["Cs"]))
names = texts.filter(lambda name: name and "\0" not in name)
spans = st.builds(Span, numbers, numbers, numbers, numbers)
problems = st.builds(
    Problem,
    names,
    spans,
    st.sampled_from(list(explanations())),
    texts,
    texts,
    st.sampled_from(get_args(Severity)),
    st.none() | st.builds(RelatedPlace, names, spans, texts),
)


@given(st.lists(problems, max_size=4))
def test_any_report_is_valid_sarif(found):
    SARIF.validate(sarif("1.0", found, explanations()))


@given(st.lists(names, max_size=3, unique=True), st.lists(problems, max_size=4), st.booleans())
def test_any_report_is_valid_junit(files, found, strict):
    JUNIT.validate(junit(files, found, strict=strict))


@given(problems)
def test_any_problem_is_one_line_for_github(problem):
    assert 1 == len(github_command(problem).split("\n"))
    assert "\r" not in github_command(problem)


def test_a_report_without_problems_is_valid():
    JUNIT.validate(junit(["order.yaml"], [], strict=True))
    SARIF.validate(sarif("1.0", [], explanations()))


def test_sarif_has_a_rule_for_each_code_and_points_at_it():
    [run] = sarif("1.0", [ERROR], explanations())["runs"]
    [result] = run["results"]

    assert list(explanations()) == [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert "WF403" == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]


def test_sarif_has_places_as_people_count_them():
    [run] = sarif("1.0", [RELATED], explanations())["runs"]
    [result] = run["results"]

    assert [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "order.yaml"},
                "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
            }
        }
    ] == result["locations"]
    assert (
        "file:///srv/other.yaml"
        == (result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"])
    )


@pytest.mark.parametrize(
    ("file", "uri"), [("a b/ö%.yaml", "a%20b/%C3%B6%25.yaml"), ("x\udcff.yaml", "x%FF.yaml")]
)
def test_sarif_names_files_by_uris(file, uri):
    [run] = sarif("1.0", [ERROR._replace(file=file)], explanations())["runs"]

    assert uri == run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_github_gets_columns_only_within_a_line_and_escapes():
    assert (
        '::error file=order.yaml,line=3,endLine=3,col=5,endColumn=9,title=WF403::no "idd"'
        "%0Aits fields are id, name" == github_command(ERROR)
    )
    assert (
        "::warning file=a b/ö%25.yaml,line=1,endLine=2,title=WF102::one,%0Atwo: 100%25"
        == github_command(WARNING)
    )


def test_github_has_its_own_word_for_a_note():
    assert github_command(NOTE).startswith("::notice file=a b/ö%25.yaml,line=1,")


def test_sarif_has_the_level_of_a_note():
    [run] = sarif("1.0", [NOTE], explanations())["runs"]

    assert ["note"] == [each["level"] for each in run["results"]]


def test_a_warning_fails_in_junit_only_if_strict():
    lax = junit([], [WARNING], strict=False)
    strict = junit([], [WARNING], strict=True)

    assert ('failures="0"' in lax, "<system-out>" in lax) == (True, True)
    assert ('failures="1"' in strict, "<system-out>" in strict) == (True, False)


def test_a_note_never_fails_in_junit():
    strict = junit([], [WARNING, NOTE], strict=True)

    assert 'tests="1" failures="1"' in strict
    assert "note WF302: one,\ntwo: 100%</system-out>" in strict


def test_a_file_without_problems_is_a_test_that_passed():
    assert '<testcase name="valid" classname="good.yaml"/>' in junit(["good.yaml"], [], strict=True)


def test_json_counts_and_tells_the_second_place():
    told = problems_json(2, [RELATED, WARNING, NOTE, NOTE])

    assert {"files": 2, "errors": 1, "warnings": 1, "notes": 2} == {
        key: told[key] for key in told if key != "problems"
    }
    assert {"file": "/srv/other.yaml", "line": 3, "column": 5, "message": "first here"} == (
        told["problems"][0]["related"]
    )
    assert "related" not in told["problems"][1]


def test_problems_are_sorted_and_told_once():
    later = ERROR._replace(span=Span(10, 1, 10, 2))
    early = ERROR._replace(span=Span(9, 1, 9, 2))

    assert [WARNING, early, later] == in_order(
        [later, early, WARNING, RELATED._replace(span=later.span), later]
    )
