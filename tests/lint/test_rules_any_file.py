"""No file whose shape is right stops the rules, whatever stands where anything may stand."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kobjctl.actions import ACTIONS
from kobjctl.files.json.reader import read_json
from kobjctl.files.shapes.checking import check_shape
from kobjctl.lint.forms import SCHEDULE
from kobjctl.lint.linter import problems
from kobjctl.lint.project.builder import project_of
from kobjctl.lint.project.files import Files
from kobjctl.lint.subject import Subject
from kobjctl.model.workflow import Workflow

WORDS = st.sampled_from(
    [
        "",
        "a",
        "/#",
        "/#steps.1.a",
        "/#steps.a.id",
        "/#fn:parseInt,steps.1.a",
        "{{steps.1.a}}",
        "{{",
        "order",
        "oder",
        "12",
        "true",
        "https://ada:secret@a.b:99999/?token=x",
        "673e81eb496bbd0347073e76",
        "relative",
        "Bearer abcdefgh",
    ]
)
KEYS = st.sampled_from(
    ["type", "value", "properties", "required", "enum", "items", "children", "id", "email", "aStr"]
)
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | WORDS, inner, max_size=3),
    max_leaves=6,
)
OBJECT = st.dictionaries(KEYS | WORDS, ANY, max_size=4)
CALLED = "673e81eb496bbd0347073e76"
NAMES = sorted({param.name for action in ACTIONS.values() for param in action.params})


@st.composite
def steps(draw):
    action = draw(st.sampled_from(sorted(ACTIONS)))
    own = [param.name for param in ACTIONS[action].params]
    params = draw(st.dictionaries(st.sampled_from([*own, *own, *NAMES]), ANY, max_size=6))
    conditions = st.fixed_dictionaries(
        {"op": st.sampled_from(["eq", "gt", "contains", "exists", "x"]), "values": st.lists(ANY)}
    )
    target = {"target": "a", "condition": draw(conditions)}
    return {"id": "a", "action": action, "params": params, "transitions": [target]}


@given(st.lists(steps(), max_size=3), OBJECT, OBJECT, OBJECT, st.dictionaries(WORDS, ANY))
def test_no_value_stops_the_rules(drawn, schema, attribute, example, properties):
    schema = schema if properties == {} else {"properties": properties, **schema}
    inputs = dict.fromkeys(properties, example)
    call = {"workflowId": CALLED, "runAt": {"value": 1}, "inputs": inputs}
    calling = {"id": "call", "action": SCHEDULE, "params": call}
    document = {
        "klasses": [{"name": "order", "metadata": {"properties": {"aTree": attribute}}}],
        "hooks": [{"name": "h", "type": "form", "example": example}],
        "workflows": [
            {
                "name": "called",
                "id": CALLED,
                "trigger": {"callable": True, "schema": schema, "transitions": [{"target": "a"}]},
                "steps": drawn,
            },
            {"name": "w", "trigger": {"hook": "h"}, "steps": [*drawn, calling]},
        ],
    }
    file = read_json(json.dumps(document), "any.json")
    if any(problem.severity == "error" for problem in check_shape(file)):
        return
    files = Files([file], [])
    project = project_of(files)._replace(hosts=frozenset({"*.example.com", "a.b:1"}))
    for part in files.parts("workflows"):
        problems(Subject(Workflow.from_document(part.body), project), file, part.path)
