"""Record a session of the command line, in colour, as the picture of the README.

`python tests/picture.py` prints it; a test holds it against the one that is kept.
"""

import contextlib
import io
import os
import re
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from rich.console import Console
from rich.text import Text

from kobjctl.cli import app

ROOT = Path(__file__).parent.parent
WIDTH = 108
ENVIRONMENT = {
    "COLUMNS": str(WIDTH),
    "HOME": os.devnull,
    "PATH": os.defpath,
    "TERM": "xterm-256color",
}
SECONDS = 1767355200
MOMENT = "2026-01-02T12:00:00.000Z"
# The clock stands still; something takes a moment, as in the README.
NO_TIME, SOME_TIME = "0.0 ms", "1.0 ms"
# What fonts there are is the business of whoever looks at it: nothing is fetched.
FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


def perform(line, *more):
    """Run a command of kobjctl, with `more` words that nobody sees; give what a terminal shows."""
    screen = Screen()
    words = [*line.split()[1:], *more]
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        app(words, prog_name="kobjctl", standalone_mode=False)
    return screen.getvalue()


def session():
    """Do what the picture shows; yield each command with what it prints."""
    workflow = ROOT / "sample_workflows" / "order.yaml"
    source = workflow.read_text(encoding="utf-8")
    Path("order.yaml").write_text(
        source.replace("[/#steps.lookup.id]", "[/#steps.lookup.idd]", 1), encoding="utf-8"
    )
    shutil.copy(ROOT / "sample_payloads" / "order.json", "order.json")
    yield (line := "kobjctl validate order.yaml"), perform(line)
    Path("order.yaml").write_text(source, encoding="utf-8")
    perform("kobjctl apply order.yaml")
    yield (line := "kobjctl hook send order.json"), perform(line, "--seed", "1")
    yield (line := "kobjctl logs"), perform(line)


def record():
    """Give the picture, an SVG."""
    console = Console(
        width=WIDTH, file=io.StringIO(), record=True, force_terminal=True, color_system="truecolor"
    )
    with (
        TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, ENVIRONMENT, clear=True),
        mock.patch("kobjctl.model.clock.seconds", return_value=SECONDS),
        mock.patch("kobjctl.model.clock.now", return_value=MOMENT),
        mock.patch("kobjctl.model.clock.tick", return_value=0.0),
    ):
        for line, shown in session():
            console.print(Text.assemble(("$ ", "dim"), (line, "bold")))
            console.print(Text.from_ansi(shown.rstrip("\n").replace(NO_TIME, SOME_TIME)))
            console.print()
    svg = FONT.sub("", console.export_svg(title="kobjctl", unique_id="session"))
    return "\n".join(each.rstrip() for each in svg.strip().splitlines()) + "\n"


if __name__ == "__main__":
    sys.stdout.write(record())
