"""What is wrong with how a command was called, in our words, from the fields of typer's errors."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kobjctl.cli.help_page import argument_name
from kobjctl.cli.parameters import DeclaredParameter
from kobjctl.cli.typer_versions import (
    BadOptionUsage,
    MissingParameter,
    NoSuchOption,
    WrongUsage,
    read_with,
)
from kobjctl.model.errors import UsageError, did_you_mean


def read_params(params: Iterable[Any], declared: Mapping[str, DeclaredParameter]) -> None:
    """Let the values of parameters be read as what they take; a flag's is what it is."""

    def read(ctx: Any, param: Any, text: str) -> Any:
        """Return the value that a text stands for; raise UsageError for another."""
        try:
            return declared[param.name].read(text)
        except ValueError as error:
            raise UsageError(
                f"invalid value for {shown_name(param)}: {error}", hint=help_of(ctx)
            ) from error

    known = (each for each in params if each.name in declared or getattr(each, "is_flag", False))
    read_with(known, read)


@contextmanager
def wrong_usage(ctx: Any) -> Iterator[None]:
    """Turn an error of typer about how the command of a context was called into ours."""
    try:
        yield
    except WrongUsage as error:
        raise usage_error(error, ctx) from error


def usage_error(error: Any, ctx: Any) -> UsageError:
    """Return our error for one of typer, with what to do about it."""
    params = ctx.command.get_params(ctx)
    if isinstance(error, NoSuchOption):
        known = [name for each in params if not each.hidden for name in each.opts]
        hint = did_you_mean(error.option_name, known)
        return UsageError(f'no such option "{error.option_name}"', hint=hint or help_of(ctx))
    if isinstance(error, MissingParameter):
        return UsageError(
            f"missing {error.param.param_type_name} {shown_name(error.param)}", hint=help_of(ctx)
        )
    if isinstance(error, BadOptionUsage):
        named = next((each for each in params if error.option_name in each.opts), None)
        fault = "does not take a value" if getattr(named, "is_flag", False) else "needs a value"
        return UsageError(f'option "{error.option_name}" {fault}', hint=help_of(ctx))
    fact = str(error.format_message()).rstrip(".")
    return UsageError(fact[:1].lower() + fact[1:].replace("'", '"'), hint=help_of(ctx))


def help_of(ctx: Any) -> str:
    """Return the command that shows the help of a context's command."""
    return f"{ctx.command_path} --help"


def shown_name(param: Any) -> str:
    """Return a parameter's name in quotes: `"FILE"`, or `"--limit" / "-n"`."""
    if param.param_type_name == "argument":
        return f'"{argument_name(param)}"'
    return " / ".join(f'"{name}"' for name in param.opts)
