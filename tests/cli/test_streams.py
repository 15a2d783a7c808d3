"""Commands whose streams are closed, as daemons start them, and what a terminal would obey."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys; sys.argv[0] = 'kobjctl'; from kobjctl.__main__ import main; main()"


def run(words, redirection):
    """Run a command in a shell with a redirection; give its status and what it says."""
    if os.name == "nt":
        pytest.skip("the redirections are those of a POSIX shell")
    script = f'exec "$0" -c "{PROGRAM}" {words} {redirection}'
    done = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("words", ["operators", "logs", "validate sample_workflows"])
def test_a_closed_stream_stops_no_command(workplace, words, redirection):
    status, said = run(words, redirection)

    assert 0 == status
    assert "Traceback" not in said


def test_nothing_comes_from_a_closed_standard_input(workplace):
    assert 0 == run("apply sample_workflows", "> quiet")[0]

    status, said = run("hook send - --hook orders", "<&-")

    assert 2 == status
    assert "error: " in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [
        "event send x p.json --now 0001-01-01T00:00:00+14:00",
        "schedule run-due --now 9999-12-31T23:59:59-14:00",
        "logs --since 9999-12-31T23:59:59-14:00",
        "logs prune --older-than 0001-01-01T00:00:00+14:00",
    ],
)
def test_a_time_outside_of_the_calendar_is_refused(golden, workplace, words):
    Path("p.json").write_text("{}")

    result = golden.invoke(workplace, f"kobjctl {words}")

    assert 2 == result.exit_code
    assert "is neither an age nor a date" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        "logs --db=",
        "--db= logs",
        "logs --since=",
        "logs prune --older-than=",
        "schedule run-due --advance=",
        "schedule run-due --now=",
    ],
)
def test_an_empty_value_is_none(golden, workplace, words):
    result = golden.invoke(workplace, f"kobjctl {words}")

    assert 2 == result.exit_code
    assert "error: " in result.stderr.lower()


def test_the_github_format_shows_what_a_terminal_would_obey(golden, workplace):
    Path("\x1b[31m.yaml").write_text('name: x\n"\\e[31m": 1\ntrigger: {eventName: x}\n')

    shown = golden.invoke(workplace, "kobjctl validate . --format github").stdout

    assert "\\x1b[31m" in shown
    assert "\x1b" not in shown
