"""Evaluating one expression: what it is evaluated with, and what is said beside the value."""

import json
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kobjctl.app.definitions import apply, hooks, variables
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs import evaluate
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import to_hook
from kobjctl.app.runs.send import send
from kobjctl.cli.output.plain import render
from kobjctl.cli.views.eval import fault_lines
from kobjctl.engine.engine import engine_of
from kobjctl.expressions.value import BrokenTemplateError, TextPlace
from kobjctl.model.errors import UsageError
from kobjctl.model.values import MISSING
from kobjctl.store.opening import MEMORY

WORKFLOW = """
hooks: [{name: orders, type: form}]
workflows:
  - name: order
    trigger: {hook: orders, transitions: [{target: make}]}
    steps:
      - id: make
        action: kustomer.customer.create
        params: {email: "no-address{{steps.1.attributes.data.more}}"}
        errorCases: [{target: keep}]
      - id: keep
        action: kustomer.regex-match.generic
        params: {testString: "{{variables.key}}: {{error.message}}", regex: ".*"}
"""


@pytest.fixture
def run(engine, tmp_path):
    """A run in which a step failed, of a workflow with a variable."""
    path = tmp_path / "order.yaml"
    path.write_text(WORKFLOW)
    apply.apply(engine.org, [path])
    variables.set_value(engine.org, "order", "key", "s3cret")
    hook = hooks.get(engine.org.store, "orders")
    payload = read_body(hook, json.dumps({"n": 5}).encode(), "-")
    send(engine, to_hook(hook, payload))
    return engine


def value(text, known):
    return evaluate.evaluate(text, known).value


def with_data(engine, data):
    return evaluate.known_by_data(engine.org, json.dumps(data).encode(), evaluate.STDIN)


def test_the_error_of_a_failed_step_is_known_after_it(run):
    after = evaluate.known_by_run(run.org, "last", None)
    before = evaluate.known_by_run(run.org, "last", "make")

    assert '"no-address" is not an email address' == value("/#error.message", after)
    assert value("/#error.message", before) is MISSING
    assert value("/#steps.make", before) is MISSING
    assert {} == value("/#steps.make", after)


def test_nothing_is_known_before_the_trigger(run):
    assert {} == value("/#steps", evaluate.known_by_run(run.org, "last", "1"))


def test_the_value_of_a_variable_is_never_shown(run):
    known = evaluate.known_by_run(run.org, "1", None)

    assert "key ***" == value("key {{variables.key}}", known)
    assert {"a": "***"} == value('{"a": "/#variables.key"}', known)
    assert "***: " == value("/#steps.keep.match", known)[:5]
    assert "which the log does not keep" in known.description
    assert "s3cret" not in str(
        evaluate.evaluate('{"op": "eq", "values": ["/#variables.key", "x"]}', known)
    )


@pytest.mark.parametrize(
    ("data", "reference", "expected"),
    [
        ({"n": 5}, "/#steps.1.attributes.data.n", 5),
        ([5], "/#steps.1.attributes.data.0", 5),
        ("text", "/#steps.1.attributes.data", "text"),
        ({"steps": [5]}, "/#steps.1.attributes.data.steps.0", 5),
        ({"attributes": {"n": 5}}, "/#steps.1.attributes.data.attributes.n", 5),
        ({"attributes": {"data": {"n": 5}}}, "/#steps.1.attributes.data.n", 5),
        ({"steps": {"1": 5}, "variables": {"a": 6}}, "/#variables.a", 6),
        ({"steps": {"x": {"n": 5}}}, "/#steps.x.n", 5),
    ],
)
def test_data_stand_where_they_belong(data, reference, expected, engine):
    assert expected == value(reference, with_data(engine, data))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("steps.1.n", '"/#steps.1.n"'),
        ("variables.a", '"{{variables.a}}"'),
        ("a /#steps.1", "must be the whole text"),
        ("/#step.1.n", '"step" is not in the scope: did you mean "steps"?'),
        ("/#steps.1.attributes.data.zip.x", '"zip" is not in /#steps.1.attributes.data: it has n'),
        ("/#steps.1.attributes.data.n.x", '/#steps.1.attributes.data.n has no "x" in it'),
        ("/#variables.a", '"a" is not in /#variables: it is empty'),
    ],
)
def test_a_hint_says_what_may_be_meant(text, hint, engine):
    (said,) = evaluate.evaluate(text, with_data(engine, {"n": 5})).hints

    assert hint in said


@pytest.mark.parametrize("text", ["steps", "a.b", "/#steps.1", "{{steps.1}}", "/#fn:parseInt,x"])
def test_what_may_be_meant_as_it_is_has_no_hint(text, engine):
    assert [] == evaluate.evaluate(text, with_data(engine, {})).hints


def test_equal_keys_in_data_are_refused(engine):
    with pytest.raises(UsageError, match="standard input:1:10"):
        evaluate.known_by_data(engine.org, b'{"a": 1, "a": 2}', evaluate.STDIN)


def test_the_fault_of_a_long_template_is_shown_with_what_is_around_it(engine):
    text = "line one\r\n" + "x" * 200 + "\t{{foo 1}}" + "y" * 200
    with pytest.raises(BrokenTemplateError) as caught:
        evaluate.evaluate(text, with_data(engine, {}))
    lines = []
    render(fault_lines(caught.value.place), lines.append)

    shown, mark = "".join(lines).splitlines()

    assert "{{" == shown[mark.index("^") :][:2]
    assert len(shown) < 110


@given(st.text(alphabet="ab\t\n{} é"), st.integers(1, 3), st.integers(1, 5))
def test_any_place_can_be_shown(text, line, column):
    lines = text.split("\n")
    line = min(line, len(lines))

    assert 2 == len(fault_lines(TextPlace(text, line, column)))


PARTS = st.sampled_from(
    [
        "{", "}", "[", "]", "{{", "}}", "{{{", "}}}", "/#", "/#fn:", "steps.1", "op", "values",
        "eq", "and", ":", ": ", ",", '"', "'", "a", " ", "\n", "\t", "- ", "&a ", "*a", "!!", "|",
        "#", "1", "null", "\\", "\ufeff", "{{#if a}}", "{{/if}}", "parseInt,", "{op: or, values: [",
        '{"op": "and", "values": [', "{op: eq, values: [1, 1]}", "{op: no, values: []}", "]}",
    ]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join) | st.text())
@example('{"op": "eq", "op": "gt", "values": [1, 2]}')
@example("{op: and, values: [{op: no, values: []}]}")
def test_any_text_is_evaluated_or_refused_at_its_place(text):
    engine = engine_of(open_org(MEMORY))
    found, place = MISSING, TextPlace(text, 1, 1)
    try:
        found = evaluate.evaluate(text, with_data(engine, {"a": 1})).value
    except (evaluate.BrokenExpressionError, BrokenTemplateError) as error:
        place = error.place
    finally:
        engine.org.store.close()

    assert found is MISSING or json.dumps(found)
    assert 1 <= place.column <= len(place.text.split("\n")[place.line - 1]) + 1


BOMB = ", ".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 20))
LONG = {
    "braces": "{" * 100_000,
    "pairs of braces": "{{" * 50_000,
    "tags that are closed": "{{a}}" * 20_000,
    "blocks within blocks": "{{#if a}}" * 10_000,
    "brackets": "[" * 100_000,
    "conditions within conditions": '{"op": "and", "values": [' * 5_000,
    "conditions within conditions, in YAML": "{op: and, values: [" * 2_000,
    "conditions beside each other": f"{{op: or, values: [{'{op: eq, values: [1, 1]}, ' * 2_000}]}}",
    "aliases": f"{{k0: &k0 [a], {BOMB}}}",
    "a path": "/#steps" + ".1" * 100_000,
    "arguments": "/#fn:transform,steps.1" + ",a" * 50_000,
    "quotes": '"' * 100_000,
    "escapes": '"' + "\\u0041" * 20_000 + '"',
}


@pytest.mark.parametrize("name", LONG)
def test_no_text_takes_long(name, engine, in_time):
    known = with_data(engine, {"a": 1})

    with in_time(), suppress(evaluate.BrokenExpressionError, BrokenTemplateError):
        evaluate.evaluate(LONG[name], known)


@pytest.mark.parametrize(
    ("text", "fault", "column"),
    [
        ("{op: gtt, values: [1, 2]}", 'no operator is called "gtt"', 6),
        ("{op: eq, values: [1]}", 'the operator "eq" needs 2 values', 18),
        ("{op: eq}", 'the operator "eq" needs 2 values', 1),
        ("{op: or, values: [5]}", 'each value of "or" must be a condition', 19),
        ('{"op": "or", "values": [{"op": "no"}]}', 'no operator is called "no"', 32),
        ('{"op": "eq", "op": "gt"}', 'can\'t be read: the key "op" is already on line 1', 14),
        ("{op: eq, op: gt}", 'can\'t be read: the key "op" is already on line 1', 10),
    ],
)
def test_the_fault_of_a_condition_has_its_place(text, fault, column, engine):
    with pytest.raises(evaluate.BrokenExpressionError) as caught:
        evaluate.evaluate(text, with_data(engine, {}))

    assert fault in caught.value.message
    assert (1, column) == (caught.value.place.line, caught.value.place.column)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{steps.1.attributes.data.name}}", []),
        (
            "{{steps.1.attributes.data.nmae}}",
            ['"steps.1.attributes.data.nmae"; did you mean "name"?'],
        ),
        ("{{trim steps.2.id}}{{steps.2.id}}{{steps.2.id}}", ['"steps.2.id"']),
        ("{{error.message}}", ['"error.message"']),
        ("{{#if steps.2}}{{steps.3}}{{else}}{{steps.4}}{{/if}}", ['"steps.4"']),
        ("{{#unless steps.2}}{{steps.3}}{{/unless}}", ['"steps.3"']),
        ("{{#eq steps.2 1}}{{/eq}}{{#if (or steps.2 steps.3)}}{{/if}}{{#steps.2}}{{/steps.2}}", []),
        ("{{#if (trim steps.2)}}{{/if}}{{not steps.2}}", []),
        ("{{#each steps.2.list}}{{sku}}{{/each}}", ['"steps.2.list"']),
        ("{{#each steps.2.list}}{{sku}}{{else}}none{{/each}}", []),
        (
            "{{#each steps.1.attributes.data.list}}{{skuu}}{{/each}}",
            ['"skuu"; did you mean "sku"?'],
        ),
        (
            "{{#each steps.1.attributes.data.list as |item|}}{{item.ski}}{{../steps.5}}{{/each}}",
            ['"item.ski"; did you mean "sku"?', '"../steps.5"'],
        ),
        ("{{#with steps.1.attributes}}{{data.name}}{{more}}{{/with}}", ['"more"']),
        ("{{@root.stepps}}", ['"@root.stepps"; did you mean "steps"?']),
    ],
)
def test_a_template_warns_of_a_value_that_it_needs_and_that_is_missing(engine, template, said):
    known = with_data(engine, {"name": "Ann", "list": [{"sku": "a"}, {"sku": "b"}]})

    warnings = evaluate.evaluate(template, known).warnings

    told = [each.replace(" in a template is missing", "") for each in warnings]
    assert said == [each for each in told if "public sources" not in each]
