"""Templates, case by case: what handlebars.js 4.7.10 gives for `template` with `data`.

A case has the `result`, or is an `error`. The cases with `like` are templates that
handlebars.js refuses and we accept: it was given the template `like`, which means the same.
Helpers that it does not bring were given to it in the plainest way.
"""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from kobjctl.expressions.handlebars import TemplateError, compile_template

CASES = Path(__file__).parent / "cases"


def cases():
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.json"))
        for number, case in enumerate(json.loads(path.read_text("utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_a_template_gives_what_handlebars_js_gives(case, context):
    data = deepcopy(case["data"])

    try:
        given = {"result": compile_template(case["template"]).render(data, context)}
    except TemplateError:
        given = {"error": True}

    assert {key: case[key] for key in ("result", "error") if key in case} == given
    assert case["data"] == data


def test_there_are_cases_of_everything():
    assert len(cases()) > 1000
