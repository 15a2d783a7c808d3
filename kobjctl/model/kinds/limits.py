"""What a field takes beyond its type: the limits that help shows and both checks and casts keep.

Most are plain classes: a named tuple takes 0.1 ms to make, at every start.
"""

from typing import Final, NamedTuple, TypeAlias

from kobjctl.model.clock import parse_instant
from kobjctl.model.errors import BadParamError, did_you_mean
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json


class Length(NamedTuple):
    """A limit on the characters of a text."""

    most: int
    least: int = 0

    def __str__(self) -> str:
        """Say the limit: `1 to 256 characters`."""
        start = f"{self.least} to" if self.least else "up to"
        return f"{start} {self.most:,} characters"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for a text outside the limit."""
        if isinstance(value, str) and not self.least <= len(value) <= self.most:
            raise BadParamError(f"{name} must have {self}, not {len(value):,}", parameter=name)


class OneOf(NamedTuple):
    """The only texts that a field takes."""

    options: tuple[str, ...]

    def __str__(self) -> str:
        """Say the options: `one of open, done`."""
        return f"one of {', '.join(self.options)}"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for any other text."""
        if value not in self.options:
            hint = did_you_mean(str(value), self.options)
            raise BadParamError(f'{name} must be {self}, not "{value}"', parameter=name, hint=hint)


# Below this exponent JavaScript writes it.
_LAST_PLAIN: Final = -6


class IntegerRange(NamedTuple):
    """The whole numbers that a field takes."""

    least: int
    most: int

    def __str__(self) -> str:
        """Say the limit: `whole, 1 to 5`."""
        return f"whole, {self.least} to {self.most}"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for any other number."""
        if not self.least <= value <= self.most or value != int(value):
            raise BadParamError(
                f"{name} must be a whole number from {self.least} to {self.most},"
                f" not {_written(value)}",
                parameter=name,
            )


def _written(number: float) -> str:
    """Return a number as JavaScript writes it: 0.00005 for 5e-05."""
    mantissa, _, exponent = repr(number).replace("inf", "Infinity").partition("e")
    power = int(exponent or 0)
    if not power:
        return mantissa
    if power > 0 or power < _LAST_PLAIN:
        return f"{mantissa}e{power:+}"
    decimals = len(mantissa.partition(".")[2]) - power
    return f"{number:.{decimals}f}"


class ListLength:
    """A limit on the items of a list."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __str__(self) -> str:
        """Say the limit: `up to 10 items`."""
        return f"up to {self.most} items"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for a longer list."""
        if len(value) > self.most:
            raise BadParamError(f"{name} can have at most {self.most} items", parameter=name)


class IdList:
    """The ids of records, each once; at most so many, if there is a limit."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most

    def __str__(self) -> str:
        """Say the limit: `up to 10 ids`."""
        return "ids" if self.most is None else f"up to {self.most} ids"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for anything else in the list, or too much."""
        if not all(is_reference(each) for each in value):
            raise BadParamError(f"{name} must be ids of 24 hex characters", parameter=name)
        if self.most is not None and len(value) > self.most:
            raise BadParamError(f"{name} can have at most {self.most} ids", parameter=name)
        if len(set(value)) < len(value):
            raise BadParamError(f"{name} has the same id twice", parameter=name)


class Instant:
    """A date and time in a text."""

    def __str__(self) -> str:
        """Say the limit."""
        return "a date and time"

    def check(self, name: str, value: Json) -> None:
        """Raise BadParamError for a text that is none."""
        if parse_instant(value) is None:
            raise BadParamError(
                f"{name} must be a date and time such as 2026-01-02T03:04:05Z", parameter=name
            )


Limit: TypeAlias = Length | OneOf | IntegerRange | ListLength | IdList | Instant
