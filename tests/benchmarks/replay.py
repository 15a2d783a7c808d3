"""Payloads a second of `replay`, beside a bare script that writes the same rows in as many commits.

The bare script is that of `throughput`: it has every value at hand and reads no file.
"""

import statistics
import tempfile
from pathlib import Path

from orders import new_org, payloads
from throughput import Bare, copy_definitions, dumped, measure, rows_of, with_values

from kobjctl.app.org.copies import copied
from kobjctl.engine.engine import engine_of
from kobjctl.replay import replay
from kobjctl.replay.targets import SendRequest

SIZE = 500
AIM = 0.5


def send_all(engine, file, *, durable=True):
    """Replay a file of payloads to the org's hook."""
    source, target = SendRequest((str(file),), hook="orders").ends(engine.org.store)
    asked = replay.ReplayOptions(source, target, file.with_suffix(".rejects"), durable=durable)
    return replay.replay(engine, asked, replay.begin(engine.org, asked)[0])


def send_dry(engine, file):
    """Replay a file of payloads on a copy of the org."""
    with copied(engine.org, str(file.parent)) as twin:
        send_all(engine_of(twin), file, durable=False)


def compare(count):
    """Give the seconds of the bare script, of a replay, and of a dry one."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        file = Path(folder) / "orders.ndjson"
        file.write_bytes(b"\n".join(payloads(count)) + b"\n")
        taken = []
        for send in (send_all, send_dry):
            engine = new_org(Path(folder) / f"org{len(taken)}.db")
            taken.append(measure(lambda: send(engine, file)))  # noqa: B023 - called at once
            engine.org.store.close()
        engine = new_org(Path(folder) / "bare.db")
        path = Path(folder) / "org0.db"
        rows = with_values(rows_of(path))
        copy_definitions(path, engine.org.store.connection)
        bare = Bare(engine.org.store.connection, dumped)
        taken.insert(0, measure(lambda: bare.grouped(rows, SIZE)))
        engine.org.store.close()
    return taken


def report(count=20_000, rounds=3):
    """Print the ratios, each the median of several rounds taken in turn."""
    taken = [compare(count) for _ in range(rounds)]
    rates = [count / statistics.median(each) for each in zip(*taken, strict=True)]
    print(f"bare script, {SIZE} a commit: {rates[0]:,.0f} payloads/s")  # noqa: T201
    for index, title in enumerate(("replay", "replay --dry-run"), 1):
        ratio = statistics.median(each[0] / each[index] for each in taken)
        met = "met" if ratio >= AIM else "not met"
        print(f"{title}: {rates[index]:,.0f} payloads/s; ratio {ratio:.2f} (aim {AIM}: {met})")  # noqa: T201


if __name__ == "__main__":
    report()
