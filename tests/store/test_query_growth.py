"""What a listing, a filter or a count asks of an org grows with the org at most as fast as it.

Each is asked of an org of 1,000 events and of one of three times as many, as it is and with the
figures of ANALYZE, which may turn a plan around; what is counted are steps of SQLite's machine.
"""

import itertools
import re
from contextlib import contextmanager

import pytest

from kobjctl.model.kinds import KINDS
from kobjctl.store.opening import MEMORY
from kobjctl.store.runs import RunFilter
from kobjctl.store.store import Store

FEW, TIMES = 1000, 3
# What grows with the org's square would take nine times as many.
MOST = TIMES * 1.5
EVERY = 100
NOBODY = "0" * 24
EARLY, LATE = "2026-01-01T00:00:00.000Z", "2026-01-01T23:00:00.000Z"
# As they are called in queries.
BIG_TABLES = {
    *("r", "a", "e", "s", "c", "i", "runs", "events", "step_log", "schedules"),
    "customer_identities",
    *(kind.table for kind in KINDS.values()),
}
# The runs of a chain that were found so far.
CHAIN = "SCAN c"


def filled(events):
    """Give an org with so many events: two runs each of two workflows, a third set off by runs,
    a customer with a KObject and a schedule.
    """
    store = Store.open(MEMORY, org_id=NOBODY, now=EARLY)
    execute, many = store.connection.execute, store.connection.executemany
    numbers = range(1, events + 1)
    with store.transaction():
        execute("INSERT INTO hooks VALUES ('h', 'orders', 'form', 'ev', 'x', '', '', '{}', '', '')")
        execute("INSERT INTO klasses VALUES ('k', 'order', '{}', '', '')")
        many(
            "INSERT INTO workflows VALUES (?, ?, 'ev', 1, 1, '{}', '', '', NULL)",
            [("w0", "first"), ("w1", "second"), ("w2", "never run")],
        )
        for number in numbers:
            at = f"2026-01-01T{number * 24 // (events + 1):02}:00:00.000Z"
            record = f"{number:024x}"
            status = "failed" if number % 50 == 0 else "completed"
            cause = number - 1 if number % 3 == 0 else None
            execute(
                "INSERT INTO events VALUES (?, ?, 'ev', 'h', '{}', ?, 1, ?)",
                (number, record, cause, at),
            )
            many(
                "INSERT INTO runs (id, event_number, workflow_id, workflow_rev, status, owner,"
                " started_at) VALUES (?, ?, ?, 1, ?, '', ?)",
                [(f"{record}{name}", number, name, status, at) for name in ("w0", "w1")],
            )
            execute(
                "INSERT INTO schedules (id, workflow_id, inputs, run_at, cause, created_at,"
                " started_at) VALUES (?, 'w0', '{}', ?, ?, ?, ?)",
                (record, at, number, at, at if number % 2 else None),
            )
            execute(
                "INSERT INTO step_log (run, sequence, step_id, display_name, status, output,"
                " started_at, duration) VALUES (?, 1, '1', '', 'completed', '{}', ?, 0)",
                (number, at),
            )
            execute(
                "INSERT INTO customers VALUES (?, '{}', NULL, 1, ?, ?, ?, ?, NULL)",
                (record, at, at, at, at),
            )
            execute("INSERT INTO customer_identities VALUES ('emails', ?, ?)", (record, record))
            execute(
                "INSERT INTO kobjects VALUES (?, 'order', ?, ?, NULL, '{}', 1, ?, ?)",
                (record, record, record, at, at),
            )
    return store


@pytest.fixture(scope="module", params=["new", "analysed"])
def orgs(request):
    """A small org and one of three times its size."""
    opened = [filled(FEW), filled(TIMES * FEW)]
    if request.param == "analysed":
        for store in opened:
            store.connection.execute("ANALYZE")
    yield opened
    for store in opened:
        store.close()


@contextmanager
def steps_counted(store):
    """Count how many hundreds of steps SQLite's machine takes."""
    counted = []
    store.connection.set_progress_handler(lambda: counted.append(1), EVERY)
    yield counted
    store.connection.set_progress_handler(None, EVERY)


def sent(store, call):
    """Give what a call sends, with its values in it."""
    statements = []
    store.connection.set_trace_callback(statements.append)
    try:
        call(store)
    finally:
        store.connection.set_trace_callback(None)
    return [each for each in statements if re.match("SELECT|WITH|UPDATE|DELETE", each)]


def plan(store, statement):
    return [line for *_, line in store.connection.execute(f"EXPLAIN QUERY PLAN {statement}")]


FILTERS = [
    RunFilter(status=status, workflow_id=workflow, since=since, event_id=event)
    for status, workflow, since, event in itertools.product(
        ("", "completed", "failed", "waiting"), ("", "w0", "w2"), ("", EARLY, LATE), ("", NOBODY)
    )
]
FILTERED = {
    "the runs listed": lambda store, wanted: store.runs.list(wanted, 20),
    "all runs after a number": lambda store, wanted: store.runs.list(wanted._replace(after=1), -1),
    "the runs to rerun": lambda store, wanted: store.runs.to_rerun(wanted),
    "the payloads to replay": lambda store, wanted: store.events.logged(wanted, 0, 9999, 100),
    "how many there are to replay": lambda store, wanted: store.events.count_logged(wanted, 9999),
}
ASKED = {
    "the newest event": lambda store: store.events.newest(),
    "the events of a name": lambda store: [*store.events.recorded(["ev"], EARLY, ["w0", "w1"])],
    "the events since a time": lambda store: [*store.events.recorded(["ev"], LATE, [])],
    "the runs that another set off": lambda store: store.runs.caused_by(2),
    "a chain of runs": lambda store: store.runs.chain(FEW),
    "the newest rerun": lambda store: store.runs.newest_rerun(),
    "what is scheduled": lambda store: store.schedules.waiting(20),
    "the newest schedules": lambda store: store.schedules.all(20),
    "the schedules of a run": lambda store: store.schedules.of_run(2),
    "how many schedules wait": lambda store: store.schedules.count_waiting(),
    "the start of a schedule long ago": lambda store: store.schedules.recent_start(400, LATE),
    "the values that find customers": lambda store: store.customers.identity_values(),
    "the newest customers": lambda store: store.customers.all(20),
    "how many KObjects a Klass has": lambda store: store.kobjects.count("order"),
    "what was made": lambda store: store.made(),
}


def grows_at_most_as_the_org(orgs, call):
    taken = []
    for store in orgs:
        with steps_counted(store) as counted:
            call(store)
        taken.append(len(counted))
    few, many = taken
    return many <= max(few, 5) * MOST


@pytest.mark.parametrize("call", FILTERED.values(), ids=FILTERED)
def test_what_a_filter_selects_costs_no_more_than_the_org_is_larger(orgs, call):
    slow = [
        wanted
        for wanted in FILTERS
        if not grows_at_most_as_the_org(orgs, lambda store, wanted=wanted: call(store, wanted))
    ]

    assert [] == slow


@pytest.mark.parametrize("call", ASKED.values(), ids=ASKED)
def test_what_a_listing_asks_costs_no_more_than_the_org_is_larger(orgs, call):
    assert grows_at_most_as_the_org(orgs, call)


def test_what_is_looked_up_for_each_row_is_found_by_an_index(orgs):
    """Within a query for each row of another, no large table is read as a whole."""
    calls = [
        *ASKED.values(),
        *(lambda s, w=w, c=c: c(s, w) for w in FILTERS for c in FILTERED.values()),
    ]
    statements = {statement for call in calls for statement in sent(orgs[1], call)}
    nested = {
        f"{line}: {statement}"
        for statement in statements
        for line in plan(orgs[1], statement)[1:]
        if line.startswith("SCAN") and line.split()[1] in BIG_TABLES and line != CHAIN
    }

    assert len(FILTERS) * 2 < len(statements)
    assert set() == nested


def test_a_query_that_is_quadratic_is_noticed(orgs):
    def every_pair(store):
        store.connection.execute(
            "SELECT count(*) FROM events a WHERE EXISTS"
            " (SELECT 1 FROM runs NOT INDEXED WHERE event_number = a.number - 99999)"
        ).fetchone()

    assert not grows_at_most_as_the_org(orgs, every_pair)
