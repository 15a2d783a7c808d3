"""A fault in a template, and where in the template it is."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

from kobjctl.model.errors import KobjctlError
from kobjctl.model.secrets import excerpt

LONGEST_NAME: Final = 60
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class TemplateError(KobjctlError):
    """A template that can't be read, or a tag that can't be rendered.

    `line` and `column` are its place in the template, both counted from 1. `helper` is the helper
    that a tag calls and that there is not; None for another fault.
    """

    def __init__(
        self, message: str, *, line: int, column: int, hint: str = "", helper: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.line = line
        self.column = column
        self.helper = helper


class HelperError(KobjctlError):
    """A helper can't work with what it was given; it becomes a TemplateError with its place."""


def quoted(name: str) -> str:
    """Quote a name for a message: on one line, and a long one cut."""
    return f'"{excerpt(" ".join(name.split()), LONGEST_NAME)}"'


class TemplateSource:
    """The text of a template, which knows the line and column of an offset."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(line_end.end() for line_end in _LINE_END.finditer(self.text))]

    def line(self, at: int) -> int:
        """Return the line of an offset, counted from 1."""
        return bisect_right(self._line_starts, at)

    def tag(self, at: int) -> str:
        """Return what stands inside of the tag `{{...}}` that begins at an offset."""
        return self.text[at + 2 : self.text.find("}}", at)].strip("~ \n\t")

    def error(
        self, at: int, message: str, *, hint: str = "", helper: str | None = None
    ) -> TemplateError:
        """Make the error for a fault at an offset; `helper` is one that is missing."""
        line = self.line(at)
        column = at - self._line_starts[line - 1] + 1
        return TemplateError(message, line=line, column=column, hint=hint, helper=helper)
