"""How long `kobjctl validate` takes, beside yamllint on the same files.

The commands are run in turn, so that a machine that changes its speed changes all of them.
"""

import os
import statistics
import sysconfig
import tempfile
from pathlib import Path

from startup import KOBJCTL, peak, seconds

YAMLLINT = str(Path(sysconfig.get_path("scripts")) / "yamllint")
HEAD = """\
name: flow-{number}
trigger:
  eventName: kustomer.customer.create
  transitions:
    - target: s0
steps:
"""
STEP = """\
  - id: s{step}
    action: kustomer.customer.find-by-email
    meta: {{displayName: Find customer {step}}}
    params:
      email: /#steps.{before}.emails.0.email
    transitions:
      - target: s{after}
        condition: {{op: exists, values: [/#steps.s{step}.id]}}
"""
LAST = "  - id: s10\n"


def write(folder, count):
    """Write so many workflows of ten steps that find a customer, and one that does nothing."""
    folder.mkdir()
    for number in range(count):
        steps = [
            STEP.format(step=step, before=f"s{step - 1}" if step else "1", after=step + 1)
            for step in range(10)
        ]
        text = HEAD.format(number=number) + "".join(steps) + LAST
        (folder / f"flow-{number}.yaml").write_text(text)


def compare(folder, count, rounds):
    """Print the medians for so many files, and their ratio."""
    files = folder / str(count)
    write(files, count)
    commands = {
        "kobjctl validate": [KOBJCTL, "validate", str(files)],
        "yamllint": [YAMLLINT, "-d", "relaxed", str(files)],
    }
    taken = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            taken[name].append(seconds(command, folder))
    ours, theirs = (statistics.median(each[1:]) for each in taken.values())
    print(  # noqa: T201
        f"validate, {count:,} files of ten steps: {ours * 1000:,.0f} ms,"
        f" {ours / theirs:.2f} times yamllint, {peak(commands['kobjctl validate'], folder):.0f} MiB"
    )


def report():
    """Print the times of one file, of 200 and of 1,000."""
    # Python keeps what it compiled; a command is not started for the first time every time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        for count, rounds in ((1, 15), (200, 3), (1_000, 1)):
            compare(Path(folder), count, rounds)


if __name__ == "__main__":
    report()
