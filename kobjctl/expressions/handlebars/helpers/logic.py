"""Comparisons and logic, for sub-expressions and as blocks: `{{#eq a b}}`.

Equality is JavaScript's `===`; more and less is what it is for the operators of conditions.
Whether the platform has these helpers under these names is not known: its page of conditional
helpers has more than public sources show.
"""

from kobjctl.expressions import operators
from kobjctl.expressions.handlebars.helpers.blocks import shows
from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import HelperContext
from kobjctl.javascript.coercion import Value


@helper("eq", 2, '{{#eq steps.1.id "1234"}}the one{{else}}another{{/eq}}', kind="test")
def equal(context: HelperContext, left: Value, right: Value) -> bool:
    """Both values are the same; a text never equals a number."""
    if isinstance(left, bool | list | dict) or isinstance(right, bool):
        return left is right
    return bool(left == right)


@helper("ne", 2, '{{ne steps.1.id "1234"}}', kind="test")
def not_equal(context: HelperContext, left: Value, right: Value) -> bool:
    """The values are not the same."""
    return not equal(context, left, right)


@helper("lt", 2, "{{lt steps.1.at steps.1.due}}", kind="test")
def less(context: HelperContext, left: Value, right: Value) -> bool:
    """Left is less: as numbers if both read as numbers, else as dates, else no."""
    return operators.less(left, right)


@helper("lte", 2, "{{lte 3 3}}", kind="test")
def less_or_equal(context: HelperContext, left: Value, right: Value) -> bool:
    """Left is less or equal: as numbers if both read as numbers, else as dates, else no."""
    return operators.less_or_equal(left, right)


@helper("gt", 2, "{{#gt steps.1.total 1000}}large{{else}}small{{/gt}}", kind="test")
def greater(context: HelperContext, left: Value, right: Value) -> bool:
    """Left is greater: as numbers if both read as numbers, else as dates, else no."""
    return operators.greater(left, right)


@helper("gte", 2, '{{gte "10" 9}}', kind="test")
def greater_or_equal(context: HelperContext, left: Value, right: Value) -> bool:
    """Left is greater or equal: as numbers if both read as numbers, else as dates, else no."""
    return operators.greater_or_equal(left, right)


@helper("and", (1, None), "{{and steps.1.email steps.1.phone}}", kind="test")
def all_there(context: HelperContext, *values: Value) -> bool:
    """Every value is there, in the sense of `if`."""
    return all(map(shows, values))


@helper("or", (1, None), "{{#if (or steps.1.fax steps.1.phone)}}call{{/if}}", kind="test")
def any_there(context: HelperContext, *values: Value) -> bool:
    """At least one value is there, in the sense of `if`."""
    return any(map(shows, values))


@helper("not", 1, "{{not steps.1.fax}}", kind="test")
def not_there(context: HelperContext, value: Value) -> bool:
    """The value is not there, in the sense of `if`."""
    return not shows(value)
