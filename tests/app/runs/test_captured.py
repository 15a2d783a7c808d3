"""What a file means that an event brings: step 1 as it is, a record, or an event as it travels."""

import copy

import pytest

from kobjctl.app.runs.captured import read, read_inputs
from kobjctl.model.errors import UsageError

UPDATE = "kustomer.conversation.update"
RECORD = {
    "type": "conversation",
    "id": "5f00000000000000000000c1",
    "attributes": {"name": "Where is it?", "status": "done", "custom": {"landStr": "br"}},
    "relationships": {"customer": {"data": {"type": "customer", "id": "5f0d"}}, "queue": None},
    "links": {"self": "/v1/conversations/5f00000000000000000000c1"},
}
FLAT = {
    "id": "5f00000000000000000000c1",
    "name": "Where is it?",
    "status": "done",
    "custom": {"landStr": "br"},
    "customer": "5f0d",
}
CHANGES = {"attributes": {"status": {"op": "replace", "before": "open", "after": "done"}}}
TRANSACTION = {
    "id": "5f00000000000000000000aa",
    "type": "transaction",
    "attributes": {"createdAt": "2026-01-02T03:04:05.000Z", "data": {"n": 1}},
    "relationships": {"hook": {"data": {"type": "web_hook", "id": "5f0e"}}},
}
INPUTS = {"orderId": "A-1", "data": {"type": "gift"}}
CALL = "kustomer.workflow.5f00000000000000000000bb.call"


def travelling(name, data, **others):
    """Give an event as it travels."""
    return {"id": "5f0b", "name": name, "org": "5f0a", "partition": "5f0a", "data": data, **others}


EVENT = travelling(UPDATE, RECORD, changes=CHANGES, persist=False)
MESSAGE = {
    "id": "5f0f",
    "name": UPDATE,
    "partition": "5f0a",
    "body": EVENT,
    "publishedAt": "2026-01-02T03:04:05.000Z",
}
LINE = {"level": 30, "name": "event", "body": MESSAGE}


@pytest.mark.parametrize(
    ("document", "where"),
    [(EVENT, ""), (MESSAGE, ", at `body`"), (LINE, ", at `body.body`")],
    ids=["bare", "queue", "log"],
)
@pytest.mark.parametrize("name", [None, UPDATE])
def test_a_captured_event_is_taken_out_of_what_wraps_it(document, where, name):
    before = copy.deepcopy(document)

    assert (
        UPDATE,
        {**FLAT, "changes": CHANGES},
        (f'the file is a captured event of "{UPDATE}"{where}',),
    ) == read(name, document)
    assert before == document


def test_an_event_that_is_sent_as_another_is_told():
    name, _, [note] = read("kustomer.conversation.updated", LINE)

    assert "kustomer.conversation.updated" == name
    assert note.endswith('; it was sent as "kustomer.conversation.updated"')


def test_the_name_of_a_private_app_is_the_same_in_both_forms():
    said = f"kustomer.app.parcels_{'6' * 24}.moved"

    _, data, [note] = read("kustomer.app.parcels.moved", travelling(said, TRANSACTION))

    assert TRANSACTION == data
    assert "sent as" not in note


@pytest.mark.parametrize("document", [RECORD, {"data": RECORD}, {"data": RECORD, "meta": {}}])
def test_a_record_as_the_api_gives_it_is_flattened(document):
    assert (UPDATE, FLAT, ()) == read(UPDATE, document)


def test_a_record_of_a_klass_is_one_too():
    kobject = {"type": "kobject.order", "attributes": {"title": "A-1"}}

    assert {"title": "A-1"} == read("kustomer.kobject.order.create", kobject).data


def test_a_record_of_a_kind_that_is_not_known_is_one_where_an_event_brings_it():
    rated = {"type": "satisfaction", "id": "5f09", "attributes": {"rating": 5}}

    assert {"id": "5f09", "rating": 5} == read(None, travelling("kustomer.x.create", rated)).data


KEPT = {
    "a payload of a hook": TRANSACTION,
    "a payload that is itself an event": {**TRANSACTION, "attributes": {"data": EVENT}},
    "attributes alone": {"attributes": {"data": {"n": 1}}},
    "a type of nobody here": {"type": "order", "attributes": {"total": 5}},
    "a record without data": {"name": "Ada", "custom": {}},
    "a KObject whose data is a record": {"id": "5f08", "title": "A-1", "data": RECORD},
    "what a trigger made": {"name": "kustomer.app.parcels.moved", "data": TRANSACTION},
    "a name that is no event's": {"name": "Ada", "org": "Acme", "data": {"a": 1}},
    "a message": {"name": "a.b", "body": "text"},
    "what has a name and a body": {"name": "a.b", "body": {"name": "Ada", "data": {}}},
    "a wrapping without a name": {"body": EVENT},
    "nothing": {},
}


@pytest.mark.parametrize("document", KEPT.values(), ids=KEPT)
def test_step_1_is_kept_as_it_is(document):
    assert ("kustomer.app.shop.order", document, ()) == read("kustomer.app.shop.order", document)


@pytest.mark.parametrize("wrap", [lambda event: event, lambda event: {**LINE, "body": event}])
def test_a_call_that_was_captured_gives_its_inputs(wrap):
    document = wrap({"id": "5f0b", "name": CALL, "data": INPUTS, "createdAt": "2026-01-02"})

    assert (CALL, INPUTS) == read(None, document)[:2]
    assert INPUTS == read_inputs(document)


@pytest.mark.parametrize("document", [INPUTS, EVENT, {"name": CALL}, {}])
def test_any_other_object_is_the_inputs_themselves(document):
    assert document == read_inputs(document)


@pytest.mark.parametrize("document", [None, [], [INPUTS], "x", 5])
def test_what_is_no_object_is_refused(document):
    with pytest.raises(UsageError, match="the inputs of a workflow are a JSON object"):
        read_inputs(document)
    with pytest.raises(UsageError, match="an event is a JSON object"):
        read(UPDATE, document)


@pytest.mark.parametrize("document", [FLAT, RECORD, {"data": RECORD}, TRANSACTION])
def test_a_file_that_says_no_event_needs_a_name_beside_it(document):
    with pytest.raises(UsageError, match="the file doesn't say which event it is"):
        read(None, document)
