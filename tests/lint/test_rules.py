"""Every rule: the examples of its docstring, and what it says where."""

from inspect import getmodule, getsource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.yaml.reader import read_yaml
from kobjctl.lint.linter import TOPICS, check, topics_of
from kobjctl.lint.project.builder import KnownActions, project_of
from kobjctl.lint.project.files import Files
from kobjctl.lint.project.project import Project
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.rules import PROJECT_RULES, RULES, index
from kobjctl.lint.subject import Subject
from kobjctl.model.workflow import Workflow

# The one host that is allowed in the examples.
HOSTS = frozenset({"api.example.com"})
PROJECT = Project(KnownActions())
ALWAYS = {"op": "true", "values": [True]}
INDEX_FILE = Path(index.__file__)
INDEX_HEAD = '''"""What each rule is about, in the order of their codes; few have to be loaded then.

Made of what the rules say themselves: `pytest --update tests/lint` writes it.
"""

from collections.abc import Mapping
from typing import Final

INDEX: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = '''
BY_CODE = {each.code: each for each in RULES}


def read(text):
    """Read an example: each of its workflows as it is judged, and as it stands."""
    document = read_yaml(text, "example.yaml")
    files = Files([document], [])
    project = project_of(files)._replace(hosts=HOSTS)
    return [
        (Subject(Workflow.from_document(part.body), project), part.body)
        for part in files.parts("workflows")
    ]


def examples(kind):
    """Give the examples of one kind in all rules, as parameters of a test."""
    return [
        pytest.param(each, read(text), id=f"{each.name}-{number}")
        for each in RULES
        for number, text in enumerate(getattr(each.explanation, kind), 1)
    ]


def workflow(*steps, transitions=({"target": "a"},)):
    trigger = {"eventName": "kustomer.customer.create", "transitions": list(transitions)}
    return Workflow.from_document({"name": "w", "trigger": trigger, "steps": list(steps)})


def step(step_id, *targets, **more):
    return {"id": step_id, "transitions": [{"target": target} for target in targets], **more}


def on(condition):
    """Give a workflow whose trigger has this one condition."""
    return workflow(step("a"), transitions=[{"target": "a", "condition": condition}])


def found(subject, code):
    return [finding for each, finding in check(Subject(subject, PROJECT)) if each.code == code]


def codes(subject):
    if isinstance(subject, Workflow):
        subject = Subject(subject, PROJECT)
    return {each.code for each, _ in check(subject)}


@pytest.mark.parametrize(("each", "example"), examples("bad"))
def test_a_bad_example_breaks_its_rule_and_no_other(each, example):
    assert {each.code} == {code for subject, _ in example for code in codes(subject)}


@pytest.mark.parametrize(("each", "example"), examples("good"))
def test_a_good_example_keeps_every_rule(each, example):
    assert [set() for _ in example] == [codes(subject) for subject, _ in example]


@pytest.mark.parametrize(("each", "example"), examples("bad"))
def test_a_finding_points_at_a_place_that_exists(each, example):
    for subject, document in example:
        for finding in each.check(subject):
            place = document
            for part in finding.path:
                place = place[part]


@pytest.mark.parametrize(
    "each",
    [each for each in (*RULES, *PROJECT_RULES) if each.explained],
    ids=lambda each: each.name,
)
def test_a_rule_says_why_and_has_examples_of_both_kinds(each):
    assert each.explanation.summary.endswith(".")
    assert each.explanation.bad
    assert each.explanation.good


@pytest.mark.parametrize("each", list(RULES), ids=lambda each: each.name)
def test_a_rule_whose_findings_differ_in_severity_says_so(each):
    source = getsource(getmodule(each.check))

    # The first is that of the rule.
    assert each.mixed is (source.count("severity=") > 1)


def test_the_index_has_what_the_rules_say(update):
    """With `--update` it is written anew."""
    scopes = [
        f'    "{scope}": {{\n{"".join(map(index_line, rules))}    }},\n'
        for scope, rules in (("workflow", RULES), ("project", PROJECT_RULES))
    ]
    expected = f"{INDEX_HEAD}{{\n{''.join(scopes)}}}\n"
    if update:
        INDEX_FILE.write_text(expected)

    assert INDEX_FILE.read_text() == expected


def index_line(each):
    about = ", ".join(f'"{topic}"' for topic in each.about)
    comma = "," if len(each.about) == 1 else ""
    return f'        "{each.check.__name__}": ({about}{comma}),\n'


@pytest.mark.parametrize(
    ("scope", "each"),
    [
        *(("workflow", each) for each in RULES),
        *(("project", each) for each in PROJECT_RULES if each.explained),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_rule_stands_in_a_file_of_its_name(scope, each):
    expected = each.name.replace("-", "_")

    assert expected == each.check.__name__
    assert f"kobjctl.lint.rules.{scope}.{expected}" == each.check.__module__


def test_a_code_has_one_holder():
    with pytest.raises(ValueError, match='WF201 is the code of "unknown-target"'):
        rule("WF201", "another", severity="error")(BY_CODE["WF201"].check)


def test_a_misspelled_target_gets_a_suggestion():
    subject = workflow(step("a", "lokup"), step("lookup"))
    path = ("steps", 0, "transitions", 0, "target")

    assert [Finding(path, 'no step has the id "lokup"', 'did you mean "lookup"?')] == found(
        subject, "WF201"
    )


def test_an_unknown_target_is_found_in_the_trigger_and_in_error_cases():
    subject = workflow(
        step("a", errorCases=[{"target": "a2"}, {"target": "nowhere"}]),
        step("a2"),
        transitions=[{"target": "a"}, {"target": "gone"}],
    )

    assert [
        ("trigger", "transitions", 1, "target"),
        ("steps", 0, "errorCases", 1, "target"),
    ] == [finding.path for finding in found(subject, "WF201")]


def test_a_duplicate_id_says_where_the_first_one_stands():
    subject = workflow(step("a", "b"), step("b"), step("b"), step("b"))

    assert [
        (("steps", 2, "id"), 'the 2nd step already has the id "b"'),
        (("steps", 3, "id"), 'the 2nd step already has the id "b"'),
    ] == [(finding.path, finding.message) for finding in found(subject, "WF202")]


def test_a_step_can_not_have_the_id_of_the_trigger():
    [finding] = found(workflow(step("a"), step("1")), "WF202")

    assert 'the trigger already has the id "1"' == finding.message


@pytest.mark.parametrize(
    ("position", "expected"),
    [(1, "1st"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_a_position_is_said_as_people_say_it(position, expected):
    steps = [step(f"s{number}") for number in range(1, position)]
    [finding] = found(workflow(*steps, step("same"), step("same")), "WF202")

    assert f'the {expected} step already has the id "same"' == finding.message


def test_a_cycle_is_named_and_points_at_the_way_back():
    [finding] = found(workflow(step("b", "c", "a"), step("a", "b"), step("c")), "WF203")

    assert ("steps", 0, "transitions", 1, "target") == finding.path
    assert "these steps form a loop: a -> b -> a" == finding.message
    assert "let the workflow schedule itself" in finding.hint


def test_a_way_back_to_the_trigger_is_a_cycle():
    [finding] = found(workflow(step("a", "1")), "WF203")

    assert "these steps form a loop: 1 -> a -> 1" == finding.message


def test_an_error_case_that_leads_back_is_a_cycle():
    [finding] = found(workflow(step("a", errorCases=[{"target": "a"}])), "WF203")

    assert ("steps", 0, "errorCases", 0, "target") == finding.path


def test_a_long_cycle_is_shown_in_part():
    steps = [step(f"s{number}", f"s{(number + 1) % 20}") for number in range(20)]
    [finding] = found(workflow(*steps, transitions=[{"target": "s0"}]), "WF203")

    expected = "s0 -> s1 -> s2 -> s3 -> s4 -> s5 -> s6 -> ... -> s19 -> s0"
    assert f"these steps form a loop: {expected}" == finding.message


def test_an_unreachable_step_is_named():
    [finding] = found(workflow(step("a"), step("b")), "WF204")

    assert ("steps", 1, "id") == finding.path
    assert 'no path from the trigger leads to step "b"' == finding.message


def test_error_cases_are_pointed_at_by_their_key():
    [finding] = found(workflow(step("a", errorCases=[{"target": "b"}]), step("b")), "WF205")

    assert (("steps", 0, "errorCases"), True) == (finding.path, finding.key)


def test_an_unknown_operator_without_a_close_one_gets_the_list():
    [finding] = found(on({"op": "between", "values": [1, 2]}), "WF301")

    assert ("trigger", "transitions", 0, "condition", "op") == finding.path
    assert 'no operator is called "between"' == finding.message
    assert f"the operators are {', '.join(sorted(OPERATORS))}" == finding.hint


def test_a_misspelled_operator_gets_a_suggestion():
    [finding] = found(on({"op": "exist", "values": [1]}), "WF301")

    assert 'did you mean "exists"?' == finding.hint


@pytest.mark.parametrize(
    ("op", "hint"),
    [
        ("==", 'did you mean "eq"?'),
        ("Equals", 'did you mean "eq"?'),
        (">=", 'did you mean "gte"?'),
        ("is_set", 'did you mean "exists"?'),
        ("else", "leave the condition out and put the transition last"),
        ("not", "workflows have no negation: use dne or neq, or put the other transition first"),
        ("not exists", 'did you mean "dne"?'),
        ("notExists", 'did you mean "dne"?'),
        ("doesn't exist", 'did you mean "dne"?'),
        ("not_exsits", 'did you mean "dne"?'),
        ("is-not-set", 'did you mean "dne"?'),
        ("!exists", 'did you mean "dne"?'),
        ("nexists", 'did you mean "dne"?'),
        ("not empty", 'did you mean "exists"?'),
        ("does not equal", 'did you mean "neq"?'),
        ("is not", 'did you mean "neq"?'),
        (
            "ncontains",
            "workflows have no negation: use dne or neq, or put the other transition first",
        ),
        ("is one of", 'did you mean "contains"?'),
        ("greatr than", 'did you mean "gt"?'),
        ("On or after", 'did you mean "gte"?'),
    ],
)
def test_an_operator_of_another_language_gets_a_suggestion(op, hint):
    [finding] = found(on({"op": op, "values": [1, 2]}), "WF301")

    assert hint == finding.hint


def test_a_target_that_says_the_end_is_none():
    [finding] = found(workflow(step("a", "END")), "WF201")

    assert "leave the transition out: the run ends where no transition is taken" == finding.hint


def test_operators_are_checked_inside_and_and_or_and_in_error_cases():
    condition = {"op": "and", "values": [ALWAYS, {"op": "or", "values": [{"op": "xyz"}]}]}
    case = {"target": "b", "condition": condition}
    [finding] = found(workflow(step("a", errorCases=[case]), step("b")), "WF301")

    place = ("steps", 0, "errorCases", 0, "condition")
    assert (*place, "values", 1, "values", 0, "op") == finding.path


@pytest.mark.parametrize("op", ["neq", "ne", "lt", "lte"])
def test_an_operator_that_is_a_reading_says_so(op):
    [finding] = found(on({"op": op, "values": [1, 2]}), "WF302")

    assert f'the operator "{op}" is not confirmed by public sources' == finding.message


@pytest.mark.parametrize(
    ("op", "count", "expected"),
    [
        ("true", 0, "1 value, not 0"),
        ("true", 2, "1 value, not 2"),
        ("eq", 1, "2 values, not 1"),
        ("contains", 3, "2 values, not 3"),
        ("exists", 0, "1 or 2 values, not 0"),
        ("dne", 3, "1 or 2 values, not 3"),
        ("and", 0, "at least 1 value, not 0"),
    ],
)
def test_a_wrong_number_of_values_says_the_right_one(op, count, expected):
    [finding] = found(on({"op": op, "values": [ALWAYS] * count}), "WF303")

    assert ("trigger", "transitions", 0, "condition", "op") == finding.path
    assert f'"{op}" needs {expected}' == finding.message


@pytest.mark.parametrize(
    ("op", "count"), [("true", 1), ("eq", 2), ("exists", 1), ("exists", 2), ("or", 1), ("or", 9)]
)
def test_a_right_number_of_values_is_fine(op, count):
    assert [] == found(on({"op": op, "values": [ALWAYS] * count}), "WF303")


@pytest.mark.parametrize("value", [None, True, "/#steps.1.id", [ALWAYS], {}, {"op": True}])
def test_and_takes_only_conditions(value):
    [finding] = found(on({"op": "and", "values": [ALWAYS, value]}), "WF303")

    assert ("trigger", "transitions", 0, "condition", "values", 1) == finding.path
    assert 'a value of "and" must be a condition' == finding.message


def test_contains_may_have_one_item_or_a_reference():
    for right in (["a"], [], "/#steps.1.tags", "a"):
        assert [] == found(on({"op": "contains", "values": ["/#steps.1.tags", right]}), "WF304")


def test_contains_with_items_says_how_they_are_read():
    [finding] = found(on({"op": "contains", "values": ["/#steps.1.tags", ["a", "b"]]}), "WF304")

    assert ("trigger", "transitions", 0, "condition", "values", 1) == finding.path
    assert (
        '"contains" has a list of 2 items; one of them is enough (not confirmed)' == finding.message
    )


@pytest.mark.parametrize(
    ("action", "hint"),
    [
        (
            "kustomer.customer.find-by-external",
            'did you mean "kustomer.customer.find-by-external-id"? Otherwise a run',
        ),
        ("kustomer.team.create", "kobjctl actions lists the actions; otherwise a run"),
        ("shout", "kobjctl actions lists the actions; otherwise a run"),
    ],
)
def test_an_action_that_only_the_platform_may_have_is_a_warning(action, hint):
    hint = f"{hint} needs a stub for it (--stubs FILE)"
    message = f'no action is called "{action}"'
    expected = Finding(("steps", 0, "action"), message, hint, severity="warning")

    assert [expected] == found(workflow(step("a", action=action)), "WF501")


@pytest.mark.parametrize(
    ("action", "meant"),
    [
        ("kustomer.note.crate", "kustomer.note.create"),
        ("kustomer.notes.create", "kustomer.note.create"),
        ("kustomer.user.findById", "kustomer.user.find-by-id"),
        ("kustomer.app.scheduler.shedule-workflow", "kustomer.app.scheduler.schedule-workflow"),
    ],
)
def test_a_misspelled_action_is_an_error(action, meant):
    [finding] = found(workflow(step("a", action=action)), "WF501")

    assert ("error", f'did you mean "{meant}"?') == (finding.severity, finding.hint)


def test_a_condition_step_needs_no_action():
    assert set() == codes(Subject(workflow(step("a")), PROJECT))


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {"op": st.sampled_from([*OPERATORS, "x"]) | inner}, optional={"values": inner}
        )
    ),
)


@given(json)
def test_no_value_of_a_condition_stops_the_rules(value):
    check(Subject(on({"op": "and", "values": [value]}), PROJECT))


@pytest.mark.parametrize("kind", ["bad", "good"])
def test_a_rule_that_is_not_loaded_has_nothing_to_say(kind):
    for parameter in examples(kind):
        for subject, _ in parameter.values[1]:
            assert check(subject, RULES) == check(subject)


def test_a_workflow_loads_only_the_rules_about_what_it_has():
    subject = Subject(workflow(step("a")), PROJECT)
    loaded = {each.name for each in RULES.about(set(topics_of(subject)))}

    assert "unreachable-step" in loaded
    assert loaded.isdisjoint({"unknown-operator", "broken-template", "unknown-param"})


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_its_rules(topic):
    assert list(RULES.about({topic}))
