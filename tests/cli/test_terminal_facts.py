"""What is said of standard output."""

import io

import pytest

from kobjctl.cli.terminal import describe_terminal


class Stream(io.StringIO):
    """A stream that may be a terminal, with an encoding."""

    def __init__(self, encoding, *, terminal):
        super().__init__()
        self._encoding = encoding
        self._terminal = terminal

    @property
    def encoding(self):
        return self._encoding

    def isatty(self):
        return self._terminal


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf8"])
def test_utf_8_is_as_it_should_be(encoding):
    assert () == describe_terminal(Stream(encoding, terminal=False)).errors


def test_another_encoding_is_told_with_what_to_do():
    (error,) = describe_terminal(Stream("cp1252", terminal=True)).errors

    assert "written in cp1252" in error.message
    assert "PYTHONUTF8=1" in error.hint


@pytest.mark.parametrize(
    ("variables", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, ""),
        ({"TERM": "dumb"}, ""),
    ],
)
def test_a_terminal_has_the_colours_that_the_environment_says(monkeypatch, variables, colours):
    for name in ("TERM", "NO_COLOR", "COLORTERM", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    found = describe_terminal(Stream("utf-8", terminal=True))

    assert colours == found.colours
    assert variables.items() <= found.variables.items()


def test_a_pipe_has_none(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")

    assert "" == describe_terminal(Stream("utf-8", terminal=False)).colours
