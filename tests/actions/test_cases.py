"""Every action, case by case: the files `*_cases.json`.

A file is a list of groups, each an `action` and its cases: `params`, and then part of the
`output` with keys that are `absent` (or `empty`: nothing was found) and part of each of the
`warnings`, or the `error`, or part of the message where it `fails` in no way of the platform's.
`$ada`, `$talk` and so on are ids of what `conftest` makes. `documented_fields.json` has the fields
that the platform's API documents of each kind of record.
"""

import json
from pathlib import Path

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.model.errors import KobjctlError, PlatformError

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.glob("*_cases.json"))
GROUPS = [group for name in FILES for group in json.loads((HERE / name).read_text("utf-8"))]
DOCUMENTED = json.loads((HERE / "documented_fields.json").read_text("utf-8"))
CASES = [
    pytest.param(group["action"], case, id=f"{group['action']} {case['name']}")
    for group in GROUPS
    for case in group["cases"]
]


def with_ids(case, ids):
    """Put the ids of records in the place of their short names, and so many letters."""

    def fill(each):
        if "$repeat" in each:
            return "a" * each["$repeat"]
        return {key: named(value) for key, value in each.items()}

    def named(value):
        if isinstance(value, list):
            return [named(each) for each in value]
        return ids[value[1:]] if isinstance(value, str) and value[:1] == "$" else value

    return json.loads(json.dumps(case), object_hook=fill)


@pytest.mark.parametrize(
    ("action", "case"), [each for each in CASES if not {"error", "fails"} & each.values[1].keys()]
)
def test_an_action_gives_what_its_case_says(action, case, perform, org):
    case = with_ids(case, org)

    output, warnings = perform(action, case["params"])

    expected = case.get("output", {})
    # As JSON: true is not 1.
    assert json.dumps(expected) == json.dumps({key: output.get(key) for key in expected})
    assert set() == output.keys() & set(case.get("absent", ()))
    assert case.get("empty", False) is (output == {})
    if "org" in output and (documented := DOCUMENTED.get(action.split(".")[0])):
        assert set(documented["always"].split()) <= output.keys()
    if "warnings" in case:
        assert len(case["warnings"]) == len(warnings)
        assert all(part in said for part, said in zip(case["warnings"], warnings, strict=True))


@pytest.mark.parametrize(("action", "case"), [each for each in CASES if "error" in each.values[1]])
def test_an_action_refuses_as_the_platform_would(action, case, perform, org, engine):
    case = with_ids(case, org)
    before = list(engine.org.store.connection.iterdump())

    with pytest.raises(PlatformError) as caught:
        perform(action, case["params"])

    answer = caught.value.as_json()
    expected = dict(case["error"])
    assert expected.pop("title", "") in answer["title"]
    if parameter := expected.pop("parameter", ""):
        expected["source"] = {"parameter": parameter}
    assert expected == {key: answer.get(key) for key in expected}
    assert before == list(engine.org.store.connection.iterdump())


@pytest.mark.parametrize(("action", "case"), [each for each in CASES if "fails" in each.values[1]])
def test_an_action_fails_as_its_case_says(action, case, perform, org):
    with pytest.raises(KobjctlError) as caught:
        perform(action, case["params"])

    assert not isinstance(caught.value, PlatformError)
    assert case["fails"] in caught.value.message


def test_the_params_of_a_case_are_left_as_they_are(perform, org):
    params = {
        "klassName": "order",
        "title": 5,
        "data": {"a": {"b": [1]}},
        "tags": ["a"],
        "custom": {"orderIDStr": "x"},
    }
    before = json.dumps(params)

    perform("kobject.create", params)

    assert before == json.dumps(params)


@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_has_cases(name):
    assert name in {f"kustomer.{group['action']}" for group in GROUPS}
