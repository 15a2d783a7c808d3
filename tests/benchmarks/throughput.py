"""Payloads a second through the order workflow, beside a bare script that writes the same rows.

The bare script has every value at hand (no reading, no lookups, no ids to make): it writes them
with `json.dumps` for the JSON columns and `sqlite3` for the rows, in as many commits. `prepared`
is a harder yardstick: it also has the JSON text at hand, and does nothing but execute.
"""

import gc
import json
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from orders import new_org, payloads

from kobjctl.app.definitions import hooks
from kobjctl.app.runs.execute import carry_out
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook

RUN_COLUMNS = "id, event_number, workflow_id, workflow_rev, status, owner, started_at"


def send_each(engine, bodies):
    """Accept and run payloads one by one: two commits each."""
    hook = hooks.get(engine.org.store, "orders")
    for body in bodies:
        carry_out(engine, receive(engine.org, to_hook(hook, read_body(hook, body, "order"))))


def send_grouped(engine, bodies, size):
    """Accept and run payloads with `size` of them in a commit."""
    for start in range(0, len(bodies), size):
        with engine.org.store.transaction(durable=True):
            send_each(engine, bodies[start : start + size])


def rows_of(path):
    """Read back what each payload wrote, payload by payload."""
    connection = sqlite3.connect(path)
    all_of = lambda table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: E731, S608
    customers = {row[0]: row for row in all_of("customers")}
    identities = {row[2]: row for row in all_of("customer_identities")}
    steps = {}
    for row in all_of("step_log"):
        steps.setdefault(row[0], []).append(row)
    kobjects = all_of("kobjects")
    seen = set()
    written = []
    for event, run, kobject in zip(all_of("events"), all_of("runs"), kobjects, strict=True):
        customer = kobject[3]
        new = [customers[customer], identities[customer]] if customer not in seen else []
        seen.add(customer)
        written.append((event, run, new, kobject, steps[run[0]]))
    connection.close()
    return written


def values_of(row, *json_columns):
    """Give a row with its JSON columns as values, as a script has them before it writes."""
    return tuple(
        json.loads(value) if index in json_columns and value is not None else value
        for index, value in enumerate(row)
    )


def with_values(written):
    """Give rows with values in place of JSON text."""
    return [
        (
            event,
            run,
            [values_of(new[0], 1), new[1]] if new else [],
            values_of(kobject, 5),
            [values_of(step, 6, 7, 8, 9, 10) for step in steps],
        )
        for event, run, new, kobject, steps in written
    ]


def dumped(row):
    """Give a row with `json.dumps` of what is no text or number."""
    return [json.dumps(value) if isinstance(value, dict | list) else value for value in row]


class Bare:
    """The bare script: rows of runs, written with `sqlite3` alone."""

    def __init__(self, connection, prepare):
        self.connection = connection
        self.execute = connection.execute
        self.prepare = prepare

    def each(self, written):
        """Write payload by payload, in two commits each; the first waits for the disk."""
        for rows in written:
            self.begin("FULL")
            self.accept(rows)
            self.execute("COMMIT")
            self.begin("NORMAL")
            self.run(rows)
            self.execute("COMMIT")

    def grouped(self, written, size):
        """Write `size` payloads in a commit."""
        for start in range(0, len(written), size):
            self.begin("FULL")
            for rows in written[start : start + size]:
                self.accept(rows)
                self.run(rows)
            self.execute("COMMIT")

    def begin(self, synchronous):
        """Open a transaction."""
        self.execute(f"PRAGMA synchronous = {synchronous}")
        self.execute("BEGIN IMMEDIATE")

    def accept(self, rows):
        """Write what is written when a payload is accepted."""
        event, run, *_ = rows
        self.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)", event)
        self.execute(
            f"INSERT INTO runs ({RUN_COLUMNS}) VALUES (?, ?, ?, ?, 'waiting', ?, ?)",  # noqa: S608
            (*run[1:5], *run[6:8]),
        )

    def run(self, rows):
        """Write what a run writes."""
        _, run, new, kobject, steps = rows
        execute, prepare = self.execute, self.prepare
        if new:
            execute("INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", prepare(new[0]))
            execute("INSERT INTO customer_identities VALUES (?, ?, ?)", new[1])
        execute("INSERT INTO kobjects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", prepare(kobject))
        execute(
            "UPDATE customers SET updated_at = ?1, last_activity_at = ?1,"
            " last_customer_activity_at = ?1, rev = rev + 1 WHERE id = ?2",
            (kobject[7], kobject[3]),
        )
        self.connection.executemany(
            "INSERT INTO step_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [prepare(step) for step in steps],
        )
        execute(
            "UPDATE runs SET status = ?, duration = ?, error = ? WHERE number = ?",
            (run[5], run[8], run[9], run[0]),
        )


def measure(work):
    """Give the seconds that a piece of work takes."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(count, *, each, size=500):
    """Time kobjctl and the bare scripts on new databases; gives seconds of the three."""
    bodies = payloads(count)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "org.db"
        engine = new_org(path)
        if each:
            ours = measure(lambda: send_each(engine, bodies))
        else:
            ours = measure(lambda: send_grouped(engine, bodies, size))
        engine.org.store.close()
        written = rows_of(path)
        others = []
        for rows, prepare in ((with_values(written), dumped), (written, tuple)):
            engine = new_org(Path(folder) / f"bare{len(others)}.db")
            copy_definitions(path, engine.org.store.connection)
            bare = Bare(engine.org.store.connection, prepare)
            work = (bare.each, rows) if each else (bare.grouped, rows, size)
            others.append(measure(lambda work=work: work[0](*work[1:])))
            engine.org.store.close()
    return ours, *others


def copy_definitions(path, connection):
    """Give a bare script's org the same ids, so that foreign keys hold."""
    connection.execute("ATTACH ? AS other", (str(path),))
    for table in ("hooks", "workflows", "klasses"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")  # noqa: S608
    connection.execute("DETACH other")


def report(count=2000, rounds=5):
    """Print the ratios, each the median of several rounds taken in turn."""
    for title, each, aim in (
        ("accepted and run on its own", True, 0.6),
        ("500 payloads a commit", False, 0.5),
    ):
        taken = [compare(count, each=each) for _ in range(rounds)]
        ours, bare, prepared = (
            count / statistics.median(each) for each in zip(*taken, strict=True)
        )
        ratio = statistics.median(bare / ours for ours, bare, _ in taken)
        harder = statistics.median(prepared / ours for ours, _, prepared in taken)
        print(  # noqa: T201
            f"{title}: {ours:,.0f} payloads/s, bare script {bare:,.0f}, prepared {prepared:,.0f};"
            f" ratio {ratio:.2f} (aim {aim}: {'met' if ratio >= aim else 'not met'}),"
            f" to prepared {harder:.2f}"
        )


if __name__ == "__main__":
    report()
