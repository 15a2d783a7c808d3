"""What is around a workflow: kept beside it, and given back when it is asked for."""

import json

import pytest

from kobjctl.app.definitions import workflows
from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.store.store import Store

ID = "62980740565f5020cf3ab2dc"
BARE = {
    "name": "order",
    "description": "",
    "enabled": True,
    "rev": 7,
    "trigger": {"id": "1", "eventName": "kustomer.conversation.create", "transitions": []},
    "steps": [],
}
RESOURCE = {
    "type": "workflow",
    "id": ID,
    "attributes": BARE,
    "relationships": {"org": {"data": {"type": "org", "id": "x"}}},
    "links": {"self": f"/v1/workflows/{ID}"},
    "any": ["thing"],
}
OTHER = {"type": "workflow", "id": "0" * 24, "attributes": {**BARE, "name": "other"}}


@pytest.fixture
def load(engine, tmp_path):
    """Load a document; give what became of each object."""

    def load_one(document):
        path = tmp_path / "document.json"
        path.write_text(json.dumps(document))
        return [(change.name, change.result) for change in apply(engine.org, [path]).changes]

    return load_one


def exported(engine, *names, envelope=True):
    found = [workflows.get(engine.org.store, name) for name in names]
    return workflows.export_all(engine.org.store, found, envelope=envelope)


def test_the_id_beside_the_attributes_is_the_workflow_s(engine, load):
    load({"data": RESOURCE})

    assert ID == workflows.get(engine.org.store, "order").id
    assert {"id": ID, **BARE} == exported(engine, "order", envelope=False)


def test_loading_what_was_exported_changes_nothing(engine, load):
    load({"data": RESOURCE})

    bare, enveloped = exported(engine, "order", envelope=False), exported(engine, "order")

    assert [("order", "unchanged")] == load(bare) == load(enveloped)
    assert {"data": RESOURCE} == exported(engine, "order")


def test_a_change_of_the_envelope_alone_is_kept_and_told(engine, load):
    load({"data": RESOURCE})
    changed = {"data": {**RESOURCE, "any": "other"}}

    assert [("order", "updated")] == load(changed)
    assert changed == exported(engine, "order")
    assert 1 == workflows.get(engine.org.store, "order").rev


def test_a_bare_workflow_changes_what_is_in_the_envelope(engine, load):
    load({"data": RESOURCE})
    load({**BARE, "description": "new"})

    assert {"data": {**RESOURCE, "attributes": {**BARE, "description": "new"}}} == exported(
        engine, "order"
    )


@pytest.mark.parametrize("envelope", [True, False])
def test_a_workflow_that_was_switched_says_so(engine, load, envelope):
    load({"data": RESOURCE})
    workflows.set_enabled(engine.org, "order", enabled=False)

    given = exported(engine, "order", envelope=envelope)

    document = given["data"]["attributes"] if envelope else given
    assert document["enabled"] is False
    assert [("order", "unchanged")] == load(given)


def test_a_bare_workflow_gets_the_envelope_of_the_api(engine, load):
    load({"id": ID, **BARE})

    assert {"data": {"type": "workflow", "id": ID, "attributes": {**BARE, "rev": 1}}} == exported(
        engine, "order"
    )


def test_one_of_a_list_is_given_as_the_api_answers_about_one(engine, load):
    load({"data": [RESOURCE, OTHER], "links": {"next": None}})

    assert {"data": OTHER} == exported(engine, "other")


def test_workflows_of_one_list_are_given_in_that_list(engine, load):
    document = {"data": [RESOURCE, OTHER], "links": {"next": None}}
    load(document)

    assert document == exported(engine, "order", "other")
    assert {**document, "data": [OTHER, RESOURCE]} == exported(engine, "other", "order")


def test_workflows_of_several_files_are_given_in_a_new_list(engine, load):
    load({"data": RESOURCE, "meta": {}})
    load([OTHER])
    load({**BARE, "name": "third", "id": "1" * 24})

    third = {"type": "workflow", "id": "1" * 24, "attributes": {**BARE, "name": "third", "rev": 1}}
    assert {"data": [RESOURCE, OTHER, third]} == exported(engine, "order", "other", "third")


def test_a_list_of_bare_workflows_takes_no_envelope_away(engine, load):
    load({"data": RESOURCE})

    results = load([{"id": ID, **BARE}, {**BARE, "name": "new"}])

    assert [("order", "unchanged"), ("new", "created")] == results
    assert {"data": RESOURCE} == exported(engine, "order")


def test_the_order_of_keys_stays(engine, load):
    load({"data": RESOURCE})

    assert json.dumps({"data": RESOURCE}) == json.dumps(exported(engine, "order"))


def test_a_klass_of_the_api_is_loaded(engine, load):
    attributes = {"name": "order", "icon": "cart", "createdAt": "2016-11-12T05:07:39.754Z"}

    assert [("order", "created")] == load({"data": {"type": "klass", "attributes": attributes}})
    assert "cart" == engine.org.store.klasses.get("order").icon


def test_what_is_around_a_workflow_is_on_the_disk(tmp_path):
    file = tmp_path / "document.json"
    file.write_text(json.dumps({"data": RESOURCE}))
    engine = engine_of(open_org(tmp_path / "org.db"))
    apply(engine.org, [file])
    engine.org.store.close()

    again = Store.open(tmp_path / "org.db")
    envelope = again.workflows.envelope(ID)
    again.close()

    assert {"data": RESOURCE} == envelope.whole_of({"id": ID, **BARE})


def test_a_klass_keeps_what_nobody_here_knows(engine, load):
    metadata = {"relationships": {"a": 1}, "properties": {"aStr": {"brandNew": [1]}}, "new": 2}
    load({"klasses": [{"name": "order", "metadata": metadata, "mixins": ["editable"], "more": 3}]})
    load({"klasses": [{"name": "order", "metadata": {"newer": 4}}]})

    definition = engine.org.store.klasses.get("order").definition()

    assert (["editable"], 3) == (definition["mixins"], definition["more"])
    assert {**metadata, "newer": 4} == {
        **definition["metadata"],
        "properties": {"aStr": {"brandNew": [1]}},
    }
    assert [1] == definition["metadata"]["properties"]["aStr"]["brandNew"]
