"""The text of an expression while it is read, in UTF-16 units as JavaScript counts; and why one
can't be used.
"""

import re
from functools import cached_property
from typing import Final

from kobjctl.javascript.strings import from_units, to_units
from kobjctl.model.errors import KobjctlError


class RegexError(KobjctlError):
    """An expression that JavaScript refuses, or that is beyond our limits.

    `position` is the place of the fault in the expression, in characters counted from 1.
    """

    def __init__(self, message: str, position: int, *, hint: str = "") -> None:
        super().__init__(
            f"the regular expression can't be read: {message} (character {position})", hint=hint
        )
        self.position = position


class RegexTimeoutError(KobjctlError):
    """A search that was given up."""


_NAME: Final = re.compile(r"\(\?<(?![=!])")
# What is no capturing group: an escape, a class, or the beginning of another group.
_SKIPPED: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|\((?=\?(?!<(?![=!])))", re.DOTALL)


class Reader:
    """An expression and the place in it; `at` counts units from 0."""

    def __init__(self, expression: str) -> None:
        self.units = to_units(expression)
        self.at = 0

    @cached_property
    def _bare(self) -> str:
        """The expression without what only looks like a group."""
        return _SKIPPED.sub("", self.units)

    @cached_property
    def groups(self) -> int:
        """How many capturing groups there are, also after this place."""
        return self._bare.count("(")

    @cached_property
    def has_names(self) -> bool:
        """Whether some group has a name."""
        return _NAME.search(self._bare) is not None

    @property
    def next(self) -> str:
        """The next unit; empty at the end."""
        return self.units[self.at : self.at + 1]

    def take(self) -> str:
        """Return the next unit, and go on."""
        self.at += 1
        return self.units[self.at - 1 : self.at]

    def skip(self, text: str) -> bool:
        """Go past a text if it is what comes next."""
        if self.units.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what a pattern matches here."""
        found = pattern.match(self.units, self.at)
        if found:
            self.at = found.end()
        return found

    def error(self, message: str, at: int | None = None, *, hint: str = "") -> RegexError:
        """Make the error for a fault here, or at another place."""
        before = self.units[: self.at if at is None else at]
        return RegexError(message, len(from_units(before)) + 1, hint=hint)
