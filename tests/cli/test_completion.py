"""What the shell offers while people type: commands, options, and names from the org."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import typer

from kobjctl.cli import app
from kobjctl.manual import TOPICS
from kobjctl.model.kinds import CORE_KINDS

PROGRAM = "import sys; sys.argv[0] = 'kobjctl'; from kobjctl.__main__ import main; main()"
HOUSE = ["--db", "--json", "--help"]
RUNNING = [
    "--now",
    "--seed",
    "--time-limit",
    "--step-limit",
    "--chain-limit",
    "--allow-host",
    "--stubs",
    "--record",
    "--force",
]
KLASSES = ["nps-response", "order"]
HOOKS = ["nps", "orders", "receipts"]
WORKFLOWS = ["nps", "order"]
CUSTOMERS = ["test@example.com"]
ALL = typer.main.get_command(app).names()


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
        ("kobjctl ", ALL),
        ("kobjctl k", ["klass", "kobject"]),
        ("kobjctl klass ", ["create", "list", "show", "edit", "delete"]),
        ("kobjctl hook s", ["show", "send"]),
        ("kobjctl klass list --", HOUSE),
        (
            "kobjctl hook send --",
            ["--data", "--saved", "--hook", "--stop-before", *RUNNING, *HOUSE],
        ),
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
        ("kobjctl app ", ["list", "show", "export"]),
        ("kobjctl logs ", ["show", "prune", "rerun", "resume", "diff"]),
        ("kobjctl logs p", ["prune"]),
        ("kobjctl logs rerun --status f", ["failed"]),
        ("kobjctl klas ", ALL),
        ("kobjctl help ", list(dict.fromkeys([*TOPICS, *ALL]))),
        ("kobjctl help co", ["conditions", "coverage", "compare", "company", "conversation"]),
        ("kobjctl help hook s", ["show", "send"]),
        ("kobjctl help hook send ", []),
    ],
)
def test_the_shell_offers_what_fits(org, line, offered):
    assert (0, offered, "") == complete(line)


PARCELS = """
app: parcels
version: 1.0.0
title: Parcels
settings: {default: {days: {type: number}}}
actions: [{name: kustomer.app.parcels.get, type: rest_api}]
"""


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kobjctl app show ", ["parcels"]),
        ("kobjctl app export p", ["parcels"]),
        ("kobjctl setting set parcels.", ["parcels.default.days"]),
        ("kobjctl setting unset ", ["parcels.default.days"]),
        ("kobjctl actions kustomer.app.p", ["kustomer.app.parcels.get"]),
    ],
)
def test_the_shell_offers_what_apps_bring(golden, org, workplace, line, offered):
    (workplace / "parcels.yaml").write_text(PARCELS)
    assert 0 == golden.invoke(workplace, "kobjctl apply parcels.yaml").exit_code

    assert (0, offered, "") == complete(line)


@pytest.fixture
def people(org, golden):
    """The org with a record of each kind."""
    for command in (
        "company create --name Acme --external-id acme-1",
        "conversation create --customer test@example.com --external-id talk-1",
        "message create --conversation talk-1 --channel sms --app x --external-id sms-1",
        "note create --conversation talk-1 --body x --external-id note-1",
        "user create --name Ada --email ada@example.com",
        "tag create --name vip",
    ):
        assert 0 == golden.invoke(org.parent, f"kobjctl {command}").exit_code


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("kobjctl company show ", ["acme-1", "Acme"]),
        ("kobjctl company show A", ["Acme"]),
        ("kobjctl conversation show ", ["talk-1"]),
        ("kobjctl conversation list --customer ", CUSTOMERS),
        ("kobjctl message show ", ["sms-1"]),
        ("kobjctl message list --conversation ", ["talk-1"]),
        ("kobjctl note create --conversation t", ["talk-1"]),
        ("kobjctl note show ", ["note-1"]),
        ("kobjctl user show ", ["ada@example.com"]),
        ("kobjctl tag show v", ["vip"]),
        ("kobjctl customer create --company ", ["acme-1", "Acme"]),
        ("kobjctl tag create --", ["--name", "--color", "--set", "--now", "--seed", *HOUSE]),
        *[(f"kobjctl {kind} ", ["list", "show", "create"]) for kind in CORE_KINDS],
    ],
)
def test_the_shell_offers_what_finds_records(people, line, offered):
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
        connection.execute("UPDATE runs SET status = 'waiting', owner = 'gone'")
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


@pytest.fixture
def folder(workplace, monkeypatch):
    """A folder without samples, in which the test then works."""
    path = workplace / "own"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def test_names_of_scenarios_are_offered(folder):
    (folder / "a.test.yaml").write_text(
        "scenarios: [{name: known, send: 1, expect: {}}, {name: new, send: 1, expect: {}}]\n"
    )
    (folder / "broken.test.yaml").write_text("scenarios: [\n")

    assert (0, ["known", "new"], "") == complete("kobjctl test -k ")
    assert (0, ["new"], "") == complete("kobjctl test . -k ne")


def test_where_there_are_no_scenarios_no_names_are_offered(folder):
    assert (0, [], "") == complete("kobjctl test -k ")


@pytest.mark.parametrize(
    "env",
    [
        {"COMP_CWORD": "x"},
        {"COMP_CWORD": ""},
        {"COMP_CWORD": "-5"},
        {"COMP_CWORD": "9" * 40},
        {"COMP_CWORD": "1.5"},
        {"COMP_WORDS": "kobjctl 'never closed"},
        {"COMP_WORDS": ""},
        {"COMP_WORDS": "kobjctl \x1b[31m \ud83d"},
        {"_KOBJCTL_COMPLETE": "complete_zsh"},
        {"_KOBJCTL_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "kobjctl '"},
        {"_KOBJCTL_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "nonsense"},
        {"_KOBJCTL_COMPLETE": "complete_powershell"},
        {"_KOBJCTL_COMPLETE": "source_bash"},
        {"KOBJCTL_DB": "/dev/zero"},
    ],
)
@pytest.mark.parametrize("line", ["kobjctl ", "kobjctl klass show "])
def test_an_odd_environment_makes_no_completion_fall(org, line, env):
    odd = {key: value.encode(errors="surrogatepass") for key, value in env.items()}

    status, _, said = complete(line, **odd)

    assert status in (0, 1)
    assert "" == said


@pytest.mark.parametrize("missing", [["COMP_WORDS"], ["COMP_CWORD"], ["COMP_WORDS", "COMP_CWORD"]])
def test_what_bash_leaves_out_is_nothing_typed(org, missing):
    env = {"_KOBJCTL_COMPLETE": "complete_bash", "COMP_WORDS": "kobjctl", "COMP_CWORD": "1"}
    left = {key: value for key, value in env.items() if key not in missing}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=left, capture_output=True, text=True, check=False
    )

    assert (0, ALL, "") == (done.returncode, done.stdout.split(), done.stderr)


@pytest.mark.parametrize("word", ["nonsense", "_", "complete", "complete_", "bash_complete", "x_y"])
def test_an_instruction_that_no_shell_gives_is_told(org, word):
    status, offered, said = complete("kobjctl ", _KOBJCTL_COMPLETE=word)

    assert (2, []) == (status, offered)
    assert f'error: _KOBJCTL_COMPLETE is "{word}", which no shell sets\n' in said
    assert "hint: unset _KOBJCTL_COMPLETE" in said
