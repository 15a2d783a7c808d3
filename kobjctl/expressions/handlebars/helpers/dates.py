"""Helpers for dates, which work as moment.js does (see `kobjctl.javascript.moment`)."""

import math
from typing import Final

from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import HelperContext
from kobjctl.javascript.coercion import Value, number_of, string_of
from kobjctl.javascript.misreadings import no_date
from kobjctl.javascript.numbers import NAN, number_text
from kobjctl.model.values import MISSING

STEPS: Final = 10


@helper("date", (0, 1), "{{date}}", '{{date "days" count=7}}', confirmed=True, options=("count",))
def date(context: HelperContext, unit: Value = "day") -> str:
    """Return the present time, `count` units earlier (later, where count is negative).

    Units are year, day, hour, minute and their plurals; the time reads
    YYYY-MM-DDTHH:mm:ss.SSSZ.
    """
    from kobjctl.javascript import moment  # noqa: PLC0415 - only templates with dates need it

    count = number_of(context.hash.get("count", 0))
    if math.isnan(count):
        context.warn("the count of date is not a number; it counts as 0")
        count = 0.0
    context.spend(STEPS)
    text = moment.shift(context.context.now(), string_of(unit), count)
    if text == moment.INVALID_DATE:
        context.warn(f"{number_text(count)} {string_of(unit)} go beyond the dates of JavaScript")
    return text


@helper(
    "dateFormat",
    1,
    '{{dateFormat steps.1.at format="D MMM YYYY, HH:mm"}}',
    confirmed=True,
    options=("format",),
)
def date_format(context: HelperContext, value: Value) -> str:
    """Return a date in a format of moment.js, such as `LL` or `YYYY-MM-DD HH:mm`."""
    from kobjctl.javascript import moment  # noqa: PLC0415 - only templates with dates need it

    if value is MISSING or value is None:
        context.warn("dateFormat has no date, so it prints nothing (not confirmed)")
        return ""
    context.spend(STEPS)
    form = context.hash.get("format")
    text = moment.format_moment(value, None if form is MISSING or form is None else string_of(form))
    if text == moment.INVALID_DATE:
        context.warn(no_date(value))
    return text


@helper(
    "dateDiff",
    1,
    '{{dateDiff "days" from=steps.1.at to=steps.1.due}}',
    confirmed=True,
    options=("from", "to"),
)
def date_diff(context: HelperContext, unit: Value) -> float:
    """Return the units (`days`, `milliseconds`, ...) between the dates `from` and `to`."""
    from kobjctl.javascript import moment  # noqa: PLC0415 - only templates with dates need it

    start, end = context.hash.get("from", MISSING), context.hash.get("to", MISSING)
    if start is MISSING or start is None or end is MISSING or end is None:
        context.warn("dateDiff needs two dates; the result is NaN")
        return NAN
    context.spend(STEPS)
    for value in (start, end):
        if not moment.is_date(value):
            context.warn(f"{no_date(value)}; the result is NaN")
    return moment.difference(string_of(unit), start, end)
