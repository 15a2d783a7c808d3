"""The function that asks whether a value is there.

Source: `manual/platform.md 4.4, 5.2` (what exists).
"""

from kobjctl.expressions.functions.table import FunctionCall, function
from kobjctl.model.values import MISSING, MissingValue


@function(
    "ifExists",
    (2, 3),
    "/#fn:ifExists,steps.1.email,yes",
    "/#fn:ifExists,steps.1.fax,yes,no",
    may_miss=True,
)
def if_exists(call: FunctionCall) -> str | MissingValue:
    """Give a text where a value is there, neither missing nor null; else another, or nothing.

    That the other text is the last argument is not confirmed.
    """
    if call.value is not MISSING and call.value is not None:
        return call.arguments[0]
    otherwise = call.argument(1)
    if otherwise is None:
        return MISSING
    call.warn("the last text of ifExists is the one for a missing value (not confirmed)")
    return otherwise
