"""Ctrl-C ends a command in silence with status 130, from its first line on; no signal that ends
one leaves a copy of the org behind.
"""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to a process")

# The process interrupts itself where it looks for a module.
AT_A_MODULE = """\
import os, signal, sys

class Interrupter:
    hits = 0

    def find_spec(self, name, *_):
        if self.hits and name.startswith("kobjctl"):
            print("still loads", name)
        if name == hit:
            self.hits += 1
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
hit = sys.argv.pop(1)
sys.meta_path.insert(0, Interrupter())
from kobjctl.__main__ import main
main()
"""
# As Python 3.11 does where a class is defined.
WRAPPED = """\
from kobjctl import __main__, cli

def app():
    raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

cli.app = app
__main__.main()
"""
UNRAISABLE = """\
from kobjctl import __main__, cli

class Ended:
    def __init__(self, error):
        self.error = error

    def __del__(self):
        raise self.error

def app():
    Ended(KeyboardInterrupt())
    Ended(ValueError("a bug"))

cli.app = app
__main__.main()
"""
AT_THE_END = """\
import atexit, os, signal
from kobjctl import __main__, cli

signal.signal(signal.SIGINT, signal.default_int_handler)
atexit.register(os.kill, os.getpid(), signal.SIGINT)
cli.app = lambda: print("done")
__main__.main()
"""


def python(script, *arguments):
    """Give the status of a process, and what it said on stdout and stderr."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "module",
    [
        "kobjctl.cli",
        "typer",
        "kobjctl.cli.session",
        "kobjctl.cli.commands.logs",
        "kobjctl.app.runs.runs",
        "kobjctl.store.store",
        "kobjctl.cli.views.logs",
    ],
)
def test_an_interrupt_while_modules_are_loaded_is_quiet(org, module):
    assert (130, "", "") == python(AT_A_MODULE, module, "logs", "--db", str(org))


def test_an_interrupt_that_python_wraps_is_one(org):
    assert (130, "", "") == python(WRAPPED)


def test_an_interrupt_after_the_end_changes_nothing(org):
    assert (0, "done\n", "") == python(AT_THE_END)


@pytest.mark.parametrize(
    ("number", "statuses"),
    [(signal.SIGINT, {130}), (signal.SIGTERM, {143}), (getattr(signal, "SIGHUP", None), {129})],
)
def test_a_copy_goes_when_the_system_ends_the_process(org, tmp_path, number, statuses):
    copies = tmp_path / "copies"
    copies.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "kobjctl", "replay", "-", "--dry-run", "--hook", "orders"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "KOBJCTL_DB": str(org), "TMPDIR": str(copies)},
    )
    until = time.monotonic() + 60
    while not list(copies.glob("*/kobjctl.db")) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(number)
    _, said = process.communicate()

    assert process.returncode in statuses, said
    assert [] == list(copies.iterdir())


def test_only_ctrl_c_may_be_lost_where_nobody_can_catch_it():
    _, _, told = python(UNRAISABLE)

    assert "ValueError: a bug" in told
    assert "KeyboardInterrupt" not in told
