"""The help of every command fits 80 columns, on a terminal that is not wider."""

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from kobjctl.cli import app

WIDTH = 80
# So wide is the first line of a help.
FIRST = 72


def commands(command, *words):
    """Yield the words that call each command and group."""
    yield words
    if isinstance(command, TyperGroup):
        ctx = typer.Context(command)
        for name in command.list_commands(ctx):
            yield from commands(command.get_command(ctx, name), *words, name)


@pytest.fixture(scope="module")
def helps():
    """The help of each command and group, by the words that call it, as a terminal shows it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(WIDTH))
        runner = CliRunner()
        return {
            " ".join(words): runner.invoke(app, [*words, "--help"]).output
            for words in commands(typer.main.get_command(app))
        }


def test_no_line_of_any_help_is_wider_than_a_terminal(helps):
    wide = [
        f"{words}: {line}"
        for words, text in helps.items()
        for line in text.splitlines()
        if len(line) > WIDTH
    ]
    assert [] == wide
    assert all("Usage: " in text for text in helps.values())


def test_a_help_says_first_on_one_line_what_the_command_does(helps):
    firsts = {words: text.split("\n\n")[1] for words, text in helps.items()}

    assert {} == {words: first for words, first in firsts.items() if "\n" in first}
    assert {} == {words: first for words, first in firsts.items() if len(first.strip()) > FIRST}
    assert {} == {words: first for words, first in firsts.items() if not first.endswith(".")}


def test_no_list_of_commands_cuts_what_one_does(helps):
    cut = [line for text in helps.values() for line in text.splitlines() if line.endswith("...")]

    assert [] == [line for line in cut if not line.startswith("Usage: ")]
