"""Payloads a second of `replay`, beside a bare script that writes the same rows in as many commits.

The bare script is that of `throughput`: it has every value at hand and reads no file.
"""

import statistics
import tempfile
from pathlib import Path

from orders import new_org, payloads
from throughput import Bare, copy_definitions, dumped, measure, rows_of, with_values

from kobjctl.app.copies import copied
from kobjctl.app.replay import parallel, replay
from kobjctl.app.replay.sending import Sending
from kobjctl.app.replay.stopping import Stop

SIZE = 500


def send_all(world, file, processes, *, durable=True):
    """Replay a file of payloads to the org's hook."""
    sending = Sending((str(file),), hook="orders")
    source, target = sending.ends(world)
    several = replay.Several(processes, "", sending)
    rejects = file.with_suffix(".rejects")
    asked = replay.Asked(source, target, rejects, durable=durable, several=several)
    begun = replay.begin(world, asked)
    if processes == 1:
        return replay.replay(world, asked, begun, Stop())
    begun = parallel.begun_by_several(world, asked, begun)
    return parallel.replay_by_several(world, asked, begun, Stop())


def send_dry(world, file, processes):
    """Replay a file of payloads on a copy of the org."""
    with copied(world, str(file.parent)) as twin:
        send_all(twin, file, processes, durable=False)


def compare(count):
    """Give the seconds of the bare script, of replays with 1 and 2 processes, and of dry ones."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        file = Path(folder) / "orders.ndjson"
        file.write_bytes(b"\n".join(payloads(count)) + b"\n")
        taken = []
        for send in (send_all, send_dry):
            for processes in (1, 2):
                world = new_org(Path(folder) / f"org{len(taken)}.db")
                work = lambda: send(world, file, processes)  # noqa: B023, E731 - called at once
                taken.append(measure(work))
                world.store.close()
        world = new_org(Path(folder) / "bare.db")
        path = Path(folder) / "org0.db"
        rows = with_values(rows_of(path))
        copy_definitions(path, world.store.connection)
        bare = Bare(world.store.connection, dumped)
        taken.insert(0, measure(lambda: bare.grouped(rows, SIZE)))
        world.store.close()
    return taken


def report(count=20_000, rounds=3):
    """Print the ratios, each the median of several rounds taken in turn."""
    taken = [compare(count) for _ in range(rounds)]
    rates = [count / statistics.median(each) for each in zip(*taken, strict=True)]
    titles = ("replay", "replay -n 2", "replay --dry-run", "replay --dry-run -n 2")
    print(f"bare script, {SIZE} a commit: {rates[0]:,.0f} payloads/s")  # noqa: T201
    for index, title in enumerate(titles, 1):
        ratio = statistics.median(each[0] / each[index] for each in taken)
        several = "-n 2" in title
        told = f"{title}: {rates[index]:,.0f} payloads/s; ratio {ratio:.2f}"
        if several:
            gain = statistics.median(each[index - 1] / each[index] for each in taken)
            told += f", {gain:.2f} times one process (aim 1.6: {_met(gain, 1.6)})"
        else:
            told += f" (aim 0.5: {_met(ratio, 0.5)})"
        print(told)  # noqa: T201


def _met(ratio, aim):
    return "met" if ratio >= aim else "not met"


if __name__ == "__main__":
    report()
