"""Compile a function call: taken apart once, called in every run.

Source: `manual/platform.md 5.1`.
"""

from collections.abc import Callable
from typing import TypeAlias

from kobjctl.expressions.functions.table import FUNCTIONS, Function, FunctionCall, FunctionContext
from kobjctl.expressions.references import FUNCTION_MARK, MARK, close_name, follow
from kobjctl.model.errors import did_you_mean
from kobjctl.model.secrets import hidden as secrets
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue

CompiledFunction: TypeAlias = Callable[
    [dict[str, JsonObject], FunctionContext], Json | MissingValue
]


def compile_function(text: str) -> CompiledFunction:
    """Compile `/#fn:<name>,<path>,<argument>`; the mark in front may be left out.

    What it gives is a JSON value, or `MISSING` where there is no result, with a warning that
    says why. An unknown function resolves to `MISSING`, as on the platform, and so does a path
    written as a reference (`/#steps...`): the path of a function is bare.
    """
    name, comma, rest = text.removeprefix(FUNCTION_MARK).partition(",")
    known = FUNCTIONS.get(name)
    if known is None:
        close = did_you_mean(name, FUNCTIONS)
        return _nothing(f'no function is called "{name}", so it returns nothing. {close}'.rstrip())
    path, arguments = known.split(rest) if comma else (None, ())
    least, most = known.arity
    count = len(arguments) + (path is not None)
    if count < least:
        return _nothing(f"{name} needs at least {_parts(least)}, so it returns nothing")
    notes = _notes(known, path)
    if most is not None and count > most:
        notes.append(f"{name} takes at most {_parts(most)} and ignores the others")
        arguments = arguments[: most - 1]
    return _compile_call(known, path, arguments, notes)


def _notes(known: Function, path: str | None) -> list[str]:
    """Describe what is worth knowing of every run of a call."""
    notes = []
    if not known.confirmed:
        notes.append(f"{known.name} is not confirmed: public sources only mention its name")
    if path and path.startswith(MARK):
        notes.append(f'the path of a function takes no "/#": write "{path.removeprefix(MARK)}"')
    return notes


def _parts(count: int) -> str:
    return f"{count} {'part' if count == 1 else 'parts'} after its name"


def _compile_call(
    known: Function, path: str | None, arguments: tuple[str, ...], notes: list[str]
) -> CompiledFunction:
    segments = () if path is None else tuple(path.split("."))

    def call(scope: dict[str, JsonObject], context: FunctionContext) -> Json | MissingValue:
        """Return what the function makes of its path and arguments."""
        for note in notes:
            context.warn(note)
        value = follow(scope, segments) if segments else MISSING
        if value is MISSING and segments and not known.may_miss:
            context.warn(f'{known.name} found nothing at "{path}"{close_name(scope, segments)}')
        result = known.function(FunctionCall(value, path, arguments, context))
        if not secrets().known:
            return result
        again = context._replace(warn=_say_nothing)
        return secrets().derived(
            result,
            lambda masked: known.function(FunctionCall(masked, path, arguments, again)),
            value,
        )

    return call


def _say_nothing(message: str) -> None:
    pass


def _nothing(warning: str) -> CompiledFunction:
    def call(scope: dict[str, JsonObject], context: FunctionContext) -> MissingValue:
        context.warn(warning)
        return MISSING

    return call
