"""What is written to the tables of the other records is read from them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.javascript.numbers import canonical
from kobjctl.model.customer import Customer
from kobjctl.model.errors import ConflictError
from kobjctl.model.kinds import CORE_KINDS as KINDS
from kobjctl.model.kinds.core_record import CoreRecord
from kobjctl.model.kinds.kind import RecordField, RecordKind
from kobjctl.store.opening import MEMORY
from kobjctl.store.records import Records
from kobjctl.store.store import Store
from kobjctl.store.written import WriteWatch

ANY_TEXT = "naïve 🛒 \x00 \u2028 '; DROP TABLE companies; --"
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers().map(canonical)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
# What a table can't do without.
NEEDED = {"company": "name", "user": "email", "tag": "name"}


def object_id(number):
    return f"{number:024x}"


def at(minute):
    """Give a time; minutes order it."""
    return f"2026-01-02T12:{minute:02}:00.000Z"


CUSTOMER = object_id(1)
TALK = object_id(2)


def record(kind, number=9, minute=1, **others):
    facts = {"given": {NEEDED[kind]: f"name {number}"} if kind in NEEDED else {}, "relations": {}}
    if "customer" in KINDS[kind].relations:
        facts["relations"] = {"customer": CUSTOMER}
    if kind == "message":
        facts["relations"] = {"customer": CUSTOMER, "conversation": TALK}
    facts |= {"created_at": at(minute), "updated_at": at(minute), "modified_at": at(minute)}
    return CoreRecord(kind, object_id(number), **{**facts, **others})


@pytest.fixture
def people(store):
    """The store with a customer who has a conversation."""
    store.customers.add(Customer(CUSTOMER, {}, at(0), at(0), at(0), at(0)))
    store.records("conversation").add(record("conversation", 2, minute=0))
    return store


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_read_as_it_was_written(kind, people):
    bare = record(kind)
    full = record(
        kind,
        10,
        given={
            **dict.fromkeys(KINDS[kind].found_by, ANY_TEXT),
            "custom": {"aStr": ANY_TEXT, "aNum": 2**70, "aTree": None},
            "list": [[], {}, ""],
        },
        rev=7,
        updated_at=at(2),
        modified_at=at(3),
    )
    table = people.records(kind)
    for written in (bare, full):
        table.add(written)

        assert written == table.get(written.id)
        assert table.exists(written.id)
    assert [full, bare] == table.all(2)
    assert all(full == table.find(name, ANY_TEXT) for name in KINDS[kind].found_by)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_is_not_there_is_none(kind, store):
    table = store.records(kind)

    assert table.get(object_id(9)) is None
    assert not table.exists(object_id(9))
    assert [None] * len(KINDS[kind].found_by) == [
        table.find(name, "x") for name in KINDS[kind].found_by
    ]
    assert [] == table.all(9) == table.names()


@pytest.mark.parametrize("kind", KINDS)
def test_what_finds_one_record_is_refused_to_another(kind, people):
    unique = KINDS[kind].found_by[0]
    given = {"name": "x", "email": "x", unique: "taken"}
    table = people.records(kind)
    table.add(record(kind, given=given))
    table.add(record(kind, 10, given={**given, unique: "free"}))

    for write, number in ((table.add, 11), (table.replace, 10)):
        with pytest.raises(ConflictError) as raised:
            write(record(kind, number, given=given))

        assert f'another {kind} has the {unique} "taken"' == raised.value.message
        assert unique == raised.value.parameter


def test_several_companies_may_have_one_name(store):
    table = store.records("company")
    for number in (1, 2, 3):
        table.add(record("company", number, given={"name": "Acme"}))

    assert object_id(3) == table.find("name", "Acme").id
    assert [object_id(3), object_id(2)] == [each.id for each in table.named("name", "Acme", 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_record_replaces_the_old_one(kind, people):
    table = people.records(kind)
    old = record(kind)
    table.add(old)
    found = {name: f"new {name}" for name in KINDS[kind].found_by}
    changed = old._replace(given={**old.given, **found}, rev=2, updated_at=at(5), modified_at=at(6))

    table.replace(changed)

    assert changed == table.get(old.id)
    assert [changed] * len(found) == [table.find(name, value) for name, value in found.items()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_deleted_record_is_gone_and_frees_its_names(kind, people):
    table = people.records(kind)
    written = record(kind, given=dict.fromkeys(("name", "email", "externalId"), "x"))
    table.add(written)

    table.remove(written.id)

    assert not table.exists(written.id)
    table.add(written._replace(id=object_id(10)))


@pytest.mark.parametrize(("kind", "relation"), [("message", "conversation"), ("note", "customer")])
def test_the_newest_of_a_conversation_or_customer_stand_first(kind, relation, people):
    table = people.records(kind)
    for number, minute in ((11, 3), (12, 5), (13, 5), (14, 1)):
        table.add(record(kind, number, minute))
    of = {"conversation": TALK, "customer": CUSTOMER}[relation]

    ids = [each.id for each in table.last_created(relation, of, 3)]

    assert [object_id(number) for number in (13, 12, 11)] == ids
    assert 4 == len(table.last_created(relation, of, -1))
    assert [] == table.last_created(relation, object_id(99), 3)


def test_a_timeline_has_the_notes_that_are_in_no_conversation(people):
    notes = people.records("note")
    notes.add(record("note", 11, 1))
    notes.add(record("note", 12, 2, relations={"customer": CUSTOMER, "conversation": TALK}))
    notes.add(record("note", 13, 3))

    assert [object_id(13), object_id(11)] == [each.id for each in notes.last_changed(CUSTOMER, 9)]
    assert [TALK] == [each.id for each in people.records("conversation").last_changed(CUSTOMER, 9)]


def test_what_is_of_one_customer_is_deleted_together(people):
    for number in (11, 12):
        people.records("message").add(record("message", number))
    people.customers.add(Customer(object_id(3), {}, at(0), at(0), at(0), at(0)))
    other = {"customer": object_id(3), "conversation": TALK}
    people.records("message").add(record("message", 13, relations=other))

    people.records("message").remove_of("customer", CUSTOMER)

    assert [object_id(13)] == [each.id for each in people.records("message").all(9)]


def test_the_names_of_a_kind_are_what_finds_its_records(people):
    people.records("company").add(record("company", given={"name": "Acme", "externalId": "acme-1"}))
    people.records("company").add(record("company", 10, given={"name": "Zeta"}))

    assert ["acme-1", "Acme", "Zeta"] == people.records("company").names()


@given(JSON)
def test_any_custom_value_is_kept(value):
    store = Store.open(MEMORY, org_id=object_id(1))
    written = record("company", given={"name": "Acme", "custom": {"a": value}})

    store.records("company").add(written)

    assert written == store.records("company").get(written.id)
    store.close()


def test_customers_and_kobjects_leave_a_company(people):
    company = object_id(7)
    people.customers.add(Customer(object_id(4), {}, at(0), at(0), at(0), at(0), company=company))
    people.customers.add(Customer(object_id(5), {}, at(0), at(9), at(0), at(0), company=company))

    before = [each.id for each in people.customers.of_company(company, 9)]
    people.customers.leave(company)

    assert [object_id(5), object_id(4)] == before
    assert [] == people.customers.of_company(company, 9)
    assert people.customers.get(object_id(4)).company is None


# Kinds that share a table.


def shared(name):
    return RecordKind(name, f"{name}s", (RecordField("name", required=True),), found_by=("name",))


@pytest.fixture
def tables(store):
    """The tables of two kinds that have none of their own."""
    return [Records(store.connection, shared(name), store.json) for name in ("brand", "shift")]


def of(number, name="x", minute=1):
    kind = "brand" if number % 2 else "shift"
    given, when = {"name": name}, at(minute)
    return CoreRecord(kind, object_id(number), given, {}, when, when, when)


def test_kinds_that_share_a_table_have_names_of_their_own(tables):
    brands, shifts = tables
    brands.add(of(1))
    shifts.add(of(2))
    brands.replace(of(1, "y", minute=3))

    assert [of(1, "y", minute=3)] == brands.all(9) == brands.named("name", "y", 9)
    assert [of(2)] == shifts.all(9)
    assert (["y"], ["x"]) == (brands.names(), shifts.names())
    assert brands.find("name", "x") is None
    assert (None, False) == (brands.get(object_id(2)), brands.exists(object_id(2)))


def test_what_finds_one_record_of_a_shared_table_is_refused_to_another_of_its_kind(tables):
    brands, _ = tables
    brands.add(of(1))

    with pytest.raises(ConflictError, match='another brand has the name "x"'):
        brands.add(of(3))


def test_the_newest_of_a_shared_table_come_first(tables):
    brands, shifts = tables
    for number in range(1, 7):
        (brands if number % 2 else shifts).add(of(number, f"{number}"))

    assert [object_id(5), object_id(3)] == [each.id for each in brands.all(2)]


def test_a_shared_table_is_searched_by_its_indexes(store, tables):
    brands, _ = tables
    calls = {
        "by id": lambda: brands.get(object_id(1)),
        "by name": lambda: brands.find("name", "x"),
        "all": lambda: brands.all(9),
        "names": brands.names,
    }
    for call in calls.values():
        statements = []
        store.connection.set_trace_callback(statements.append)
        call()
        store.connection.set_trace_callback(None)
        plan = [
            line
            for statement in statements
            for *_, line in store.connection.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]

        assert plan
        assert [] == [line for line in plan if line.startswith(("SCAN", "USE TEMP"))]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_of_any_kind_is_noticed_and_counted(kind, people):
    watch, before = WriteWatch(people.connection), people.made()
    table = people.records(kind)
    table.add(record(kind))
    made = watch.take()
    counted = people.made()
    table.replace(record(kind, given={**record(kind).given, "custom": {}}))
    changed = watch.take()
    table.remove(object_id(9))

    assert [(kind, object_id(9), "created")] == [each[:3] for each in made]
    assert record(kind).given.items() <= made[0].fields.items()
    assert [(kind, "changed", {})] == [
        (each.kind, each.change, each.fields["custom"]) for each in changed
    ]
    assert [(kind, "deleted")] == [(each.kind, each.change) for each in watch.take()]
    assert before < counted
