"""References and values, case by case: `references.json` and `values.json`.

A file is a list of groups, each a scope (`given`) and cases of one expression with what it
gives: `result`, `keys` (of the object it gives), `missing`, or part of the `error`.
"""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from kobjctl.expressions.scope import Scope, new_scope
from kobjctl.expressions.value import compile_value
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import MISSING

HERE = Path(__file__).parent


def cases(*names):
    """Give (scope, case) of every case in the files, named after its expression."""
    return [
        pytest.param(group["given"], case, id=f"{json.dumps(case['expression'])[:60]}-{number}")
        for name in names
        for group in json.loads((HERE / name).read_text("utf-8"))
        for number, case in enumerate(group["cases"], 1)
    ]


def gives(value, case):
    """Give what a case is about, in the words of the case."""
    if value is MISSING:
        return {"missing": True}
    if "keys" in case:
        return {"keys": list(value)}
    return {"result": value}


@pytest.mark.parametrize(("given", "case"), cases("references.json", "values.json"))
def test_an_expression_gives_what_its_case_says(given, case):
    compiled = compile_value(case["expression"])

    if "error" in case:
        with pytest.raises(KobjctlError) as caught:
            compiled.resolve(Scope(given))
        assert case["error"] in caught.value.message
    else:
        expected = {key: case[key] for key in ("result", "keys", "missing") if key in case}
        actual = gives(compiled.resolve(Scope(given)), case)
        # As JSON: true is not 1, and 2 is not 2.0.
        assert json.dumps(expected) == json.dumps(actual)


@pytest.mark.parametrize(("given", "case"), cases("references.json", "values.json"))
def test_resolving_changes_neither_the_file_nor_the_scope(given, case):
    raw, scope = deepcopy(case["expression"]), Scope(deepcopy(given))

    try:
        compile_value(raw).resolve(scope)
    except KobjctlError:
        assert "error" in case

    assert case["expression"] == raw
    assert given == scope


@pytest.mark.parametrize(
    ("raw", "source"),
    [
        ("text", None),
        (5, None),
        (None, None),
        ("Order /#steps.1.id", None),
        ({"a": ["b"]}, None),
        ("/#steps.1.id", "/#steps.1.id"),
        ("/#fn:parseInt,steps.1.id", "/#fn:parseInt,steps.1.id"),
        ("{{a}}", "{{a}}"),
    ],
)
def test_only_what_depends_on_the_run_has_a_source(raw, source):
    compiled = compile_value(raw)

    assert source == compiled.source
    assert (source is None) == compiled.is_literal


def test_an_object_with_a_reference_in_it_is_no_literal():
    assert not compile_value({"a": [{"b": "/#steps.1.id"}]}).is_literal


def test_a_new_scope_knows_the_trigger_as_step_1_and_no_error():
    output = {"id": "x"}

    assert {"steps": {"1": output}, "variables": {}} == new_scope(output)


def test_a_compiled_value_can_be_used_for_many_runs():
    compiled = compile_value({"id": "/#steps.1.id", "tags": ["/#steps.1.tag", "always"]})

    first = compiled.resolve(new_scope({"id": 1, "tag": "a"}))
    second = compiled.resolve(new_scope({"id": 2}))

    assert {"id": 1, "tags": ["a", "always"]} == first
    assert {"id": 2, "tags": ["always"]} == second
