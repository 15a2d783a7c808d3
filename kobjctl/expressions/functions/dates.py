"""The function that writes dates.

Source: `manual/platform.md 5.2, 6.3` (the time zone).
"""

from kobjctl.expressions.functions.table import FunctionCall, function, split_at_first_comma
from kobjctl.javascript.misreadings import no_date
from kobjctl.model.values import MISSING, MissingValue


@function(
    "dateFormat",
    (1, 2),
    "/#fn:dateFormat,steps.1.at",
    "/#fn:dateFormat,steps.1.at,dddd, MMMM Do",
    split=split_at_first_comma,
    gives="text",
)
def date_format(call: FunctionCall) -> str | MissingValue:
    """Write a date in UTC, in a format of moment.js such as `LL` or `dddd, MMMM Do`.

    Without a format: `2020-10-01T12:06:20Z`. Text that is no date gives `Invalid date`, as in
    moment.js; a path that leads nowhere gives nothing (not confirmed).
    """
    from kobjctl.javascript.moment.formatting import format_moment  # noqa: PLC0415 - only dates
    from kobjctl.javascript.moment.reading import read_instant  # noqa: PLC0415 - need them

    if call.value is MISSING:
        return MISSING
    if read_instant(call.value) is None:
        call.warn(no_date(call.value))
    return format_moment(call.value, call.argument(0))
