"""Every field that the platform's API documents of a record can be read and is offered.

`tests/actions/documented_fields.json` has the fields that each answer about a record has, and
those that some have; `tests/actions/test_cases.py` sees to it that the former are there.
"""

import json
from pathlib import Path

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.lint.references import paths
from kobjctl.model.workflow import Workflow

DOCUMENTED = json.loads(
    (Path(__file__).parents[1] / "actions" / "documented_fields.json").read_text("utf-8")
)
FIELDS = {kind: " ".join(names.values()).split() for kind, names in DOCUMENTED.items()}
GIVEN = {name: FIELDS.get(name.split(".")[1]) for name in ACTIONS if "org" in ACTIONS[name].output}
TOLD = {
    f"kustomer.{'kobject.order' if kind == 'kobject' else kind}.{verb}": FIELDS[kind]
    for kind in ("customer", "kobject", "company", "conversation", "message", "note")
    for verb in ("create", "update")
}


def workflow_of(event, action, references):
    """Give a workflow that reads references after an action."""
    step = {"id": "s", **({"action": action} if action else {})}
    values = [{"op": "exists", "values": [each]} for each in references]
    return {
        "name": "w",
        "trigger": {"eventName": event, "transitions": [{"target": "s"}]},
        "steps": [
            {
                **step,
                "transitions": [{"target": "e", "condition": {"op": "and", "values": values}}],
            },
            {"id": "e"},
        ],
    }


@pytest.mark.parametrize(
    ("event", "action", "fields"),
    [
        *(
            pytest.param("kustomer.customer.create", name, fields, id=name)
            for name, fields in GIVEN.items()
            if fields
        ),
        *(pytest.param(name, "", fields, id=name) for name, fields in TOLD.items()),
    ],
)
def test_a_documented_field_can_be_read_and_is_offered(judge, engine, event, action, fields):
    references = [f"/#steps.{'s' if action else '1'}.{name}" for name in fields]
    document = workflow_of(event, action, references)

    assert [] == [each.message for each in judge(json.dumps(document), "WF403")]
    offered = paths(engine.org, Workflow.from_document(document), "e")
    assert set(references) <= {each.reference for each in offered}


def test_the_fields_of_every_kind_of_record_are_documented_but_those_of_tags():
    assert {"tag"} == {name.split(".")[1] for name, fields in GIVEN.items() if not fields}
