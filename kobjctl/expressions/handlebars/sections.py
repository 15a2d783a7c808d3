"""Enter the programs of blocks: with the same context, with another one, once for each item."""

from collections.abc import Callable, Iterable
from typing import Any

from kobjctl.expressions.handlebars.scope import (
    NULL_CONTEXT,
    Body,
    Emit,
    Lookup,
    RenderState,
    TagScope,
)
from kobjctl.javascript.coercion import keys_of, loosely_equal, text_of
from kobjctl.model.values import MISSING, Json, MissingValue


def same(body: Body) -> Emit:
    """Enter a program with the context as it is."""
    emit = body.emit
    if not body.uses.blocks:
        return emit

    def enter(scope: TagScope) -> Any:
        blocks = (None, *scope.blocks)
        return emit(TagScope(scope.this, scope.depths, scope.data, blocks, scope.run))

    return enter


def by_helper(body: Body) -> Emit:
    """Enter a program as a helper does: a null context becomes an empty object."""
    emit = same(body)

    def enter(scope: TagScope) -> Any:
        if scope.this is None:
            scope = TagScope(NULL_CONTEXT, scope.depths, scope.data, scope.blocks, scope.run)
        return emit(scope)

    return enter


def inside(scope: TagScope, body: Body, this: Json, params: list[Any]) -> Any:
    """Enter a program with another context."""
    depths, blocks = scope.depths, scope.blocks
    if body.uses.depths and not _context_test(depths[0], scope.run)(this):
        depths = (this, *depths)
    if body.uses.blocks:
        blocks = (params, *blocks)
    return body.emit(TagScope(this, depths, scope.data, blocks, scope.run))


def each(scope: TagScope, body: Body, items: list[Json] | dict[str, Json]) -> str:
    """Enter a program once for each item of a list or an object."""
    uses, run = body.uses, scope.run
    run.spend(len(items) * uses.steps)
    run.printing(len(items) * uses.text)
    pairs = (
        enumerate(items)
        if isinstance(items, list)
        else ((key, items[key]) for key in keys_of(items))
    )
    if uses.data or uses.depths or uses.blocks:
        return _joined(_each_with_all(scope, body, pairs, len(items)))
    inner = TagScope(None, scope.depths, scope.data, scope.blocks, run)
    emit = body.emit
    pieces = []
    for _, inner.this in pairs:
        pieces.append(emit(inner))
    return _joined(pieces)


def _joined(pieces: list[Any]) -> str:
    try:
        return "".join(pieces)
    except TypeError:  # where the block stands beside another one, it may give a number
        return "".join(map(text_of, pieces))


def _each_with_all(
    scope: TagScope, body: Body, pairs: Iterable[tuple[str | int, Json]], count: int
) -> list[str]:
    """Enter a program for each item, with `@index` and the like, `../` and block params.

    One scope serves all items: nothing keeps it once an item is printed.
    """
    emit, uses, depths, blocks = body.emit, body.uses, scope.depths, scope.blocks
    data = {**scope.data, "_parent": scope.data} if uses.data else scope.data
    is_context = _context_test(depths[0], scope.run) if uses.depths else None
    inner = TagScope(None, depths, data, blocks, scope.run)
    pieces = []
    for index, (key, item) in enumerate(pairs):
        inner.this = item
        if uses.data:
            data["key"] = key
            data["index"] = index
            data["first"] = index == 0
            data["last"] = index + 1 == count
        if is_context:
            inner.depths = depths if is_context(item) else (item, *depths)
        if uses.blocks:
            inner.blocks = ([item, key], *blocks)
        pieces.append(emit(inner))
    return pieces


def _context_test(context: Json, run: RenderState) -> Callable[[Json], bool]:
    """Return the test whether a value is loosely equal to a context; then `../` does not grow.

    The text of a list is made once and not for each item.
    """
    is_object = isinstance(context, dict | list)
    shown = run.text(context) if isinstance(context, list) else context

    def test(value: Json) -> bool:
        """Return whether a value is loosely equal to the context."""
        if value is context or (value is NULL_CONTEXT and context is None):
            return True
        if isinstance(value, dict | list):
            if is_object:
                return False
            run.spend(len(value))
        return loosely_equal(value, shown)

    return test


def section(value: Lookup, body: Body, inverse: Body) -> Emit:
    """Print `{{#value}}`: for each item of a list, with an object as context, or not at all."""
    show, show_inverse = same(body), same(inverse)

    def emit(scope: TagScope) -> Any:
        """Return what the section prints in a scope."""
        found: Json | MissingValue = value(scope)
        if found is True:
            return show(scope)
        if found is False or found is None or found is MISSING:
            return show_inverse(scope)
        if isinstance(found, list):
            return each(scope, body, found) if found else show_inverse(scope)
        # handlebars.js hands the block params of all programs around on as those of this one.
        return inside(scope, body, found, list(scope.blocks))

    return emit
