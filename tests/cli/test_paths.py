"""A path that can't be looked at, and an input that is no file, are told alike by all commands."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices and pipes have paths on POSIX")

PROGRAM = [sys.executable, "-m", "kobjctl"]
LONG = "a" * 300
COMMANDS = (
    "apply {}",
    "validate {}",
    "test {}",
    "test --coverage-source {}",
    "test init {}",
    "test init sample_workflows/order.yaml -o - --app {}",
    "test init sample_workflows/order.yaml -o - --payload {}",
    "hook send --hook orders {}",
    "hook example orders {}",
    "hook send sample_payloads/order.json --hook orders --stubs {}",
    "event send x {}",
    "workflow call order --inputs @{}",
    "workflow diff order {}",
    "replay --hook orders {}",
    "replay --dry-run sample_payloads/order.json --hook orders --stubs {}",
    "diff order {} --payloads sample_payloads/order.json",
    "diff order order --payloads {}",
    "klass create --file {}",
    "eval 1 --data @{}",
    "hook send --hook orders --data @{}",
)
PATHS = {
    f"{LONG}/x.yaml": "file name too long",
    "loop/x.yaml": "too many levels of symbolic links",
    "plain/x.yaml": "a part of its path is a file",
    "/dev/zero": "it is a device, which never ends",
    "not-here/x.yaml": "no such file",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_path_that_cannot_be_read_is_told_by_every_command(golden, org, command):
    Path("loop").symlink_to("loop")
    Path("plain").write_text("x")
    for path, reason in PATHS.items():
        result = golden.invoke(org.parent, f"kobjctl {command.format(path)}")

        assert 2 == result.exit_code, (path, result.output)
        # A path in a draft is named from its folder.
        shown = f"(?:{re.escape(path)}|{re.escape(os.path.relpath(path))})"
        assert re.search(f'^error: can\'t read "{shown}": {reason}$', result.stderr, re.MULTILINE)


@pytest.mark.parametrize("command", [each for each in COMMANDS if "send" in each or "eval" in each])
def test_a_folder_is_no_payload(golden, org, command):
    result = golden.invoke(org.parent, f"kobjctl {command.format('sample_workflows')}")

    assert 2 == result.exit_code
    assert 'error: can\'t read "sample_workflows": it is a folder\n' in result.stderr


@pytest.mark.parametrize("command", ["apply .", "validate .", "test .", "replay . --hook orders"])
def test_a_folder_that_cannot_be_read_is_not_passed_over(golden, org, monkeypatch, command):
    def refuse(path):
        raise PermissionError(13, "Permission denied", os.fspath(path))

    monkeypatch.setattr(os, "scandir", refuse)

    result = golden.invoke(org.parent, f"kobjctl {command}")

    assert 2 == result.exit_code
    assert 'error: can\'t read ".": permission denied\n' in result.stderr


@pytest.mark.parametrize("command", ["logs", "apply sample_workflows", "validate x.yaml"])
def test_a_folder_that_is_gone_is_told(workplace, command):
    script = f'mkdir gone; cd gone; rmdir ../gone; exec "$0" -m kobjctl {command}'

    done = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable], capture_output=True, text=True, check=False
    )

    assert 2 == done.returncode, done.stderr
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert "can't write" not in done.stderr


@pytest.mark.parametrize(
    "command", ["hook send - --hook orders", "replay - --hook orders", "validate --stdin"]
)
def test_standard_input_without_an_end_is_refused(org, command):
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [*PROGRAM, *command.split()], stdin=endless, capture_output=True, text=True, check=False
        )

    assert 2 == done.returncode
    assert "error: can't read standard input: it is a device, which never ends\n" in done.stderr


@pytest.mark.parametrize(
    "command",
    ["hook send pipe --hook orders", "replay pipe --hook orders", "validate pipe", "apply pipe"],
)
def test_an_input_that_may_keep_one_waiting_is_told(golden, org, command):
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=('{"orderId": "7"}',))
    writer.start()

    result = golden.invoke(org.parent, f"kobjctl {command}")

    writer.join()
    assert 'reading "pipe", which is a pipe\n' in result.stderr


def test_nothing_is_told_of_what_is_empty(golden, org):
    result = golden.invoke(org.parent, "kobjctl hook send /dev/null --hook orders")

    assert 2 == result.exit_code
    assert result.stderr.startswith("error: /dev/null: the payload is empty")
