"""A value that a command is given: typed, from the environment or from standard input."""

import os
from typing import Annotated, Final

import typer

from kobjctl.cli.body import read_file
from kobjctl.model.errors import UsageError

Value = Annotated[str | None, typer.Argument(help="The value; - is standard input.")]
LIMIT: Final = 16 * 1024

Env = Annotated[
    str | None, typer.Option(metavar="NAME", help="Read the value from this environment variable.")
]


def read_value(value: str | None, env: str | None) -> str:
    """Return the value; of standard input, without the line end it may have.

    Raises UsageError unless it is given in just one way and has at most 16 KB.
    """
    if (value is None) == (env is None):
        raise UsageError(
            "the value must come from one place",
            hint="add VALUE, - for standard input, or --env NAME",
        )
    given = _given(value or "", env)
    size = len(given.encode(errors="surrogatepass"))
    if size > LIMIT:
        raise UsageError(
            f"the value has {size:,} bytes; at most {LIMIT:,} are allowed",
            hint="a variable or setting is a key, a password or an address, not a file",
        )
    return given


def _given(value: str, env: str | None) -> str:
    if env is not None:
        if env not in os.environ:
            raise UsageError(f'the environment has no "{env}"', hint=f"export {env}=...")
        return os.environ[env]
    if value != "-":
        return value
    try:
        return read_file("-").decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError("the value on standard input is not UTF-8") from error
