"""What the shell offers while people type: commands, options, and names from the org."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from kobjctl.cli import COMMANDS

PROGRAM = "import sys; sys.argv[0] = 'kobjctl'; from kobjctl.__main__ import main; main()"
HOUSE = ["--db", "--json", "--help"]
RUNNING = ["--now", "--seed", "--time-limit", "--step-limit", "--chain-limit"]
KLASSES = ["nps-response", "order"]
HOOKS = ["nps", "orders", "receipts"]
WORKFLOWS = ["nps", "order"]
CUSTOMERS = ["test@example.com"]


def complete(line, **env):
    """Press the tabulator at the end of a line in bash; give status, offers and complaints."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env={
            "HOME": os.getcwd(),  # noqa: PTH109
            "PATH": os.defpath,
            "_KOBJCTL_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(f"{line}|".split()) - 1),
            **env,
        },
    )
    return done.returncode, done.stdout.split(), done.stderr


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kobjctl ", list(COMMANDS)),
        ("kobjctl k", ["klass", "kobject"]),
        ("kobjctl klass ", ["create", "list", "show", "edit", "delete"]),
        ("kobjctl hook s", ["show", "send"]),
        ("kobjctl klass list --", HOUSE),
        ("kobjctl hook send --", ["--hook", *RUNNING, *HOUSE]),
        ("kobjctl klass show ", KLASSES),
        ("kobjctl klass show o", ["order"]),
        ("kobjctl klass edit ", KLASSES),
        ("kobjctl klass delete n", ["nps-response"]),
        ("kobjctl klass show z", []),
        ("kobjctl kobject list --klass ", KLASSES),
        ("kobjctl hook show ", HOOKS),
        ("kobjctl hook example o", ["orders"]),
        ("kobjctl hook send order.json --hook ", HOOKS),
        ("kobjctl workflow show ", WORKFLOWS),
        ("kobjctl workflow enable ", WORKFLOWS),
        ("kobjctl workflow disable ", WORKFLOWS),
        ("kobjctl workflow export ", WORKFLOWS),
        ("kobjctl workflow graph o", ["order"]),
        ("kobjctl workflow paths n", ["nps"]),
        ("kobjctl logs --workflow ", WORKFLOWS),
        ("kobjctl logs --status f", ["failed"]),
        ("kobjctl customer show ", CUSTOMERS),
        ("kobjctl customer timeline t", CUSTOMERS),
        ("kobjctl actions kustomer.klass.f", ["kustomer.klass.find-by-klassname"]),
        ("kobjctl logs ", ["show", "prune"]),
        ("kobjctl logs p", ["prune"]),
        ("kobjctl klas ", list(COMMANDS)),
    ],
)
def test_the_shell_offers_what_fits(org, line, offered):
    assert (0, offered, "") == complete(line)


@pytest.mark.parametrize(
    ("line", "env"),
    [
        ("kobjctl klass show --db sub/other.db ", {}),
        ("kobjctl --db sub/other.db klass show ", {}),
        ("kobjctl klass show ", {"KOBJCTL_DB": "sub/other.db"}),
    ],
)
def test_names_come_from_the_org_that_is_meant(workplace, golden, line, env):
    (workplace / "sub").mkdir()
    golden.invoke(workplace, "kobjctl klass create parcel --db sub/other.db")

    assert (0, ["parcel"], "") == complete(line, **env)


LINES = [
    "kobjctl klass show ",
    "kobjctl hook send order.json --hook ",
    "kobjctl workflow show ",
    "kobjctl customer show ",
    "kobjctl klass show --db missing.db ",
]


@pytest.mark.parametrize("line", LINES)
def test_where_there_is_no_org_nothing_is_offered_and_no_file_is_made(workplace, line):
    before = sorted(workplace.iterdir())

    assert (0, [], "") == complete(line)
    assert before == sorted(workplace.iterdir())


@pytest.mark.parametrize("line", LINES)
def test_a_file_that_is_no_org_offers_nothing(workplace, line):
    (workplace / "kobjctl.db").write_text("This is no database. " * 100)

    assert (0, [], "") == complete(line)


def test_completing_a_name_runs_no_workflow(org):
    with closing(sqlite3.connect(org)) as connection:
        host = os.uname().nodename
        connection.execute("UPDATE runs SET status = 'waiting', owner = ?", (f"{host}:99999999",))
        connection.commit()

    assert (0, KLASSES, "") == complete("kobjctl klass show ")
    with closing(sqlite3.connect(org)) as connection:
        assert ("waiting",) == connection.execute("SELECT status FROM runs").fetchone()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(workplace, shell):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.defpath, "_KOBJCTL_COMPLETE": f"source_{shell}"},
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert f"complete_{shell}" in done.stdout
