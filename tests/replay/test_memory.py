"""However many payloads a replay has, it needs no more memory for them."""

import json
import subprocess
import sys

import pytest

FEW, MANY = 1_000, 4_000
LONG_FEW, LONG_MANY = 10_000, 100_000
MOST = 80 * 1024
# With the ten thousand, SQLite's caches are full.
MOST_GROWTH = 2 * 1024
CACHES = 10 * 1024

REPLAY = """
import sys

from kobjctl.__main__ import main

try:
    main()
finally:
    # What getrusage says of the process itself counts that of who started it.
    with open("/proc/self/status") as status:
        sys.stderr.writelines(line.split()[1] for line in status if line.startswith("VmHWM"))
"""


def peak(shop, file, *options):
    """Give the peak memory of a replay, in KiB, and how many payloads it took."""
    words = ["replay", file, "--hook", "orders", "--db", shop.path, "--json", *options]
    done = subprocess.run(
        [sys.executable, "-c", REPLAY, *map(str, words)],
        check=True,
        capture_output=True,
        text=True,
    )
    tally = json.loads(done.stdout)
    assert tally["runs"]["statuses"] == {"completed": tally["runs"]["total"]}
    return int(done.stderr.splitlines()[-1]), tally["payloads"]["accepted"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=" ".join)
def test_many_payloads_take_the_memory_of_few(shop, options, long):
    counts = (LONG_FEW, LONG_MANY) if long else (FEW, MANY)
    found = []
    for count in counts:
        twin = shop.copy(f"of{count}")
        orders = (
            {"orderId": f"{n}", "email": f"c{n}@example.com", "total": 1} for n in range(count)
        )
        found.append(peak(twin, twin.orders(orders), *options))

    assert list(counts) == [accepted for _, accepted in found]
    few, many = (memory for memory, _ in found)
    print(few, many)  # noqa: T201 - pytest shows it when a test fails
    assert MOST > many
    assert MOST_GROWTH + (0 if long else CACHES) > many - few
