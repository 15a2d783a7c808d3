"""Compile a call of a helper: check it once, then evaluate its values and call it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kobjctl.expressions.handlebars.errors import TemplateError, quoted
from kobjctl.expressions.handlebars.helpers import Helper
from kobjctl.expressions.handlebars.scope import Emit, HelperContext, Lookup, TagScope
from kobjctl.model.errors import KobjctlError, did_you_mean
from kobjctl.model.secrets import hidden as secrets


class CallParts(NamedTuple):
    """The compiled values and hash of a call, and how to report a fault of it."""

    values: Sequence[Lookup]
    hash: Mapping[str, Lookup]
    fail: Callable[[str, str], TemplateError]


def unsuitable(helper: Helper, count: int, *, opens_block: bool) -> str:
    """Describe why a helper can't be called so; empty when it can."""
    if helper.kind == "block" and not opens_block:
        return f'"{helper.name}" is a block: write {{{{#{helper.name} ...}}}}'
    if not helper.arity.takes(count):
        return f'"{helper.name}" needs {helper.arity}'
    return ""


def named(helper: Helper, count: int) -> str:
    """Describe how a helper takes what is given as one value too many, if it is an option."""
    _, most = helper.arity
    if not helper.options or most is None or count <= most:
        return ""
    options = " ".join(f"{option}=..." for option in helper.options)
    return f"an option needs its name: {{{{{helper.name} ... {options}}}}}"


def unknown_options(helper: Helper, given: Iterable[str]) -> list[tuple[str, str]]:
    """Describe each option that a helper doesn't have, and which it has; it is ignored."""
    has = f"it takes {', '.join(helper.options)}" if helper.options else "it takes none"
    return [
        (f'"{helper.name}" has no option {quoted(name)}', did_you_mean(name, helper.options) or has)
        for name in given
        if name not in helper.options
    ]


def call_of(helper: Helper, parts: CallParts, doubts: Sequence[str] = ()) -> Lookup:
    """Compile a call of a helper that gives a value; `doubts` are told when it is called."""
    function = helper.function
    values, pairs = tuple(parts.values), tuple(parts.hash.items())
    if not helper.confirmed:
        doubts = (_doubt(helper), *doubts)

    def lookup(scope: TagScope) -> Any:
        """Return what the helper makes of its values and options."""
        run = scope.run
        found = [value(scope) for value in values]
        context = run.helper_context({key: value(scope) for key, value in pairs})
        if pairs:
            run.spend(sum(len(text) for text in context.hash.values() if isinstance(text, str)))
        for doubt in doubts:
            run.warn_once(doubt)
        try:
            for value in found:
                run.handle(value)
            result = function(context, *found)
            if secrets().known:
                result = _derived(result, function, context, found)
            run.handle(result)
        except KobjctlError as error:
            raise parts.fail(error.message, error.hint) from error
        return result

    return lookup


def _derived(
    result: Any, function: Callable[..., Any], context: HelperContext, found: list[Any]
) -> Any:
    """Return what a helper made of its values and options, as a secret where one of them is."""
    names = [*context.hash]

    def make(*values: Any) -> Any:
        options = dict(zip(names, values[len(found) :], strict=True))
        return function(context._replace(hash=options, warn=_say_nothing), *values[: len(found)])

    return secrets().derived(result, make, *found, *context.hash.values())


def _say_nothing(message: str) -> None:
    pass


def _doubt(helper: Helper) -> str:
    return f'the helper "{helper.name}" is not confirmed by public sources'


def failing(error: Callable[[], TemplateError]) -> Lookup:
    """Compile what can't be rendered: it fails when it is reached, and not before."""

    def lookup(scope: TagScope) -> Any:
        raise error()

    return lookup


def telling(emit: Emit, doubts: Sequence[str]) -> Emit:
    """Make a block tell its doubts before it is printed."""

    def lookup(scope: TagScope) -> Any:
        for doubt in doubts:
            scope.run.warn_once(doubt)
        return emit(scope)

    return lookup
