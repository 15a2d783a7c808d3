"""How long a command takes from its start to its end, beside `python -c pass`.

The commands are run in turn, so that a machine that changes its speed changes all of them.
"""

import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from orders import ROOT

FIVE = "import typer, rich, sqlite_utils, yaml, jsonpath_ng"
ORDER = ROOT / "sample_payloads" / "order.json"
KOBJCTL = str(Path(sysconfig.get_path("scripts")) / "kobjctl")


# A child begins with the size of its parent, so a small parent asks for the child's peak.
PEAK = (
    "import resource, subprocess, sys;"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def seconds(command, folder):
    """Run a command and give its seconds."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return time.perf_counter() - started


def peak(command, folder):
    """Run a command and give its peak memory in MiB."""
    asked = subprocess.run(
        [sys.executable, "-c", PEAK, *command], cwd=folder, capture_output=True, check=True
    )
    return int(asked.stdout) / (1024**2 if sys.platform == "darwin" else 1024)


def report(rounds=25):
    """Print medians, and their ratios to `python -c pass` and to importing the five packages."""
    # Python keeps what it compiled; a command is not started for the first time every time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import the five packages": [sys.executable, "-c", FIVE],
        "kobjctl --version": [KOBJCTL, "--version"],
        "kobjctl hook send": [KOBJCTL, "hook", "send", str(ORDER), "--hook", "orders"],
    }
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [KOBJCTL, "apply", str(ROOT / "sample_workflows")],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        taken = {name: [] for name in commands}
        for _ in range(rounds + 2):
            for name, command in commands.items():
                taken[name].append(seconds(command, folder))
        memory = {name: peak(command, folder) for name, command in commands.items()}
    middle = {name: statistics.median(runs[2:]) for name, runs in taken.items()}
    for name, median in middle.items():
        print(  # noqa: T201
            f"{name}: {median * 1000:.0f} ms, {median / middle['python -c pass']:.1f} times"
            f" python -c pass, {median / middle['import the five packages']:.2f} times the five"
            f" packages, {memory[name]:.0f} MiB"
        )


if __name__ == "__main__":
    report()
