"""Send orders into an org from a process of its own, telling of each one once it is accepted.

    python order_sender.py DATABASE NAME COUNT [EMAIL]

It says "ready", waits for a line, and then sends COUNT orders (0: until it is killed). Order ids
are NAME and a number. Four in five orders come from new customers, unless all come from EMAIL.
A NAME that begins with "r" stands for a process that first finishes what others left behind, and
says how much that is.
"""

import itertools
import json
import os
import sys

from kobjctl.app.definitions import hooks
from kobjctl.app.org.opening import open_org
from kobjctl.app.runs.execute import execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import receive, to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.engine.engine import engine_of

REGULARS = 7


def main(database, name, count, email=""):
    os.write(1, b"ready\n")
    sys.stdin.readline()
    engine = engine_of(open_org(database))
    if name.startswith("r"):
        os.write(1, f"left:{len(engine.org.store.runs.all_unfinished())}\n".encode())
        recover(engine)
    hook = hooks.get(engine.org.store, "orders")
    for number in range(int(count)) if int(count) else itertools.count():
        body = json.dumps(order(name, number, email)).encode()
        reception = receive(engine.org, to_hook(hook, read_body(hook, body, "order.json")))
        # A pipe takes a short line as a whole or not at all.
        os.write(1, f"{reception.event.id}\n".encode())
        for run in reception.numbers:
            execute(engine, run)
    engine.org.store.close()


def order(name, number, email):
    customer = f"{name}-{number}" if number % 5 else f"regular-{number // 5 % REGULARS}"
    return {
        "orderId": f"{name}-{number}",
        "price": f"${number % 100}.25",
        "quantity": number % 7 + 1,
        "email": email or f"{customer}@example.com",
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
