"""The functions that write dates, and know business hours.

Source: `manual/platform.md 5.2, 5.3, 6.3` (the time zone).
"""

import re
from datetime import datetime, timedelta
from typing import Final

from kobjctl.expressions.functions.schedule import OFFICE_HOURS, BusinessSchedule
from kobjctl.expressions.functions.table import (
    FunctionCall,
    Parts,
    function,
    split_at_commas,
    split_at_first_comma,
)
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


_ID: Final = re.compile(r"[0-9a-fA-F]{24}")


def split_schedule(text: str) -> Parts:
    """Split into the path of a date and the id of a schedule; a lone id is the schedule's."""
    path, arguments = split_at_commas(text)
    if path and not arguments and _ID.fullmatch(path):
        return None, (path,)
    return path or None, arguments


@function(
    "inBusinessHours",
    (0, 2),
    "/#fn:inBusinessHours,steps.1.at",
    split=split_schedule,
    gives="true or false",
)
def in_business_hours(call: FunctionCall) -> bool | MissingValue:
    """Return whether a date, or else the present time, is within business hours.

    The path of a date may be left out, and so may the id of a schedule: without it the org's
    default schedule counts. Where no schedule is known, business hours are Monday to Friday,
    9:00 to 17:00 UTC (not confirmed, with a warning). Nothing, with a warning, where no date is.
    """
    at = call.context.now() if call.path is None else _date(call)
    if at is None:
        return MISSING
    return _schedule(call).is_open(at)


def _date(call: FunctionCall) -> datetime | None:
    from kobjctl.javascript.moment.reading import EPOCH, read_instant  # noqa: PLC0415 - see dates

    instant = read_instant(call.value)
    try:
        if instant is not None:
            return EPOCH + timedelta(milliseconds=instant)
    except OverflowError:
        pass
    if call.value is not MISSING:
        call.warn(no_date(call.value))
    return None


def _schedule(call: FunctionCall) -> BusinessSchedule:
    wanted = call.argument(0) or ""
    found = call.context.schedules.get(wanted)
    if found is None:
        which = (
            f'no business schedule is called "{wanted}"'
            if wanted
            else "the org has no business schedule"
        )
        call.warn(
            f"{which}; business hours are then Monday to Friday, 9:00 to 17:00 UTC (not confirmed)"
        )
    return found or OFFICE_HOURS
