"""A replay takes in what files and the log have, and goes on where it stopped."""

import json
import os

import pytest

from kobjctl.app.definitions import variables
from kobjctl.app.org.copies import copied
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.model.errors import UsageError
from kobjctl.records.interruption import Interruption
from kobjctl.replay import replayer

PRIVATE = "correct+horse+battery"
TELLING = """
workflows:
  - name: tell
    trigger: {eventName: go, transitions: [{target: publish}]}
    steps:
      - id: publish
        action: kustomer.event.publish
        params: {eventName: told, data: {a: /#variables.key}}
  - name: hear
    trigger: {eventName: told, transitions: [{target: make}]}
    steps:
      - id: make
        action: kustomer.customer.create
        params: {name: /#steps.1.a}
"""
BAD = ["nothing", '{"a": 1 "b": 2}', "[" * 200 + "]" * 200, '{"a": NaN}']


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.fixture
def small_batches(monkeypatch):
    """Batches of 7 payloads."""
    monkeypatch.setattr(replayer, "_PAYLOADS", 7)


def test_a_replay_gives_what_sending_one_by_one_gives(shop, orders_by_chance):
    orders = [each for each in orders_by_chance(25, 9) if not isinstance(each, str)]
    one_by_one = shop.copy("one")

    shop.replay([shop.orders(orders)])
    for number, order in enumerate(orders):
        one_by_one.replay([one_by_one.orders([order], f"{number}.ndjson")])

    told = "SELECT status, workflow_id, event_number, error FROM runs ORDER BY number"
    assert one_by_one.rows(told) == shop.rows(told)
    steps = "SELECT run, sequence, step_id, status FROM step_log ORDER BY run, sequence"
    assert one_by_one.rows(steps) == shop.rows(steps)
    came = "SELECT number, body FROM events WHERE cause IS NULL"
    assert one_by_one.rows(came) == shop.rows(came)


def test_what_is_no_payload_is_kept_with_its_place_and_the_rest_is_sent(shop):
    good = {"email": "a@example.com", "orderId": "1"}
    done = shop.replay([shop.orders([good, *BAD, good])])

    assert ("completed", 2, 4) == (done.end, done.tally.accepted, done.tally.rejected)
    rejects = lines(done.rejects)
    assert BAD == [each["raw"] for each in rejects]
    assert [2, 3, 4, 5] == [each["line"] for each in rejects]
    assert {str(shop.folder / "orders.ndjson")} == {each["source"] for each in rejects}
    assert [
        '"nothing" has no quotes (column 1)',
        '"," or "}" is expected here, not "b" (column 9)',
    ] == [each["reason"] for each in rejects[:2]]


def test_a_file_whose_name_is_no_utf_8_is_a_file_like_others(shop):
    folder = shop.folder / "archive"
    folder.mkdir()
    for name, text in ((b"good\xff.json", '{"email": "a@example.com"}'), (b"bad\xff.json", "bad")):
        (folder / os.fsdecode(name)).write_text(text)

    done = shop.replay([str(folder)])

    assert ("completed", 1, 1) == (done.end, done.tally.accepted, done.tally.rejected)
    assert [f"{folder}/bad\\xff.json"] == [each["source"] for each in lines(done.rejects)]


def test_strict_keeps_what_came_before_the_first_that_is_none(shop, small_batches):
    good = [{"email": f"{n}@example.com"} for n in range(10)]
    done = shop.replay([shop.orders([*good, "bad", *good])], strict=True)

    assert ("refused", 10) == (done.end, done.done)
    assert f'{shop.folder / "orders.ndjson"}:11: "bad" has no quotes (column 1)' == done.refused
    assert 10 == len(shop.rows("SELECT * FROM events WHERE cause IS NULL"))


@pytest.mark.usefixtures("small_batches")
def test_a_replay_that_stopped_goes_on_where_it_was(shop, orders_by_chance):
    whole = shop.copy("whole")
    file = shop.orders(orders_by_chance(100, 100))
    expected = whole.replay([file])
    rejects = (shop.folder / "rejects").read_bytes()
    stops = []

    done = shop.replay([file], **stopping(stops))
    while done.end == "stopped":
        more = stopping(stops) if len(stops) < 7 else {}
        done = shop.replay([file], resume=True, **more)

    assert 7 == len(stops)
    assert whole.dump() == shop.dump()
    assert expected.tally.as_json() == done.tally.as_json()
    assert rejects == (shop.folder / "rejects").read_bytes()


def stopping(stops):
    """Give what stops a replay after its second commit."""
    interruption = Interruption()
    told = []

    def tell(standing):
        told.append(standing)
        if len(told) == 2:
            stops.append(standing)
            interruption.ask()

    return {"interruption": interruption, "show": tell}


@pytest.mark.usefixtures("small_batches")
def test_files_that_changed_are_not_gone_on_with(shop, orders_by_chance):
    file = shop.orders(orders_by_chance(30, 9))
    shop.replay([file], **stopping([]))
    shop.orders(orders_by_chance(31, 9))

    with pytest.raises(UsageError, match="changed since the replay stopped after 14 payl"):
        shop.replay([file], resume=True)


def test_of_what_is_over_the_report_is_given_again_and_nothing_is_sent(shop):
    file = shop.orders([{"a": 1}, "bad"])
    done = shop.replay([file])
    before = shop.dump()

    assert done == shop.replay([file], resume=True)._replace(tally=done.tally)
    assert before == shop.dump()


@pytest.mark.usefixtures("small_batches")
def test_a_replay_of_the_log_sends_what_came_from_outside_and_not_what_it_adds(shop):
    shop.replay([shop.orders([{"email": f"{n}@example.com", "orderId": n} for n in range(20)])])
    outside = "SELECT body FROM events WHERE cause IS NULL ORDER BY number"
    before = shop.rows(outside)

    done = shop.replay(from_log=True, **stopping([]))
    again = shop.replay(from_log=True, resume=True)

    assert ("stopped", 14, "completed", 20) == (done.end, done.done, again.end, again.done)
    assert before * 2 == shop.rows(outside)


def test_events_and_calls_are_sent_too(shop):
    file = shop.orders([{"email": "a@example.com"}, ["no", "object"]])

    asked = shop.replay([file], workflow="ask")
    told = shop.replay([file], event="kustomer.customer.create")

    assert ["ask", "greet"] == [*asked.tally.workflows, *told.tally.workflows]
    assert [(1, 1)] * 2 == [(each.tally.accepted, each.tally.rejected) for each in (asked, told)]
    assert "the inputs of a workflow are a JSON object" in str(lines(asked.rejects)) or (
        "an event is a JSON object" in str(lines(asked.rejects))
    )


def test_a_run_that_another_sets_off_sees_its_secret_as_when_it_is_sent(shop):
    shop.make(TELLING)
    engine = engine_of(open_org(shop.path))
    variables.set_value(engine.org, "tell", "key", PRIVATE)
    engine.org.store.close()
    file = shop.orders([{"n": 1}])

    shop.replay([file], event="go")

    assert [(PRIVATE,)] == shop.rows("SELECT given ->> 'name' FROM customers")
    assert [] == shop.rows("SELECT * FROM events WHERE body LIKE '%horse%'")
    assert [] == shop.rows("SELECT * FROM private_values")


def test_the_first_payload_becomes_the_example_of_its_hook(shop):
    shop.replay([shop.orders([{"email": f"{n}@example.com"} for n in range(9)])])

    assert [('{"email":"0@example.com"}',)] == shop.rows("SELECT example FROM hooks")


def test_a_copy_is_worked_on_and_the_org_has_its_bytes(shop, orders_by_chance):
    shop.replay([shop.orders(orders_by_chance(20, 9))])
    before = shop.path.read_bytes()
    engine = engine_of(open_org(shop.path))
    with copied(engine.org) as twin:
        on_copy = type(shop)(shop.folder)
        on_copy.path = type(shop.path)(twin.store.path)
        on_copy.replay([shop.orders(orders_by_chance(40, 9))])
        made = len(on_copy.rows("SELECT * FROM runs"))
    engine.org.store.close()

    assert made > 20
    assert before == shop.path.read_bytes()
