"""Why a regular expression can't be used."""

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
