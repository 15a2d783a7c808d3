"""Several processes give what one gives, or say why they can't."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from kobjctl.model.errors import UsageError

CASES = yaml.safe_load(Path(__file__).with_name("clashes.yaml").read_text())


@pytest.mark.parametrize("n", [2, 3])
def test_several_processes_leave_the_org_as_one_does(shop, orders_by_chance, n, long):
    count = 5000 if long else 300
    shop.replay([shop.orders(orders_by_chance(60, 9, chance=1), "earlier.ndjson")])
    several = shop.copy("several")
    file = shop.orders(orders_by_chance(count, 40))

    one = shop.replay([file])
    rejects = (shop.folder / "rejects").read_bytes()
    (shop.folder / "rejects").unlink()
    many = several.replay([file], n)

    assert shop.dump() == several.dump()
    assert one.tally.as_json() == many.tally.as_json()
    assert rejects == (shop.folder / "rejects").read_bytes()
    assert {"customer", "kobject.order", "conversation", "message", "note"} <= set(
        one.tally.created
    )
    assert shop.rows("SELECT * FROM schedules")
    assert "failed" in one.tally.statuses
    assert not list(shop.folder.glob("*.replay-*"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_processes_have_in_common_is_told_and_nothing_is_kept(make_shop, case):
    shop = make_shop(json.dumps(workflow_of(case["steps"])))
    known = shop.replay([shop.orders([{"key": "known@example.com", "act": "know"}], "known")])
    before = shop.dump()
    orders = [{"key": f"{each}@example.com", "act": each, "same": "x"} for each in "abcdef"]
    file = shop.orders(orders)

    try:
        many = shop.copy("several")
        said = many.replay([file], 2) and ""
    except UsageError as error:
        said = f"{error.message} ({error.hint})"

    assert {"completed": 1} == known.tally.statuses
    assert case["says"] in said
    assert bool(case["says"]) is bool(said)
    assert (many.dump() == before) is bool(said)
    assert not list(shop.folder.glob("*.replay-*"))


def workflow_of(steps):
    """Give an app whose workflow makes the customer to know, or else does these steps."""
    know = {"op": "eq", "values": ["/#steps.1.attributes.data.act", "know"]}
    first = [
        {
            "id": "look",
            "action": "kustomer.customer.find-by-email",
            "params": {"email": "/#steps.1.attributes.data.key"},
            "transitions": [
                {"target": "know", "condition": know},
                {"target": steps[0]["id"]},
            ],
        },
        {
            "id": "know",
            "action": "kustomer.customer.create",
            "params": {"email": "/#steps.1.attributes.data.key"},
        },
    ]
    trigger = {"hook": "hook", "transitions": [{"target": "look"}]}
    return {
        "hooks": [{"name": "hook", "type": "form"}],
        "klasses": [{"name": "thing", "metadata": {"properties": {"aStr": {"displayName": "A"}}}}],
        "workflows": [{"name": "one", "trigger": trigger, "steps": [*first, *steps]}],
    }


def test_another_key_brings_together_what_belongs_together(make_shop):
    case = next(each for each in CASES if each["name"] == "a new customer that two make")
    shop = make_shop(json.dumps(workflow_of(case["steps"])))
    orders = [{"key": f"{each}@example.com", "act": each, "same": "x"} for each in "abcdef"]
    one = shop.copy("one")

    shop.replay([shop.orders(orders)], 2, key="$.same")
    one.replay([shop.orders(orders)])

    assert one.dump() == shop.dump()
    assert 5 == len(shop.rows("SELECT * FROM runs WHERE status = 'failed'"))


def test_an_org_that_was_changed_meanwhile_stays_as_it_is(shop, orders_by_chance):
    file = shop.orders(orders_by_chance(30, 9))

    def tell(_):
        shop.orders([], "none")
        with closing(sqlite3.connect(shop.path)) as connection, connection:
            connection.execute("UPDATE hooks SET updated_at = 'later'")

    with pytest.raises(UsageError, match="the org has changed since the replay began"):
        shop.replay([file], 2, told=tell)

    assert [] == shop.rows("SELECT * FROM runs")
    assert not list(shop.folder.glob("*.replay-*"))


def test_a_workflow_without_a_lookup_needs_a_key(make_shop):
    name = "{{steps.1.attributes.data.a}}"
    step = {"id": "make", "action": "kustomer.tag.create", "params": {"name": name}}
    app = workflow_of([step])
    app["workflows"][0]["steps"][0]["params"] = {"email": "known@example.com"}
    shop = make_shop(json.dumps(app))

    with pytest.raises(UsageError, match='no lookup of workflow "one" tells'):
        shop.replay([shop.orders([{"a": 1}])], 2)
    assert [("completed",)] * 9 == (
        shop.replay([shop.orders([{"a": n} for n in range(9)])], 2, key="$.a")
        and shop.rows("SELECT status FROM runs")
    )


def test_a_strict_replay_by_several_keeps_nothing(shop, orders_by_chance):
    file = shop.orders(["{}", *({"email": f"{n}@example.com"} for n in range(40)), "bad", "bad"])
    before = shop.dump()

    done = shop.replay([file], 2, strict=True)

    assert ("refused", f'{file}:42: "bad" has no quotes (column 1)') == (done.end, done.refused)
    assert before == shop.dump()
    assert not list(shop.folder.glob("*.replay-*"))
