"""The help of every command fits 80 columns, on a terminal that is not wider."""

import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from kobjctl.cli import app

WIDTH = 80


def commands(command, *words):
    """Yield the words that call each command and group."""
    yield words
    if isinstance(command, TyperGroup):
        ctx = typer.Context(command)
        for name in command.list_commands(ctx):
            yield from commands(command.get_command(ctx, name), *words, name)


def test_no_line_of_any_help_is_wider_than_a_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    runner = CliRunner()
    helps = {
        " ".join(words): runner.invoke(app, [*words, "--help"]).output
        for words in commands(typer.main.get_command(app))
    }

    wide = [
        f"{words}: {line}"
        for words, text in helps.items()
        for line in text.splitlines()
        if len(line) > WIDTH
    ]
    assert [] == wide
    assert all("Usage: " in text for text in helps.values())
