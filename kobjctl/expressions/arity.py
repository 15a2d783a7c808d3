"""How many values a member of the language takes."""

from typing import NamedTuple


class Arity(NamedTuple):
    """The least and the most values that something takes; None is any number."""

    least: int
    most: int | None

    def takes(self, count: int) -> bool:
        """Return whether it can have so many values."""
        return self.least <= count and (self.most is None or count <= self.most)

    def __str__(self) -> str:
        """Describe it: `2 values`, `1 or 2 values`, `0 to 2 values`, `at least 1 value`."""
        least, most = self
        if most is None:
            return f"at least {least} {'value' if least == 1 else 'values'}"
        if most == 0:
            return "no values"
        noun = "value" if most == 1 else "values"
        between = "or" if most == least + 1 else "to"
        return f"{most} {noun}" if least == most else f"{least} {between} {most} {noun}"
