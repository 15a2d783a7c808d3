"""However many payloads a replay has, none of its processes needs more memory for them."""

import json
import subprocess
import sys

import pytest

FEW, MANY = 1_000, 4_000
LONG_FEW, LONG_MANY = 10_000, 100_000
MOST = 80 * 1024
# With the ten thousand, caches are full: SQLite's for each database, above all that of a merge.
MOST_GROWTH = 2 * 1024
CACHES = 10 * 1024

REPLAY = """
import json, resource, sys

from kobjctl.__main__ import main

try:
    main()
finally:
    # What getrusage says of the process itself counts that of who started it.
    with open("/proc/self/status") as status:
        (own,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stderr.write(json.dumps([own, children]))
"""


def peaks(shop, file, *options):
    """Give the peak memory of a replay and of the largest of its processes, in KiB."""
    words = ["replay", file, "--hook", "orders", "--db", shop.path, "--json", *options]
    done = subprocess.run(
        [sys.executable, "-c", REPLAY, *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
    )
    tally = json.loads(done.stdout)
    assert tally["runs"]["statuses"] == {"completed": tally["runs"]["total"]}
    return json.loads(done.stderr.splitlines()[-1]), tally["payloads"]["accepted"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize("options", [("--dry-run",), ("-n", "2")], ids=" ".join)
def test_many_payloads_take_the_memory_of_few(shop, options, long):
    counts = (LONG_FEW, LONG_MANY) if long else (FEW, MANY)
    found = []
    for count in counts:
        twin = shop.copy(f"of{count}")
        orders = (
            {"orderId": f"{n}", "email": f"c{n}@example.com", "total": 1} for n in range(count)
        )
        found.append(peaks(twin, twin.orders(orders), *options))

    assert list(counts) == [accepted for _, accepted in found]
    few, many = (memory for memory, _ in found)
    print(few, many)  # noqa: T201 - pytest shows it when a test fails
    assert MOST > max(many)
    assert MOST_GROWTH + (0 if long else CACHES) > max(
        after - before for before, after in zip(few, many, strict=True)
    )
