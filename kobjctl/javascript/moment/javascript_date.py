"""Read the dates that only JavaScript's Date reads, as V8, the engine of Node.js, does.

moment hands over text that is neither ISO 8601 nor RFC 2822. V8 first tries the form that the
language defines; what that form does not take is read word by word (`javascript_words`).
"""

import re
from typing import Final

from kobjctl.javascript.moment.calendar import clip, put_together
from kobjctl.javascript.moment.javascript_words import DateWords, read_milliseconds

_YEAR: Final = r"((?!-0{6})[+-]\d{6}|\d{4})(?!\d)"
_MONTH: Final = r"(0[1-9]|1[0-2])(?!\d)"
_DAY: Final = r"(0[1-9]|[12]\d|3[01])(?!\d)"
# Text until its first use, when `re` compiles and keeps it: that takes milliseconds.
_ISO: Final = (
    rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?"
    r"(?:[Tt]([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?"
    r"(?:[Zz]|([+-])([01]\d|2[0-3]):?([0-5]\d))?)?"
)
# What V8 has taken by the form of the language when it finds that the rest is of another.
_ISO_BEGINNING: Final = rf"{_YEAR}(?:-(?:{_MONTH}(?:-(?:{_DAY})?)?)?)?"


def read_javascript(text: str) -> int | None:
    """Return the milliseconds of `new Date(text)` in UTC; None where it is an invalid date."""
    text = text.partition("\0")[0]
    found = re.fullmatch(_ISO, text, re.ASCII)
    if found:
        return _read_iso(found)
    beginning = re.match(_ISO_BEGINNING, text, re.ASCII)
    numbers = [int(part) for part in beginning.groups() if part] if beginning else []
    return DateWords(numbers).read(text, beginning.end() if beginning else 0)


def _read_iso(found: re.Match[str]) -> int | None:
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = found.groups("0")
    if hour == "24" and (minute + second + fraction).strip("0"):
        return None
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    date = (int(year), int(month) or 1, int(day) or 1)
    time = (int(hour), int(minute) - offset, int(second), read_milliseconds(fraction))
    return clip(put_together(*date, *time))
