"""Transcripts: commands and what they print, replayed and compared letter by letter.

A transcript is text in which each line `$ command` is followed by the command's output. What
differs each time (ids, hashes, times, durations, the folder) is shown as a constant word of the
same width, so that columns stay columns; a command may use such a word, and gets the real one.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from kobjctl.cli import app

FOLDER = "/home/you/kobjctl"
MOMENT = "2026-01-02T12:00:00.000Z"
DURATION = "1.0 ms"
PROMPT = "$ "
# What whoever runs the tests may have set.
NOBODYS = ("KOBJCTL_DB", "KOBJCTL_ALLOW_HOSTS", "TERM", "COLORTERM", "FORCE_COLOR", "PYTHONUTF8")
# Another program would answer `kobjctl` if it stood in the path: this is what pip installs.
COMMAND = f"#!{sys.executable}\nfrom kobjctl.__main__ import main\nmain()\n"

_LATELY = timedelta(hours=1)
_ID = re.compile(r"\b[0-9a-f]{24}\b")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_TIME = re.compile(r"\b(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)(\.\d{3}Z)?(?!\w|\.\d)")
_IN_COLUMN = re.compile(r" {3,}(?:\d\d? min )?\d+(?:\.\d)? m?s\b")
_DURATION = re.compile(r"(?<!\S)(?:\d\d? min )?\d+(?:\.\d)? m?s\b(?= *$|  )", re.MULTILINE)
_IN_XML = re.compile(r'( time=")[\d.]+"')
_IN_JSON = re.compile(r'("durationMs": )[\d.]+')
# Each migration counts one further.
_SCHEMA = re.compile(r"\(its schema is \d+, this one knows \d+\)")
# What `doctor` says of a machine.
_VERSIONS = re.compile(r"(?<=^Versions\n)(?:\S.*\n)+", re.MULTILINE)
_VERSION = re.compile(r"(?<=: )( *)\S.*")
_ROOM = re.compile(r"[\d,.]+ MB free$", re.MULTILINE)
_NEWEST = re.compile(r"(?<=^schema:   )\d+$", re.MULTILINE)
# The help of click may have trailing spaces, which no editor leaves in a file.
_TRAILING = re.compile(r" +$", re.MULTILINE)
# A customer without a name has a look that comes from its id.
_LOOK = re.compile(r'("display(?:Color|Icon)": )"\w+"')
_HERE = re.compile(r"cat > (\S+) <<'?(\w+)'?")


class Entry(NamedTuple):
    """A command of a transcript, with the text between it and the next one."""

    script: str
    output: str


def read(transcript: str) -> tuple[str, list[Entry]]:
    """Give what stands before the first command, and the commands with their outputs.

    A command that ends in `<<WORD` goes on to the line `WORD`.
    """
    lines = iter(transcript.splitlines(keepends=True))
    head, entries = "", []
    for line in lines:
        if line.startswith(PROMPT):
            entries.append(Entry(_script(line.removeprefix(PROMPT), lines), ""))
        elif entries:
            entries[-1] = entries[-1]._replace(output=entries[-1].output + line)
        else:
            head += line
    return head, entries


def _script(line: str, further: Iterator[str]) -> str:
    here = _HERE.search(line)
    script = line
    while here and not script.endswith(f"\n{here[2]}\n"):
        script += next(further)
    return script


def replay(transcript: str, perform: Callable[[str], str], words: "Words") -> str:
    """Give the transcript with what its commands print now; `perform` runs a command."""
    head, entries = read(transcript)
    for entry in entries:
        output = words.constant(perform(words.real(entry.script)))
        head += f"{PROMPT}{entry.script}{output}"
    return head


class Words:
    """Constant words for what differs each time; each id and each hash has its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder.resolve())
        self._constant: dict[str, str] = {}
        self._real: dict[str, str] = {}

    def constant(self, text: str) -> str:
        """Put the constant words in; only ids and times of the last hour are replaced."""
        text = _TRAILING.sub("", text.replace(self._folder, FOLDER))
        text = _HASH.sub(lambda found: self._word(found[0], "", 64), text)
        text = _ID.sub(self._constant_id, text)
        text = _TIME.sub(_constant_time, text)
        text = _IN_COLUMN.sub(lambda found: DURATION.rjust(len(found[0])), text)
        text = _DURATION.sub(DURATION, text)
        text = _SCHEMA.sub("(its schema is 2, this one knows 1)", text)
        text = _VERSIONS.sub(lambda found: _VERSION.sub(r"\g<1>1.0", found[0]), text)
        text = _NEWEST.sub("1", _ROOM.sub("1,000.0 MB free", text))
        text = _LOOK.sub(r'\g<1>"any"', text)
        text = _IN_XML.sub(r'\g<1>0.001"', text)
        return _IN_JSON.sub(r"\g<1>1.0", text)

    def real(self, text: str) -> str:
        """Put the real words back."""
        for word, real in self._real.items():
            text = text.replace(word, real)
        return text.replace(FOLDER, self._folder)

    def _constant_id(self, found: re.Match[str]) -> str:
        if not _is_late(datetime.fromtimestamp(int(found[0][:8], 16), UTC)):
            return found[0]
        return self._word(found[0], f"{int(datetime.fromisoformat(MOMENT).timestamp()):08x}", 24)

    def _word(self, real: str, start: str, width: int) -> str:
        if real not in self._constant:
            number = sum(len(word) == width for word in self._real) + 1
            word = start + f"{number:0{width - len(start)}x}"
            self._constant[real], self._real[word] = word, real
        return self._constant[real]


def _constant_time(found: re.Match[str]) -> str:
    day, between, time, fraction = found.groups()
    if not _is_late(datetime.fromisoformat(f"{day}T{time}Z")):
        return found[0]
    return MOMENT[:10] + between + MOMENT[11:19] + (MOMENT[19:] if fraction else "")


def _is_late(moment: datetime) -> bool:
    return abs(datetime.now(UTC) - moment) < _LATELY


def environment(folder: Path) -> dict[str, str]:
    """Give the environment of a person who has set nothing, without colours."""
    return {
        "COLUMNS": "80",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PATH": os.pathsep.join((str(folder / ".bin"), os.defpath)),
    }


def shell(folder: Path) -> Callable[[str], str]:
    """Give what runs a command in a shell, `kobjctl` as a process, and gives all it prints."""
    if not Path("/bin/sh").exists():
        pytest.skip("the commands are those of a POSIX shell")
    command = folder / ".bin" / "kobjctl"
    command.parent.mkdir()
    command.write_text(COMMAND, encoding="utf-8", newline="\n")
    command.chmod(0o755)

    def perform(script: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.stdout.decode()

    return perform


def in_process(folder: Path) -> Callable[[str], str]:
    """Give what runs a command of kobjctl in this process: fast.

    It knows `NAME=VALUE kobjctl ... < FILE > FILE` and `cat > FILE <<E`. A status other than 0
    is a last line.
    """

    def perform(script: str) -> str:
        if here := _HERE.match(script):
            body = script.removeprefix(here[0] + "\n").removesuffix(here[2] + "\n")
            (folder / here[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / here[1]).write_text(body, encoding="utf-8", newline="\n")
            return ""
        result = invoke(folder, script)
        status = f"exit {result.exit_code}\n" if result.exit_code else ""
        # As in a pipe: what was said is there at once, the answer when the process ends.
        return result.stderr + result.stdout + status

    return perform


def invoke(folder: Path, script: str, *more: str) -> Any:
    """Run one command of kobjctl in this process, with `more` words; what it raises is raised."""
    words = shlex.split(script)
    command = words.index("kobjctl")
    files = {"<": "", ">": ""}
    while len(words) > command + 2 and words[-2] in files:
        files[words[-2]] = words[-1]
        words = words[:-2]
    env = dict.fromkeys(NOBODYS) | dict(word.split("=", 1) for word in words[:command])
    given = (folder / files["<"]).read_bytes() if files["<"] else b""
    result = CliRunner(env={**environment(folder), **env}).invoke(
        app, [*words[command + 1 :], *more], given, prog_name="kobjctl"
    )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    if files[">"]:
        (folder / files[">"]).write_text(result.stdout, encoding="utf-8", newline="\n")
        result.stdout_bytes = b""
    return result
