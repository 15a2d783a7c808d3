"""Compile a path into a function that walks it."""

import re
from collections.abc import Callable
from functools import reduce
from operator import getitem
from typing import Any, Final

from kobjctl.expressions.handlebars.errors import TemplateError
from kobjctl.expressions.handlebars.scope import Lookup, RenderState, TagScope
from kobjctl.expressions.handlebars.tree import Path
from kobjctl.javascript.coercion import Value, own, truthy
from kobjctl.model.values import MISSING

# Is told of a path that leads nowhere: the scope, the value that it begins from, its parts.
Miss = Callable[[TagScope, Value, tuple[str, ...]], None]

_property: Final[Callable[[Any, str], Any]] = getitem

# A path that says it is no name of a helper: `./x`, `../x`, `this.x`. That also `is_this` counts
# is an accident of handlebars.js.
_SCOPED: Final = re.compile(r"^\.|this\b", re.ASCII)


def is_scoped(path: Path) -> bool:
    """Return whether a path begins with `.`, `..` or `this`."""
    return _SCOPED.search(path.original) is not None


def is_simple(path: Path) -> bool:
    """Return whether a path is just a name, which may be a helper's."""
    return len(path.parts) == 1 and not path.depth and not is_scoped(path)


def walk(value: Value, parts: tuple[str, ...], run: RenderState) -> Value:
    """Follow properties from a value; null stays null, and what is missing stays missing."""
    for part in parts:
        if value is None or value is MISSING:
            return value
        # The length of a text counts as JavaScript counts, which takes a walk through it.
        run.handle(value)
        value = own(value, part)
    return value


def no_miss(scope: TagScope, begin: Value, parts: tuple[str, ...]) -> None:
    """Say nothing of a path that may well lead nowhere."""


def miss_of(path: Path) -> Miss:
    """Return what warns of a path that leads nowhere."""
    return lambda scope, begin, parts: scope.run.warn_missing(path.original, begin, parts)


def _walk(begin: Value, parts: tuple[str, ...], scope: TagScope, miss: Miss) -> Value:
    value = walk(begin, parts, scope.run)
    if value is MISSING:
        miss(scope, begin, parts)
    return value


def on_context(parts: tuple[str, ...], miss: Miss) -> Lookup:
    """Compile a path from `this`."""
    if not parts:
        return lambda scope: scope.this

    def lookup(scope: TagScope) -> Any:
        """Return the value at the path below `this`, or MISSING."""
        this = scope.this
        try:
            # Only objects take a text as key; all else is for `walk`.
            return reduce(_property, parts, this)
        except (KeyError, TypeError):
            return _walk(this, parts, scope, miss)

    return lookup


def on_outer_context(depth: int, parts: tuple[str, ...], miss: Miss) -> Lookup:
    """Compile a path that begins with `../`."""

    def lookup(scope: TagScope) -> Any:
        depths = scope.depths
        return _walk(depths[depth] if depth < len(depths) else MISSING, parts, scope, miss)

    return lookup


def on_data(depth: int, parts: tuple[str, ...], miss: Miss) -> Lookup:
    """Compile a path that begins with `@`: what is falsy on the way is its end."""
    way = ("_parent",) * depth + parts

    def lookup(scope: TagScope) -> Any:
        """Return the value at the path, or the first falsy one on the way."""
        value: Value = scope.data
        for part in way:
            if not truthy(value):
                break
            value = own(value, part)
        if value is MISSING:
            miss(scope, scope.data, way)
        return value

    return lookup


def on_block_param(
    level: int, index: int, parts: tuple[str, ...], miss: Miss, fail: Callable[[], TemplateError]
) -> Lookup:
    """Compile a path that begins with a block param, `index` of the program `level` further out."""

    def lookup(scope: TagScope) -> Any:
        params = scope.blocks[level]
        if params is None:
            raise fail()
        return _walk(params[index] if index < len(params) else MISSING, parts, scope, miss)

    return lookup
