"""The drawing of a workflow, as Mermaid text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.app.drawing.mermaid import mermaid
from kobjctl.model.workflow import Workflow


def draw(*steps, transitions=({"target": "a"},), event="kustomer.customer.create"):
    trigger = {"eventName": event, "transitions": list(transitions)}
    return mermaid(Workflow.from_document({"name": "w", "trigger": trigger, "steps": list(steps)}))


def label_of(condition):
    """Give the label of an edge with this condition, None if it has none."""
    text = draw({"id": "a"}, transitions=[{"target": "a", "condition": condition}])
    found = re.search(r'n0 -->\|"(.*)"\| n1$', text, re.MULTILINE)
    return found[1] if found else None


ORDER = """\
flowchart TD
    n0(["kustomer.hooks.form.h1.receive"])
    n1["Find the customer<br/>kustomer.customer.find"]
    n2{"known"}
    n3["add<br/>kustomer.kobject.create"]
    n4["gone"]:::unknown
    n0 --> n1
    n1 --> n2
    n1 -.->|"steps.1.id eq 5"| n3
    n2 -->|"exists steps.lookup.id"| n3
    n2 -->|"No customer"| n4
    classDef unknown fill:#fdd,stroke:#c00,color:#600
"""


def test_a_workflow_is_drawn_with_a_shape_for_each_kind_of_step_and_way():
    actual = draw(
        {
            "id": "lookup",
            "action": "kustomer.customer.find",
            "meta": {"displayName": "Find the customer"},
            "transitions": [{"target": "known", "condition": {"op": "true", "values": [True]}}],
            "errorCases": [
                {"target": "add", "condition": {"op": "eq", "values": ["/#steps.1.id", 5]}}
            ],
        },
        {
            "id": "known",
            "transitions": [
                {
                    "target": "add",
                    "condition": {"op": "exists", "values": ["/#steps.lookup.id", ""]},
                },
                {
                    "target": "gone",
                    "condition": {"op": "exists", "values": [True]},
                    "meta": {"name": "No customer"},
                },
            ],
        },
        {"id": "add", "action": "kustomer.kobject.create", "transitions": []},
        transitions=[{"target": "lookup"}],
        event="kustomer.hooks.form.h1.receive",
    )

    assert ORDER == actual


def test_of_steps_with_one_id_the_first_is_led_to():
    actual = draw({"id": "a"}, {"id": "a"}, transitions=[{"target": "a"}, {"target": "1"}])

    assert ["    n0 --> n1", "    n0 --> n0"] == actual.splitlines()[4:]


def test_two_ways_to_one_unknown_target_lead_to_one_node():
    actual = draw(transitions=[{"target": "x"}, {"target": "x"}])

    assert ['    n1["x"]:::unknown', "    n0 --> n1", "    n0 --> n1"] == actual.splitlines()[2:5]


@pytest.mark.parametrize(
    ("op", "values", "expected"),
    [
        ("true", [True], None),
        ("exists", ["true", ""], None),
        ("exists", [True], None),
        ("exists", ["{{steps.1.id}}"], "exists {{steps.1.id}}"),
        ("dne", ["/#steps.a.body", ""], "dne steps.a.body"),
        ("dne", ["text"], "dne #quot;text#quot;"),
        ("gte", ["/#steps.a.n", "10"], "steps.a.n gte #quot;10#quot;"),
        ("contains", ["/#steps.1.tags", ["x"]], "steps.1.tags contains [#quot;x#quot;]"),
        ("eq", [], "eq"),
        ("eq", [1], "1 eq"),
        ("eq", None, "eq"),
        ("eq", ["/#" + "x" * 90, 1], "x" * 57 + "..."),
    ],
)
def test_a_condition_is_said_in_a_few_words(op, values, expected):
    assert expected == label_of({"op": op, "values": values})


def test_nested_conditions_are_said_with_brackets_and_not_too_deep():
    one = {"op": "exists", "values": ["/#a"]}
    inner = {"op": "or", "values": [one, {"op": "true", "values": [True]}]}
    deep = {"op": "or", "values": [{"op": "and", "values": [one]}]}

    assert "exists a and (exists a or true)" == label_of({"op": "and", "values": [one, inner]})
    assert "((...))" == label_of({"op": "and", "values": [deep]})
    assert "..." == label_of({"op": "and", "values": [None]})


def test_nothing_in_a_name_is_read_as_mermaid_markdown_or_html():
    actual = draw(
        {"id": "a", "meta": {"displayName": 'a "b"\n`c` <i>&amp; #35; %%{init}%% 5% \\n\x1b'}},
    )

    expected = (
        "a #quot;b#quot; #96;c#96; #lt;i#gt;#amp;amp; #35;35; #37;#37;{init}#37;#37; 5%"
        " #92;n#92;x1b"
    )
    assert f'    n1{{"{expected}"}}' == actual.splitlines()[2]


def test_an_empty_name_is_a_space():
    assert '    n1{" "}' == draw({"id": ""}).splitlines()[2]


@given(st.text(), st.text(), st.text())
def test_any_names_give_one_line_a_node_and_an_edge(name, label, target):
    actual = draw(
        {"id": "a", "meta": {"displayName": name}},
        transitions=[{"target": "a", "meta": {"name": label}}, {"target": "a"}],
        event=target,
    )

    assert 5 == len(actual.splitlines())
    assert actual.count('"') in (4, 6)
