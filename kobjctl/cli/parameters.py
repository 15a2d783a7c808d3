"""What a command's parameters take, as its function declares them, and how a value is read.

typer has objects of its own for this, which differ from version to version, and so do its words.
"""

import inspect
import math
from collections.abc import Callable, Mapping
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

# More than any list has, and not more than SQLite can count.
MOST: Final = 1_000_000_000


class DeclaredParameter(NamedTuple):
    """What a parameter takes: the kind of its values, and between which bounds."""

    kind: type = bool
    least: float | None = None
    most: float | None = None
    default: Any = None
    help: str = ""

    @property
    def is_flag(self) -> bool:
        """Return whether it is an option that takes no value."""
        return self.kind is bool

    @property
    def choices(self) -> list[str]:
        """The words it takes, where these are fixed."""
        return [str(each.value) for each in self.kind] if issubclass(self.kind, Enum) else []

    def read(self, text: str) -> Any:
        """Return the value that a text stands for; raises ValueError with what is wrong with it."""
        if self.kind in (int, float):
            return self._number(text)
        if self.choices and text not in self.choices:
            listed = ", ".join(f'"{each}"' for each in self.choices)
            raise ValueError(f'"{text}" is not one of {listed}')
        return self.kind(text)

    def _number(self, text: str) -> float:
        try:
            number: float = self.kind(text)
        except ValueError:
            number = math.nan
        if math.isnan(number):
            noun = "not a whole number" if self.kind is int else "not a number"
            raise ValueError(f'"{text}" is {noun}')
        least = -math.inf if self.least is None else self.least
        most = math.inf if self.most is None else self.most
        if not least <= number <= most:
            raise ValueError(f"{number} is {self._bounds}")
        return number

    @property
    def _bounds(self) -> str:
        if self.least is None:
            return f"more than {self.most:,}"
        if self.most is None:
            return f"less than {self.least:,}"
        return f"not from {self.least:,} to {self.most:,}"


def declared_parameters(function: Callable[..., Any] | None) -> Mapping[str, DeclaredParameter]:
    """Return what each parameter of a command's function takes, by its name."""
    if function is None:
        return {}
    declared = inspect.signature(function).parameters.values()
    return {
        each.name: _declared_parameter(each)
        for each in declared
        if get_origin(each.annotation) is Annotated
    }


def _declared_parameter(declared: inspect.Parameter) -> DeclaredParameter:
    annotation, option = get_args(declared.annotation)
    if isinstance(annotation, UnionType):
        annotation = next(each for each in get_args(annotation) if each is not type(None))
    many = get_origin(annotation) is list
    return DeclaredParameter(
        get_args(annotation)[0] if many else annotation,
        least=option.min,
        most=option.max,
        default=declared.default,
        help=option.help,
    )
