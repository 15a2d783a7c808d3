"""Payloads a second through the order workflow, beside a bare script that writes the same rows.

The bare script is the fastest that the task can be with `sqlite3`: it knows every row beforehand,
as it will stand in the table, and does nothing but write them, in as many commits.
"""

import gc
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from orders import new_org, payloads

from kobjctl.app import hooks, runs
from kobjctl.store.store import Store

RUN_COLUMNS = "id, transaction_number, workflow_id, workflow_rev, status, owner, started_at"


def send_each(world, bodies):
    """Accept and run payloads one by one: two commits each."""
    hook = hooks.get(world, "orders")
    for body in bodies:
        reception = hooks.receive(world, hook, hooks.read_body(hook, body, "order"))
        for number in reception.runs:
            runs.execute(world, number)


def send_grouped(world, bodies, size):
    """Accept and run payloads with `size` of them in a commit."""
    for start in range(0, len(bodies), size):
        with world.store.transaction(durable=True):
            send_each(world, bodies[start : start + size])


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
    for transaction, run, kobject in zip(
        all_of("transactions"), all_of("runs"), kobjects, strict=True
    ):
        customer = kobject[3]
        new = [customers[customer], identities[customer]] if customer not in seen else []
        seen.add(customer)
        written.append((transaction, run, new, kobject, steps[run[0]]))
    connection.close()
    return written


def write_bare(connection, written, *, each, size):
    """Write the rows of runs with `sqlite3` alone, in the same number of commits."""
    execute = connection.execute
    for start in range(0, len(written), size):
        if not each:
            execute("PRAGMA synchronous = FULL")
            execute("BEGIN IMMEDIATE")
        for transaction, run, new, kobject, steps in written[start : start + size]:
            if each:
                execute("PRAGMA synchronous = FULL")
                execute("BEGIN IMMEDIATE")
            execute("INSERT INTO transactions VALUES (?, ?, ?, ?, ?)", transaction)
            execute(
                f"INSERT INTO runs ({RUN_COLUMNS}) VALUES (?, ?, ?, ?, 'waiting', ?, ?)",  # noqa: S608
                (*run[1:5], *run[6:8]),
            )
            if each:
                execute("COMMIT")
                execute("PRAGMA synchronous = NORMAL")
                execute("BEGIN IMMEDIATE")
            if new:
                execute("INSERT INTO customers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", new[0])
                execute("INSERT INTO customer_identities VALUES (?, ?, ?)", new[1])
            execute("INSERT INTO kobjects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", kobject)
            execute(
                "UPDATE customers SET updated_at = ?1, last_activity_at = ?1,"
                " last_customer_activity_at = ?1, rev = rev + 1 WHERE id = ?2",
                (kobject[7], kobject[3]),
            )
            connection.executemany(
                "INSERT INTO step_log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", steps
            )
            execute(
                "UPDATE runs SET status = ?, duration = ?, error = ? WHERE number = ?",
                (run[5], run[8], run[9], run[0]),
            )
            if each:
                execute("COMMIT")
        if not each:
            execute("COMMIT")


def measure(work):
    """Give the seconds that a piece of work takes."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(count, *, each, size=500):
    """Time kobjctl and the bare script on new databases; give (kobjctl, bare) in seconds."""
    bodies = payloads(count)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "org.db"
        world = new_org(path)
        if each:
            ours = measure(lambda: send_each(world, bodies))
        else:
            ours = measure(lambda: send_grouped(world, bodies, size))
        world.store.close()
        written = rows_of(path)
        bare_world = new_org(Path(folder) / "bare.db")
        copy_definitions(path, bare_world.store)
        connection = bare_world.store.connection
        bare = measure(lambda: write_bare(connection, written, each=each, size=size))
        bare_world.store.close()
    return ours, bare


def copy_definitions(path, store: Store):
    """Give the bare script's org the same ids, so that foreign keys hold."""
    store.connection.execute("ATTACH ? AS other", (str(path),))
    for table in ("hooks", "workflows", "klasses"):
        store.connection.execute(f"DELETE FROM {table}")  # noqa: S608
        store.connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")  # noqa: S608
    store.connection.execute("DETACH other")


def report(count=2000, rounds=5):
    """Print the ratios, each the median of several rounds taken in turn."""
    for title, each, aim in (
        ("accepted and run on its own", True, 0.6),
        ("500 payloads a commit", False, 0.5),
    ):
        pairs = [compare(count, each=each) for _ in range(rounds)]
        ratio = statistics.median(bare / ours for ours, bare in pairs)
        ours = count / statistics.median(ours for ours, _ in pairs)
        bare = count / statistics.median(bare for _, bare in pairs)
        verdict = "met" if ratio >= aim else "NOT met"
        print(  # noqa: T201
            f"{title:30} {ours:8,.0f}/s  bare {bare:8,.0f}/s  ratio {ratio:.2f}"
            f"  (aim {aim}: {verdict})"
        )


if __name__ == "__main__":
    report()
