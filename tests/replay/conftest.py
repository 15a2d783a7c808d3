"""Orgs for replays: a shop with its workflows, files of orders, and what is there afterwards."""

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.org.conditions import seeded
from kobjctl.app.org.opening import open_org
from kobjctl.engine.engine import engine_of
from kobjctl.replay import replay
from kobjctl.replay.targets import SendRequest

AT = "2026-01-02T03:04:05.000Z"
SHOP = """
klasses:
  - name: order
    metadata:
      properties:
        orderIdStr: {displayName: Order ID}
        totalNum: {displayName: Total}
hooks:
  - {name: orders, type: form}
workflows:
  - name: order
    trigger:
      hook: orders
      transitions: [{target: lookup}]
    steps:
      - id: lookup
        action: kustomer.customer.find-by-email
        params: {email: /#steps.1.attributes.data.email}
        transitions:
          - {target: known, condition: {op: exists, values: [/#steps.lookup.id]}}
          - {target: create}
      - id: create
        action: kustomer.customer.create
        params: {email: /#steps.1.attributes.data.email, name: "{{steps.1.attributes.data.name}}"}
        transitions: [{target: first}]
      - id: first
        action: kustomer.kobject.create-with-customer
        params:
          klassName: order
          customer: /#steps.create.id
          title: First
          data: /#steps.1.attributes.data
          externalId: /#steps.1.attributes.data.orderId
          custom: {orderIdStr: /#steps.1.attributes.data.orderId}
      - id: known
        action: kustomer.customer.update
        params: {id: /#steps.lookup.id, name: "{{steps.1.attributes.data.name}}"}
        transitions: [{target: again}]
      - id: again
        action: kustomer.kobject.create-with-customer
        params:
          klassName: order
          customer: /#steps.lookup.id
          title: Again
          data: /#steps.1.attributes.data
          externalId: /#steps.1.attributes.data.orderId
          custom: {totalNum: /#steps.1.attributes.data.total}
        transitions:
          - target: talk
            condition: {op: gt, values: [/#steps.1.attributes.data.total, 50]}
      - id: talk
        action: kustomer.conversation.create
        params: {customer: /#steps.lookup.id, name: Dear}
        transitions: [{target: say}]
      - id: say
        action: kustomer.message.create
        params: {conversation: /#steps.talk.id, channel: email, app: postmark, preview: Thanks}
        transitions:
          - target: forget
            condition: {op: gt, values: [/#steps.1.attributes.data.total, 90]}
      - id: forget
        action: kustomer.kobject.delete
        params: {klassName: order, id: /#steps.again.id}
        transitions: [{target: remind}]
      - id: remind
        action: kustomer.app.scheduler.schedule-workflow
        params:
          workflowId: ask
          inputs: {email: /#steps.1.attributes.data.email}
          runAt: {type: relative, value: 3600}
  - name: greet
    trigger: {eventName: kustomer.customer.create, transitions: [{target: note}]}
    steps:
      - id: note
        action: kustomer.note.create
        params: {customer: /#steps.1.id, body: "hello {{steps.1.displayName}}"}
  - name: ask
    trigger: {callable: true, transitions: [{target: look}]}
    steps:
      - id: look
        action: kustomer.customer.find-by-email
        params: {email: /#steps.1.email}
"""


class Shop:
    """An org on disk, and what is done with it."""

    def __init__(self, folder, name="shop"):
        self.folder = folder
        self.path = folder / f"{name}.db"

    def make(self, text=SHOP, orders=()):
        file = self.folder / "shop.yaml"
        file.write_text(text)
        org = open_org(self.path)
        apply(org, [file])
        org.store.close()
        if orders:
            self.replay([self.orders(orders, "earlier.ndjson")])
        return self

    def copy(self, name):
        twin = Shop(self.folder, name)
        with (
            closing(sqlite3.connect(self.path)) as ours,
            closing(sqlite3.connect(twin.path)) as new,
        ):
            ours.backup(new)
        return twin

    def orders(self, orders, name="orders.ndjson"):
        path = self.folder / name
        lines = (each if isinstance(each, str) else json.dumps(each) for each in orders)
        path.write_text("".join(f"{line}\n" for line in lines))
        return path

    def replay(self, files=(), **options):
        """Replay at a time that stands still and with a seed; gives what `replay.replay` does."""
        org = seeded(open_org(self.path), 1).at(AT).untimed()
        engine = engine_of(org)
        strict = options.pop("strict", False)
        resume = options.pop("resume", False)
        engine = engine._replace(interruption=options.pop("interruption", engine.interruption))
        show = options.pop("show", lambda _: None)
        sending = SendRequest(tuple(map(str, files)), **options)
        source, target = sending.ends(org.store)
        asked = replay.ReplayOptions(source, target, self.folder / "rejects", at=AT, strict=strict)
        try:
            begun = replay.resumed(org, asked) if resume else replay.begin(org, asked)[0]
            return replay.replay(engine, asked, begun, show)
        finally:
            org.store.close()

    def rows(self, sql):
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def dump(self):
        """Give all that is in the org, but for who owned a run and the order of rows in the log."""
        tables = [
            name
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_") and name != "_sqlite_migrations"
        ]
        found = {name: self.rows(f"SELECT * FROM {name}") for name in tables}  # noqa: S608
        found["runs"] = self.rows(
            "SELECT number, id, event_number, workflow_id, workflow_rev, status, started_at,"
            " duration, error FROM runs ORDER BY number"
        )
        found["replays"] = self.rows("SELECT subject, begun, position, state FROM replays")
        for name in ("step_log", "customer_identities"):
            found[name].sort(key=lambda row: row[:2])
        return found


def some_orders(count, customers, chance=0):
    """Give orders of customers by chance, with what is no payload here and there."""
    pick = random.Random(chance)  # noqa: S311 - nothing secret
    for number in range(count):
        if pick.random() < 0.02:
            yield '{"email": '
        else:
            who = pick.randrange(customers)
            email = f"c{who}@example.com" if pick.random() < 0.9 else f" C{who}@Example.com"
            yield {
                "orderId": f"{who}-{pick.randrange(count)}",
                "email": email,
                "name": f"Customer {who} {number}",
                "total": pick.randrange(100),
            }


@pytest.fixture
def shop(tmp_path):
    """An org with the shop's workflows and nothing else."""
    return Shop(tmp_path).make()


@pytest.fixture
def orders_by_chance():
    """What makes orders by chance."""
    return some_orders


@pytest.fixture
def make_shop(tmp_path):
    """What makes an org with other workflows."""
    return lambda text, name="shop": Shop(tmp_path, name).make(text)


@pytest.fixture
def samples():
    """The folder of the sample workflows."""
    return Path(__file__).parents[2] / "sample_workflows"
