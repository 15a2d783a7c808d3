"""The blocks that handlebars.js brings: if, unless, each, with."""

from typing import Any

from kobjctl.expressions.handlebars.helpers.table import BlockParts, helper
from kobjctl.expressions.handlebars.scope import Body, Emit, Lookup, TagScope
from kobjctl.expressions.handlebars.sections import by_helper, each, inside
from kobjctl.javascript.coercion import is_empty, truthy
from kobjctl.model.values import Json, MissingValue


@helper(
    "if",
    1,
    "{{#if steps.1.fax}}by fax{{else}}by mail{{/if}}",
    "{{#if 0 includeZero=true}}a number{{/if}}",
    confirmed=True,
    kind="block",
    options=("includeZero",),
)
def if_block(parts: BlockParts) -> Emit:
    """Print the block if the value is there: not false, null, 0, empty text or empty list.

    With includeZero=true, 0 counts as being there.
    """
    return _if(parts, parts.body, parts.inverse)


@helper(
    "unless",
    1,
    "{{#unless steps.1.fax}}no fax{{/unless}}",
    confirmed=True,
    kind="block",
    options=("includeZero",),
)
def unless_block(parts: BlockParts) -> Emit:
    """Print the block if the value is not there; the opposite of `if`."""
    return _if(parts, parts.inverse, parts.body)


def _if(parts: BlockParts, body: Body, inverse: Body) -> Emit:
    (value,) = parts.values
    show, show_inverse = by_helper(body), by_helper(inverse)
    zero: Lookup | None = parts.hash.get("includeZero")
    if zero:
        holds = _with_zero(value, zero)
        return lambda scope: show(scope) if holds(scope) else show_inverse(scope)

    def emit(scope: TagScope) -> Any:
        return show(scope) if shows(value(scope)) else show_inverse(scope)

    return emit


def shows(value: Json | MissingValue) -> bool:
    """Return whether `if` prints its block for a value."""
    if value:
        return truthy(value)
    return isinstance(value, dict)


def _with_zero(value: Lookup, zero: Lookup) -> Lookup:
    def holds(scope: TagScope) -> bool:
        found = value(scope)
        return not is_empty(found) and (truthy(found) or truthy(zero(scope)))

    return holds


@helper(
    "each",
    1,
    "{{#each steps.1.items}}{{@index}}: {{n}} x {{sku}}; {{/each}}",
    confirmed=True,
    kind="block",
)
def each_block(parts: BlockParts) -> Emit:
    """Print the block once for each item of a list or an object, the else if there is none.

    Inside, `this` is the item; @index, @key, @first and @last tell where it is.
    """
    (value,) = parts.values
    body, show_inverse = parts.body, by_helper(parts.inverse)

    def emit(scope: TagScope) -> Any:
        items = value(scope)
        if items and isinstance(items, list | dict):
            return each(scope, body, items)
        return show_inverse(scope)

    return emit


@helper(
    "with", 1, "{{#with steps.1.items.0}}{{n}} x {{sku}}{{/with}}", confirmed=True, kind="block"
)
def with_block(parts: BlockParts) -> Emit:
    """Print the block with the value as `this`, the else if the value is not there."""
    (value,) = parts.values
    body, show_inverse = parts.body, by_helper(parts.inverse)

    def emit(scope: TagScope) -> Any:
        found = value(scope)
        if is_empty(found):
            return show_inverse(scope)
        return inside(scope, body, found, [found])

    return emit
