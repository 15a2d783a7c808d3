"""What standard output is: a terminal or not, its width, its colours and its encoding."""

import os
import shutil
from typing import Final, NamedTuple, TextIO

from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject

# What rich and Python look at.
_VARIABLES: Final = ("TERM", "COLORTERM", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONUTF8")


class Terminal(NamedTuple):
    """Standard output. `colours` is empty where there are none; `variables` are those of the
    environment that have a say in it, where they are set.
    """

    is_terminal: bool
    width: int
    colours: str
    encoding: str
    variables: dict[str, str]

    @property
    def errors(self) -> tuple[KobjctlError, ...]:
        """Return what is wrong with it."""
        if self.encoding.lower().replace("-", "") == "utf8":
            return ()
        return (
            KobjctlError(
                f"the output is written in {self.encoding}, where signs such as ✓ are shown as"
                " \\u2713",
                hint="set PYTHONUTF8=1, and the terminal to UTF-8",
            ),
        )

    def as_json(self) -> JsonObject:
        """Return what it is."""
        return {
            "interactive": self.is_terminal,
            "width": self.width,
            "colors": self.colours or None,
            "encoding": self.encoding,
            "variables": dict(self.variables),
        }


def describe_terminal(stream: TextIO) -> Terminal:
    """Describe a stream."""
    return Terminal(
        is_terminal=stream.isatty(),
        width=shutil.get_terminal_size().columns,
        colours=_colours(stream) if stream.isatty() else "",
        encoding=stream.encoding or "",
        variables={name: os.environ[name] for name in _VARIABLES if os.environ.get(name)},
    )


def _colours(stream: TextIO) -> str:
    from kobjctl.cli.output.render import console_of

    return console_of(stream).color_system or ""
