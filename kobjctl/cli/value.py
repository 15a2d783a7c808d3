"""A value that a command is given: typed, from the environment or from standard input."""

import os
from typing import Annotated

import typer

from kobjctl.cli.hook import read_input
from kobjctl.model.errors import UsageError

Value = Annotated[str | None, typer.Argument(help="The value; - takes it from standard input.")]
Env = Annotated[
    str | None, typer.Option(metavar="NAME", help="Take the value from the environment.")
]


def read_value(value: str | None, env: str | None) -> str:
    """Give the value; of standard input, without the line end it may have.

    Raises UsageError unless it is given in just one way.
    """
    if (value is None) == (env is None):
        raise UsageError("say the value once", hint="VALUE, - for standard input, or --env NAME")
    if env is not None:
        if env not in os.environ:
            raise UsageError(f'the environment has no "{env}"', hint=f"export {env}=...")
        return os.environ[env]
    if value != "-":
        return value or ""
    try:
        return read_input("-").decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError("the value on standard input is not UTF-8") from error
