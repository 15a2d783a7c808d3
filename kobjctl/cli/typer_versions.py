"""What has no public name in typer, or differs between its versions.

Up to 0.24 typer stands on click; from 0.25 on it carries a click of its own. All that the command
line needs to know of the one and the other stands here.
"""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import typer

# The errors of the click that this typer stands on.
_errors: Any = sys.modules[typer.BadParameter.__module__]
WrongUsage = _errors.UsageError
MissingParameter = _errors.MissingParameter
NoSuchOption = _errors.NoSuchOption
BadOptionUsage = _errors.BadOptionUsage


class ValueReader:
    """What reads the value of one parameter in typer's place.

    From 0.25 on typer asks a parameter for `get_runtime_param()` and that for `coerce()`. Its own
    answer imports pydantic for the first text or number of a command, which takes as long as all
    else that a start does. Up to 0.24 it asks the parameter for `type_cast_value()`.
    """

    def __init__(self, param: Any, read: Callable[[Any, Any, str], Any]) -> None:
        """Take the parameter, and what reads one text of it in a context."""
        self._param = param
        self._read = read

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value that was meant; what is no text, as a default, stays as it is."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if isinstance(value, list | tuple):
            return tuple(self.coerce(each, param, ctx) for each in value)
        return self._read(ctx, param, value) if isinstance(value, str) else value

    def get_runtime_param(self) -> "ValueReader":
        """Return what typer from 0.25 on reads the value with."""
        return self

    def type_cast_value(self, ctx: Any, value: Any) -> Any:
        """Read a value for typer up to 0.24."""
        return self.coerce(value, self._param, ctx)


def read_with(params: Iterable[Any], read: Callable[[Any, Any, str], Any]) -> None:
    """Let texts that these parameters are given be read by `read(context, parameter, text)`."""
    for param in params:
        reader = ValueReader(param, read)
        for name in ("get_runtime_param", "type_cast_value"):
            if hasattr(param, name):
                setattr(param, name, getattr(reader, name))


def params_of(function: Callable[..., None]) -> list[Any]:
    """Return the parameters that typer makes of what a function declares."""
    app = typer.Typer(add_completion=False)
    app.command()(function)
    return list(typer.main.get_command(app).params)
