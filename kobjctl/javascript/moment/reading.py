"""Read a value as a date, as `moment(value)` does on a server whose clock is in UTC."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from kobjctl.javascript.moment.calendar import clip
from kobjctl.javascript.moment.iso import iso_layout, read_iso
from kobjctl.javascript.moment.javascript_date import read_javascript
from kobjctl.javascript.moment.rfc2822 import match_rfc2822, read_rfc2822
from kobjctl.model.values import Json, MissingValue

Date: TypeAlias = Json | MissingValue | datetime

MAX_DATE_TEXT: Final = 1000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

# As the platform writes times, and as most payloads do.
_USUAL: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z"
_ASP_NET: Final = re.compile(r"/?date\((-?[0-9]+)", re.IGNORECASE | re.ASCII)


def read_instant(value: Date) -> int | None:
    """Return the milliseconds since 1970 that a value stands for; None where it is no date.

    A number is milliseconds since 1970. Text is ASP.NET's `/Date(...)/`, ISO 8601, RFC 2822, or
    else what JavaScript's Date makes of it, without an offset in UTC.

    Unlike moment, which takes a value that isn't there, `{}` and `[]` for now, and lists and
    objects for the parts of a date: these are no dates here. Nor is text beyond
    `MAX_DATE_TEXT` characters.
    """
    if isinstance(value, str):
        return _read_text(value) if len(value) <= MAX_DATE_TEXT else None
    if isinstance(value, datetime):
        return _instant_of(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return clip(value)


def is_date(value: Date) -> bool:
    """Return whether a value is a date."""
    return read_instant(value) is not None


def _instant_of(aware: datetime) -> int:
    return (aware - EPOCH) // timedelta(milliseconds=1)


def _read_text(text: str) -> int | None:
    if re.fullmatch(_USUAL, text):
        try:
            return _instant_of(datetime.fromisoformat(text))
        except ValueError:
            # No such day or hour, or one that only moment knows: the year 0, 24 o'clock.
            pass
    milliseconds = _ASP_NET.match(text)
    if milliseconds:
        return clip(int(milliseconds[1]))
    layout = iso_layout(text)
    if layout:
        return read_iso(text, layout)
    message_date = match_rfc2822(text)
    return read_rfc2822(message_date) if message_date else read_javascript(text)
