"""What a JSON text has and the value that JavaScript reads from it has not."""

from typing import Final, Literal, NamedTuple

from kobjctl.javascript.numbers import number_text
from kobjctl.model.values import JsonPath

LossKind = Literal["equal keys", "half pair", "too large", "digits"]


class Loss(NamedTuple):
    """One loss: the path of the value, the offsets of its text (for equal keys, of the second).

    `held` is the number in place of one that no double is.
    """

    kind: LossKind
    path: JsonPath
    start: int
    end: int
    held: float = 0.0

    def told(self, text: str) -> str:
        """Say what is lost of a text."""
        place = f'"{".".join(map(str, self.path))}"' if self.path else "the value"
        written = text[self.start : self.end]
        return f"{place} {_TOLD[self.kind].format(written=written, held=number_text(self.held))}"


_TOLD: Final[dict[LossKind, str]] = {
    "equal keys": "is there twice: the last value counts",
    "half pair": "has half of a surrogate pair, which is read as \ufffd",
    "too large": "is a number too large for JavaScript, which is read as Infinity",
    "digits": "loses digits: {written} is read as {held}; text keeps them all",
}
