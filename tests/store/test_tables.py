"""What is written to a table of the org is read from it again, and what may be there once is."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.javascript.numbers import canonical
from kobjctl.model.app import App, AppPart, Setting
from kobjctl.model.customer import RECENT_ITEMS, Customer
from kobjctl.model.envelope import Envelope, Frame
from kobjctl.model.errors import ConflictError
from kobjctl.model.event import Event
from kobjctl.model.hook import Hook
from kobjctl.model.klass import Attribute, Klass
from kobjctl.model.kobject import KObject
from kobjctl.model.run import END_STATUSES, NO_CONDITIONS, OPEN_STATUSES, Run, StepLog
from kobjctl.model.values import MISSING
from kobjctl.model.workflow import Workflow
from kobjctl.store.opening import MEMORY
from kobjctl.store.pruning import LogPruner
from kobjctl.store.runs import OpenRun, RunFilter
from kobjctl.store.store import Store
from kobjctl.store.text import decode, encode

ANY_TEXT = "naïve 🛒 \x00 \u2028 '; DROP TABLE customers; --"
FULL = {
    "null": None,
    "true": True,
    "number": 10.25,
    "large": 2**70,
    "text": ANY_TEXT,
    "empty": ["", [], {}],
    "nested": {"a": [{"b": {"c": None}}]},
}


def prune(store, keep=None, before=""):
    """Delete all runs that can go; give how many."""
    pruning = LogPruner(store.connection, keep, before)
    return sum(pruning.delete(numbers) for numbers in pruning.pieces())


def object_id(number):
    return f"{number:024x}"


def at(minute):
    """Give a time; minutes order it."""
    return f"2026-01-02T12:{minute:02}:00.000Z"


# The JSON columns.

scalars = (
    st.none()
    | st.booleans()
    | st.integers().map(canonical)
    | st.floats(allow_nan=False, allow_infinity=False).map(canonical)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(json_values)
def test_any_json_is_read_as_it_was_written(value):
    with sqlite3.connect(MEMORY) as connection:
        (stored,) = connection.execute("SELECT ?", (encode(value),)).fetchone()
    connection.close()

    assert value == decode(stored)


def test_json_is_kept_without_spaces_and_escapes():
    assert '{"é":[1,"🛒",null]}' == encode({"é": [1, "🛒", None]})


# Customers.


def customer(number=1, **others):
    facts = {
        "id": object_id(number),
        "given": {},
        "created_at": at(1),
        "updated_at": at(2),
        "modified_at": at(3),
        "last_activity_at": at(4),
    }
    return Customer(**{**facts, **others})


def identified(kind, value):
    key = {"emails": "email", "phones": "phone", "externalIds": "externalId"}[kind]
    return {kind: [{key: value}]}


IDENTITIES = [("emails", "a@b"), ("phones", "+15550100"), ("externalIds", "7")]


@pytest.mark.parametrize(
    "written",
    [
        customer(),
        customer(given=FULL, company="acme", rev=7, last_customer_activity_at=at(5)),
        customer(given={"emails": [{"email": "a@b", "type": "home", "verified": False}]}),
    ],
)
def test_a_customer_is_read_as_it_was_written(store, written):
    store.customers.add(written)

    assert written == store.customers.get(written.id)
    assert [written] == store.customers.all(10)
    assert store.customers.exists(written.id)


def test_a_customer_that_is_not_there_is_none(store):
    assert store.customers.get(object_id(1)) is None
    assert store.customers.find("emails", "a@b") is None
    assert not store.customers.exists(object_id(1))
    assert [] == store.customers.all(10)


@pytest.mark.parametrize(("kind", "value"), IDENTITIES)
def test_a_customer_is_found_by_what_identifies_it_and_by_its_kind(store, kind, value):
    written = customer(given=identified(kind, value))
    store.customers.add(written)

    assert written == store.customers.find(kind, value)
    for other in {"emails", "phones", "externalIds"} - {kind}:
        assert store.customers.find(other, value) is None


def test_each_of_many_identities_finds_its_customer(store):
    emails = [f"{number}@b" for number in range(10)]
    written = customer(given={"emails": [{"email": email} for email in emails]})
    store.customers.add(written)

    assert [written] * 10 == [store.customers.find("emails", email) for email in emails]
    assert emails == sorted(store.customers.identity_values())


@pytest.mark.parametrize(("kind", "value"), IDENTITIES)
def test_what_identifies_one_customer_is_refused_to_another(store, kind, value):
    store.customers.add(customer(1, given=identified(kind, value)))

    with pytest.raises(ConflictError) as raised, store.transaction():
        store.customers.add(customer(2, given=identified(kind, value)))

    key = {"emails": "email", "phones": "phone", "externalIds": "externalId"}[kind]
    assert f'duplicate detected: another customer has the {key} "{value}"' == raised.value.message
    assert kind == raised.value.parameter
    assert [object_id(1)] == [each.id for each in store.customers.all(10)]


def test_what_several_customers_share_is_refused_to_none(store):
    shared = {"sharedEmails": [{"email": "a@b"}], "sharedPhones": [{"phone": "+15550100"}]}

    store.customers.add(customer(1, given=shared))
    store.customers.add(customer(2, given=shared))

    assert 2 == len(store.customers.all(10))


def test_a_changed_customer_replaces_the_old_one(store):
    store.customers.add(customer(given=identified("emails", "old@b")))
    changed = customer(
        given={**FULL, **identified("emails", "new@b")},
        company="acme",
        rev=2,
        updated_at=at(12),
        modified_at=at(13),
        last_activity_at=at(14),
    )

    store.customers.replace(changed)

    assert changed == store.customers.get(changed.id) == store.customers.find("emails", "new@b")
    assert store.customers.find("emails", "old@b") is None


def test_a_changed_customer_keeps_what_it_had_and_may_take_what_became_free(store):
    store.customers.add(customer(1, given=identified("emails", "a@b")))
    store.customers.replace(customer(1, given=identified("emails", "a@b"), rev=2))
    store.customers.replace(customer(1, rev=3))
    store.customers.add(customer(2, given=identified("emails", "a@b")))

    assert object_id(2) == store.customers.find("emails", "a@b").id


def test_a_change_that_takes_what_another_customer_has_is_refused(store):
    store.customers.add(customer(1, given=identified("emails", "a@b")))
    store.customers.add(customer(2, given=identified("emails", "c@d")))

    with pytest.raises(ConflictError), store.transaction():
        store.customers.replace(customer(2, given=identified("emails", "a@b")))

    assert object_id(1) == store.customers.find("emails", "a@b").id
    assert object_id(2) == store.customers.find("emails", "c@d").id


def test_a_touched_customer_was_active_then_and_was_not_modified(store):
    store.customers.add(customer(rev=3))

    store.customers.touch(object_id(1), at(30))

    assert customer(
        rev=4, updated_at=at(30), last_activity_at=at(30), last_customer_activity_at=at(30)
    ) == store.customers.get(object_id(1))


def test_the_newest_customers_come_first(store):
    for number in (3, 1, 2):
        store.customers.add(customer(number))

    assert [object_id(2), object_id(1)] == [each.id for each in store.customers.all(2)]
    assert 3 == len(store.customers.all(-1))


# KObjects.


def kobject(number=1, **others):
    facts = {
        "id": object_id(number),
        "klass": "order",
        "given": {"title": f"Order {number}"},
        "created_at": at(1),
        "updated_at": at(2),
    }
    return KObject(**{**facts, **others})


@pytest.fixture
def shop(store):
    """An org with the Klasses `order` and `return`, and the customers 1 and 2."""
    for number, name in enumerate(("order", "return")):
        store.klasses.add(klass(number, name=name))
    for number in (1, 2):
        store.customers.add(customer(number))
    return store


@pytest.mark.parametrize(
    "written",
    [
        kobject(),
        kobject(given=FULL, rev=7, customer=object_id(1), company="acme"),
        kobject(given={"title": "Order", "externalId": "7"}),
    ],
)
def test_a_kobject_is_read_as_it_was_written(shop, written):
    shop.kobjects.add(written)

    assert written == shop.kobjects.get(written.id)
    assert [written] == shop.kobjects.all(10) == shop.kobjects.of_klass("order", 10)


def test_a_kobject_that_is_not_there_is_none(shop):
    assert shop.kobjects.get(object_id(1)) is None
    assert shop.kobjects.find("order", "7") is None
    assert [] == shop.kobjects.of_customer(object_id(1), 10)


def test_an_external_id_is_unique_within_its_klass(shop):
    given = {"title": "Order", "externalId": "7"}
    of_order, of_return = kobject(1, given=given), kobject(2, given=given, klass="return")
    shop.kobjects.add(of_order)
    shop.kobjects.add(of_return)

    with pytest.raises(ConflictError) as raised:
        shop.kobjects.add(kobject(3, given=given))

    assert 'another order has the externalId "7"' == raised.value.message
    assert "externalId" == raised.value.parameter
    assert [of_order, of_return] == [
        shop.kobjects.find("order", "7"),
        shop.kobjects.find("return", "7"),
    ]
    assert shop.kobjects.get(object_id(3)) is None


@pytest.mark.parametrize("given", [{}, {"externalId": None}])
def test_any_number_of_kobjects_have_no_external_id(shop, given):
    for number in (1, 2, 3):
        shop.kobjects.add(kobject(number, given=given))

    assert 3 == shop.kobjects.count("order")


def test_a_changed_kobject_replaces_the_old_one(shop):
    shop.kobjects.add(kobject(given={"externalId": "old"}))
    changed = kobject(
        given={"externalId": "new", **FULL},
        rev=2,
        updated_at=at(9),
        customer=object_id(2),
        company="acme",
    )

    shop.kobjects.replace(changed)

    assert changed == shop.kobjects.get(changed.id) == shop.kobjects.find("order", "new")
    assert shop.kobjects.find("order", "old") is None


def test_a_change_to_an_external_id_that_is_taken_is_refused(shop):
    for number in (1, 2):
        shop.kobjects.add(kobject(number, given={"externalId": str(number)}))

    with pytest.raises(ConflictError):
        shop.kobjects.replace(kobject(2, given={"externalId": "1"}))

    assert object_id(2) == shop.kobjects.find("order", "2").id


def test_a_deleted_kobject_is_gone_and_its_external_id_free(shop):
    shop.kobjects.add(kobject(1, given={"externalId": "7"}))

    shop.kobjects.remove(object_id(1))
    shop.kobjects.add(kobject(2, given={"externalId": "7"}))

    assert shop.kobjects.get(object_id(1)) is None
    assert object_id(2) == shop.kobjects.find("order", "7").id


def test_a_timeline_has_the_last_changed_first_and_of_equals_the_newest(shop):
    for number, minute in ((1, 5), (2, 9), (3, 5), (4, 1)):
        shop.kobjects.add(kobject(number, customer=object_id(1), updated_at=at(minute)))
    shop.kobjects.add(kobject(5, customer=object_id(2)))

    assert [2, 3, 1] == [int(each.id, 16) for each in shop.kobjects.of_customer(object_id(1), 3)]


def test_the_recent_items_of_a_customer_are_its_timeline_up_to_their_number(shop):
    for number in range(1, RECENT_ITEMS + 3):
        shop.kobjects.add(kobject(number, customer=object_id(1), updated_at=at(number)))

    recent = shop.customers.get(object_id(1)).recent

    assert {
        "meta": {"klassName": "order"},
        "updatedAt": at(RECENT_ITEMS + 2),
        "type": "kobject",
        "id": object_id(RECENT_ITEMS + 2),
    } == recent[0]
    assert [object_id(number) for number in range(RECENT_ITEMS + 2, 2, -1)] == [
        item["id"] for item in recent
    ]
    assert () == shop.customers.get(object_id(2)).recent


def test_a_customer_has_each_klass_of_its_kobjects_once(shop):
    for number, name in enumerate(("return", "order", "order")):
        shop.kobjects.add(kobject(number, klass=name, customer=object_id(1)))

    assert ["order", "return"] == shop.kobjects.klasses_of(object_id(1))
    assert [] == shop.kobjects.klasses_of(object_id(2))
    assert (2, 1, 0) == tuple(map(shop.kobjects.count, ("order", "return", "Order")))


def test_the_newest_kobjects_come_first(shop):
    for number, name in ((3, "order"), (1, "return"), (2, "order")):
        shop.kobjects.add(kobject(number, klass=name))

    assert [2, 1] == [int(each.id, 16) for each in shop.kobjects.all(2)]
    assert [2, 3] == [int(each.id, 16) for each in shop.kobjects.of_klass("order", 9)]


# Klasses.


def klass(number=1, **others):
    facts = {
        "id": object_id(number),
        "name": "order",
        "display_name": "Order",
        "attributes": {},
        "created_at": at(1),
        "updated_at": at(2),
    }
    return Klass(**{**facts, **others})


ATTRIBUTES = {
    "orderIDStr": Attribute("orderIDStr", "Order ID", options=("a", "b")),
    "ordersId": Attribute("ordersId", "Orders", target="kobject.order", multi=True),
    "whereTree": Attribute("whereTree", "Where", tree={"children": []}, extra={"array": True}),
}


@pytest.mark.parametrize(
    "written",
    [
        klass(),
        klass(attributes=ATTRIBUTES, icon="cart", color="#64943E", extra={"klassSchema": "task"}),
        klass(name="customer", standard=True, status="disabled", display_name=ANY_TEXT),
    ],
)
def test_a_klass_is_read_as_it_was_written(store, written):
    store.klasses.add(written)

    assert written == store.klasses.get(written.name)
    assert [written] == store.klasses.all()
    assert [written.name] == store.klasses.names()


def test_the_case_of_a_klass_name_counts(store):
    store.klasses.add(klass(1, name="order"))
    store.klasses.add(klass(2, name="Order"))

    assert object_id(2) == store.klasses.get("Order").id
    assert store.klasses.get("ORDER") is None


def test_a_changed_klass_replaces_the_old_one_and_a_deleted_one_is_gone(store):
    changed = klass(attributes=ATTRIBUTES, icon="cart", updated_at=at(9))
    store.klasses.add(klass())

    store.klasses.replace(changed)
    after_the_change = store.klasses.get("order")
    store.klasses.remove(changed)

    assert changed == after_the_change
    assert [] == store.klasses.all() == store.klasses.names()


def test_a_klass_that_has_kobjects_can_not_be_deleted(shop):
    shop.kobjects.add(kobject())

    with pytest.raises(sqlite3.IntegrityError):
        shop.klasses.remove(shop.klasses.get("order"))


def test_klasses_stand_in_the_order_of_their_names(store):
    for number, name in enumerate(("b", "a", "B")):
        store.klasses.add(klass(number, name=name))

    assert ["B", "a", "b"] == [each.name for each in store.klasses.all()]


# Hooks.


def hook(number=1, **others):
    facts = {
        "id": object_id(number),
        "name": f"hook{number}",
        "type": "form",
        "event_name": f"event.{number}",
        "hash": f"{number:064x}",
        "created_at": at(1),
        "updated_at": at(2),
    }
    return Hook(**{**facts, **others})


@pytest.mark.parametrize(
    "written",
    [
        hook(),
        hook(type="email", key="order", description=ANY_TEXT, example=FULL),
        hook(example=None),
        hook(example=""),
        hook(example=[]),
    ],
)
def test_a_hook_is_read_as_it_was_written(store, written):
    store.hooks.add(written)

    assert written == store.hooks.get(written.name)
    assert [written] == store.hooks.all()


@pytest.mark.parametrize("name", ["hook1", object_id(1), "event.1"])
def test_a_hook_is_found_by_name_id_and_event(store, name):
    for number in (2, 1, 3):
        store.hooks.add(hook(number))

    assert hook(1) == store.hooks.get(name)
    assert store.hooks.get("hook4") is None
    assert ["hook1", "hook2", "hook3"] == store.hooks.names()


def test_the_first_example_of_a_hook_stays_until_another_is_set(store):
    store.hooks.add(hook())
    seen = []

    for keep, example in (
        (store.hooks.set_first_example, None),
        (store.hooks.set_first_example, {"a": 1}),
        (store.hooks.set_example, {"b": 2}),
    ):
        keep(object_id(1), example)
        seen.append(store.hooks.get("hook1").example)

    assert [None, None, {"b": 2}] == seen
    assert MISSING is hook().example


def test_an_example_that_was_undone_is_no_example(store):
    store.hooks.add(hook())
    store.begin()
    store.hooks.set_first_example(object_id(1), {"lost": 1})
    store.rollback()

    store.hooks.set_first_example(object_id(1), {"kept": 1})

    assert {"kept": 1} == store.hooks.get("hook1").example


def test_a_hook_can_be_described_anew(store):
    store.hooks.add(hook())

    store.hooks.describe(hook(), ANY_TEXT, at(9))

    assert hook(description=ANY_TEXT, updated_at=at(9)) == store.hooks.get("hook1")


# Workflows.


def workflow(number=1, event="event.1", **others):
    document = {"name": f"w{number}", "trigger": {"eventName": event}, "description": ANY_TEXT}
    facts = {"workflow_id": object_id(number)}
    return Workflow.from_document(document, **{**facts, **others})


@pytest.mark.parametrize("written", [workflow(), workflow(enabled=False, rev=7)])
def test_a_workflow_is_read_as_it_was_written(store, written):
    store.workflows.add(written, at(1))

    assert written == store.workflows.get(written.name) == store.workflows.get(written.id)
    assert [written] == store.workflows.all()
    assert store.workflows.get("W1") is None


def test_a_changed_workflow_replaces_the_old_one(store):
    changed = workflow(event="event.2", enabled=False, rev=2)
    store.workflows.add(workflow(), at(1))

    store.workflows.replace(changed, at(2))

    assert changed == store.workflows.get("w1")
    assert [(at(1), at(2))] == (
        store.connection.execute("SELECT created_at, updated_at FROM workflows").fetchall()
    )


def test_an_event_starts_the_enabled_workflows_in_the_order_of_their_names(store):
    store.workflows.add(workflow(3, rev=5), at(1))
    store.workflows.add(workflow(1), at(1))
    store.workflows.add(workflow(2, enabled=False), at(1))
    store.workflows.add(workflow(4, event="event.2"), at(1))

    assert [(object_id(1), 1), (object_id(3), 5)] == store.workflows.listening("event.1")
    assert [] == store.workflows.listening("event.3")
    assert ["w1", "w2", "w3", "w4"] == store.workflows.names()


def test_who_listens_is_asked_once_in_a_transaction_and_anew_when_it_changes(store):
    store.workflows.add(workflow(), at(1))
    asked = []
    store.connection.set_trace_callback(
        lambda statement: asked.append(statement) if "event_name =" in statement else None
    )
    heard = []
    for _ in range(2):
        with store.transaction():
            heard += [store.workflows.listening("event.1") for _ in range(3)]
    with store.transaction():
        store.workflows.listening("event.1")
        store.workflows.replace(workflow(enabled=False), at(2))
        heard.append(store.workflows.listening("event.1"))
    heard.append(store.workflows.listening("event.1"))

    assert [[(object_id(1), 1)]] * 6 + [[], []] == heard
    assert 5 == len([each for each in asked if each.startswith("SELECT")])


# Payloads.


@pytest.fixture
def log(store):
    """An org with the hook and the workflows 1 and 2, to which payloads can come."""
    store.hooks.add(hook())
    store.workflows.add(workflow(1), at(1))
    store.workflows.add(workflow(2), at(1))
    return store


@pytest.mark.parametrize("data", [FULL, None, [], "", 0])
def test_a_payload_is_read_as_it_came_in(log, data):
    number = log.events.add(object_id(9), "a.b", encode(data), at(5), hook_id=object_id(1))

    assert log.events.get(number) == Event(
        id=object_id(9),
        number=number,
        name="a.b",
        data=data,
        created_at=at(5),
        org_id=log.org_id,
        hook_id=object_id(1),
        hook_type="form",
        hook_name=hook().name,
        text=encode(data),
    )


def test_an_event_without_a_hook_has_its_cause_and_its_place_in_the_chain(log):
    cause = accept(log, 5)
    number = log.events.add(object_id(9), "a.b", "{}", at(5), cause=cause, depth=2)

    assert log.events.get(number) == Event(
        object_id(9), number, "a.b", {}, at(5), log.org_id, cause=cause, depth=2, text="{}"
    )
    assert number == log.events.newest()


def test_payloads_are_numbered_as_they_come_in(log):
    numbers = [
        log.events.add(object_id(number), "a.b", "{}", at(1), hook_id=object_id(1))
        for number in (7, 5, 9)
    ]

    assert [1, 2, 3] == numbers


def test_a_payload_for_a_hook_that_is_not_there_is_refused(log):
    with pytest.raises(sqlite3.IntegrityError):
        log.events.add(object_id(9), "a.b", "{}", at(1), hook_id=object_id(2))


# Runs.


def accept(log, number, *, of=1, minute=1, payload=None):
    """Accept the run `number` of a workflow, with a payload of its own unless one is given."""
    payload = payload or log.events.add(
        object_id(100 + number), "a.b", "{}", at(1), hook_id=object_id(1)
    )
    return log.runs.accept(object_id(number), payload, (object_id(of), 3), "host:7", at(minute))


def finish(log, number, status="completed"):
    log.runs.finish(number, status, 1.5, "")


def numbers(log, limit=-1, **wanted):
    return [run.number for run in log.runs.list(RunFilter(**wanted), limit)]


def test_an_accepted_run_waits_and_is_open(log):
    number = accept(log, 5, of=2)

    assert 1 == number
    assert OpenRun(
        1, 1, object_id(2), 1, "waiting", "host:7", at(1), 0, object_id(5), NO_CONDITIONS
    ) == log.runs.open(1)
    assert [log.runs.open(1)] == log.runs.all_unfinished()
    assert log.runs.any_unfinished()
    assert (
        Run(
            id=object_id(5),
            number=1,
            event_id=object_id(105),
            event_name="a.b",
            hook_name="hook1",
            cause=None,
            workflow_id=object_id(2),
            workflow_name="w2",
            workflow_rev=3,
            status="waiting",
            started_at=at(1),
        )
        == log.runs.get("1")
        == log.runs.newest()
    )


def test_a_run_at_a_checkpoint_is_open_and_has_a_new_owner(log):
    accept(log, 5)

    log.runs.checkpoint(1, "host:8")

    assert ("running", "host:8") == (log.runs.open(1).status, log.runs.open(1).owner)
    assert log.runs.any_unfinished()


@pytest.mark.parametrize("status", END_STATUSES)
def test_a_run_that_is_over_is_not_open(log, status):
    accept(log, 5)

    log.runs.finish(1, status, 12.25, ANY_TEXT)

    assert log.runs.open(1) is None
    assert [] == log.runs.all_unfinished()
    assert not log.runs.any_unfinished()
    run = log.runs.get("1")
    assert (status, 12.25, ANY_TEXT) == (run.status, run.duration, run.error)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("1", True),
        ("01", True),
        (object_id(5), True),
        ("2", False),
        ("0" * 24, False),
        ("9" * 18, False),
        ("9" * 19, False),
        ("9" * 30, False),
        ("²", False),
        ("-1", False),
        ("", False),
        (ANY_TEXT, False),
    ],
)
def test_a_run_is_found_by_its_number_and_by_its_id(log, name, found):
    accept(log, 5)

    assert found == (log.runs.get(name) is not None)


def test_no_run_is_the_newest_of_none(log):
    assert log.runs.newest() is None
    assert [] == log.runs.list(RunFilter(), 10)
    assert log.runs.open(1) is None


def test_open_runs_are_given_the_oldest_first(log):
    for number in range(1, 6):
        accept(log, number)
    finish(log, 2)
    log.runs.checkpoint(1, "host:8")

    assert [1, 3, 4, 5] == [run.number for run in log.runs.all_unfinished()]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"limit": 2}, [6, 5]),
        ({"limit": 0}, []),
        ({"status": "failed"}, [5, 2]),
        ({"status": "waiting"}, [6]),
        ({"workflow_id": object_id(2)}, [6, 4, 2]),
        ({"since": at(3)}, [6, 5, 4, 3]),
        ({"after": 4}, [6, 5]),
        ({"event_id": object_id(101)}, [2, 1]),
        ({"event_id": object_id(1)}, []),
        ({"status": "failed", "workflow_id": object_id(2)}, [2]),
        ({"status": "failed", "since": at(3), "after": 1}, [5]),
    ],
)
def test_the_runs_that_fit_are_listed_the_newest_first(log, wanted, expected):
    for number in range(1, 7):
        payload = 1 if number == 2 else None
        accept(log, number, of=2 - number % 2, minute=number, payload=payload)
    for number, status in enumerate(("completed", "failed", "stopped", "timed out", "failed"), 1):
        finish(log, number, status)

    assert expected == numbers(log, **wanted)


def test_the_newest_run_is_listed_first(log):
    for number in (1, 2):
        accept(log, number)

    assert [log.runs.get("2"), log.runs.get("1")] == log.runs.list(RunFilter(), 10)


def test_a_run_of_nothing_is_refused(log):
    with pytest.raises(sqlite3.IntegrityError):
        accept(log, 1, of=9)
    with pytest.raises(sqlite3.IntegrityError):
        accept(log, 1, payload=9)


# Old runs go.

STEPS = [StepLog(n, "s", "", None, "completed", None, {}, None, at(1), 0.0) for n in (1, 2)]


def counts(log):
    """Give how many runs, steps and payloads there are."""
    return tuple(
        log.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        for table in ("runs", "step_log", "events")
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"keep": 0}, [1, 2, 3, 4]),
        ({"keep": 1}, [1, 2, 3, 4]),
        ({"keep": 3}, [1, 2]),
        ({"keep": 5}, []),
        ({"keep": 99}, []),
        ({"before": at(3)}, [1, 2]),
        ({"before": at(99)}, [1, 2, 3, 4]),
        ({"keep": 4, "before": at(3)}, [1, 2]),
        ({"keep": 2, "before": at(2)}, [1, 2, 3]),
    ],
)
def test_old_runs_go_with_their_logs_and_payloads(log, options, expected):
    for number in range(1, 6):
        accept(log, number, minute=number)
        log.step_log.add(number, STEPS)
    for number in range(1, 5):
        finish(log, number)

    gone = prune(log, **options)

    left = 5 - len(expected)
    assert len(expected) == gone
    assert [number for number in range(5, 0, -1) if number not in expected] == numbers(log)
    assert (left, 2 * left, left) == counts(log)


@pytest.mark.parametrize("status", OPEN_STATUSES)
def test_a_run_that_is_not_over_stays_with_its_payload(log, status):
    accept(log, 1)
    accept(log, 2)
    finish(log, 2)
    if status == "running":
        log.runs.checkpoint(1, "host:7")

    assert 1 == prune(log, keep=0)
    assert [1] == numbers(log)
    assert (1, 0, 1) == counts(log)


def test_a_payload_stays_as_long_as_a_run_is_left_of_it(log):
    accept(log, 1, of=1)
    accept(log, 2, of=2, payload=1)
    finish(log, 1)
    finish(log, 2)

    gone_first, after_first = prune(log, keep=1), counts(log)
    gone_then, after_all = prune(log, keep=0), counts(log)

    assert (1, (1, 0, 1)) == (gone_first, after_first)
    assert (1, (0, 0, 0)) == (gone_then, after_all)


def test_a_payload_that_started_nothing_stays(log):
    log.events.add(object_id(9), "a.b", "{}", at(1))

    assert 0 == prune(log, keep=0, before=at(99))
    assert (0, 0, 1) == counts(log)


def test_the_number_of_a_run_is_never_given_again(log):
    accept(log, 1)
    accept(log, 2)
    for number in (1, 2):
        finish(log, number)
    prune(log, keep=0)

    assert 3 == accept(log, 3)


def test_each_org_in_memory_is_one_of_its_own():
    first, second = (Store.open(MEMORY, org_id=object_id(number)) for number in (1, 2))
    first.klasses.add(klass())

    assert [] == second.klasses.all()
    first.close()
    second.close()


# Apps.


def test_an_app_is_found_by_either_form_of_its_name(store):
    store.apps.put(App(f"parcels_{'6' * 24}", {"app": ANY_TEXT}, {"klasses": {"a": "b"}}), at(1))
    store.apps.put(App("parcels", FULL, {}), at(2))

    assert [App("parcels", FULL, {})] == store.apps.all()
    assert store.apps.get("parcels") == store.apps.get(f"parcels_{'7' * 24}")
    assert store.apps.get("parcel") is None
    assert ["parcels"] == store.apps.names()


@pytest.mark.parametrize("table", ["app_actions", "app_triggers"])
def test_the_parts_of_apps_are_found_by_either_form_of_their_names(store, table):
    parts = getattr(store, table)
    with_id = AppPart(f"kustomer.app.a_{'6' * 24}.b", f"a_{'6' * 24}", FULL)
    other = AppPart("kustomer.app.a.c", "", {"name": ANY_TEXT})
    parts.put(with_id, at(1))
    parts.put(other, at(1))

    assert [other, with_id] == parts.all()
    assert with_id == parts.get("kustomer.app.a.b") == parts.get(with_id.name)
    parts.put(AppPart("kustomer.app.a.b", "a", {}), at(2))
    parts.remove("kustomer.app.a.c")
    assert ["kustomer.app.a.b"] == parts.names()


def test_settings_are_read_as_they_were_written(store):
    written = [
        Setting("a.b.c", FULL, secret=False, app="a"),
        Setting(f"a_{'6' * 24}.b.d", None, secret=False, app="a", default=ANY_TEXT),
        Setting("e", MISSING, secret=True, default="deflt"),
        Setting("f", "s3cret", secret=True, default="deflt"),
        Setting("g", 5, secret=True),
    ]
    for setting in written:
        store.settings.put(setting, at(1))

    assert written == store.settings.all()
    assert written[1] == store.settings.get("a.b.d")
    assert ["deflt", "s3cret", "5"] == store.settings.secrets()
    store.settings.remove("a.b.d")
    assert ["a.b.c", "e", "f", "g"] == store.settings.keys()


def test_what_is_around_a_workflow_is_read_as_it_was_written(store):
    workflow = Workflow.from_document(
        {"name": "a", "trigger": {"eventName": "a.b.c"}}, workflow_id="w"
    )
    store.workflows.add(workflow, at(1))
    envelope = Envelope(Frame({"data": FULL}, ("data", "nested")), Frame(None, ()), 2, adds_id=True)

    before = store.workflows.envelope("w")
    store.workflows.set_envelope("w", envelope)

    assert before is None
    assert envelope == store.workflows.envelope("w")
    assert workflow == store.workflows.get("a")
