"""Read the dates that only JavaScript's Date reads, as V8, the engine of Node.js, does.

moment hands over text that is neither ISO 8601 nor RFC 2822. V8 first tries the form that the
language defines; what that form does not take is read word by word: `10/1/2020`,
`October 1, 2020`, `Thu Oct 01 2020 12:06:20 GMT+0200 (CEST)`. A number before a colon is of the
time, any other of the date, and words before the first number are passed over.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.javascript.moment.calendar import MS_PER_MINUTE, clip, put_together
from kobjctl.javascript.moment.tokens import MONTHS
from kobjctl.model.unseen import WHITESPACE

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


_TOKEN: Final = re.compile(
    rf"(?P<number>\d+)|(?P<word>[^\x00-@{WHITESPACE}]+)|(?P<space>[{WHITESPACE}])"
    r"|(?P<symbol>[:.+)-])|(?P<other>.)",
    re.ASCII | re.DOTALL,
)
_MONTH_OF: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_HALF_DAYS: Final = {"am": 0, "pm": 12}
_HOURS_OF_ZONES: Final = {
    **dict.fromkeys(("z", "ut", "utc", "gmt"), 0),
    "edt": -4,
    "est": -5,
    "cdt": -5,
    "cst": -6,
    "mdt": -6,
    "mst": -7,
    "pdt": -7,
    "pst": -8,
}

_MOST_DIGITS: Final = 9
_PARTS_OF_DATE: Final = 3
_PARTS_OF_TIME: Final = 4
_LIMITS: Final = (23, 59, 59, 999)
_DAYS: Final = range(1, 32)
_LAST_OF_2000S: Final = 49
_LAST_SHORT_YEAR: Final = 99
_MINUTES_OF_HOUR: Final = range(60)
_HOURS_OF_HALF_DAY: Final = range(13)


class UnreadableError(Exception):
    """The text is no date."""


class DateToken(NamedTuple):
    """A piece of the text: what kind it is, and what it says."""

    kind: str
    text: str

    def is_symbol(self, symbols: str) -> bool:
        """Return whether it is one of these symbols."""
        return self.kind == "symbol" and self.text in symbols


_END: Final = DateToken("end", "")


def cut(text: str, start: int) -> Iterator[DateToken]:
    """Cut a text into tokens; what stands in brackets is one."""
    while found := _TOKEN.match(text, start):
        start = _after_bracket(text, start) if found[0] == "(" else found.end()
        yield DateToken(found.lastgroup or "", found[0])
    yield _END


def _after_bracket(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    return len(text)


def read_number(digits: str) -> int:
    """Read a number; V8 keeps nine digits."""
    return int(digits.lstrip("0")[:_MOST_DIGITS] or "0")


def read_milliseconds(digits: str) -> int:
    """Read the digits after the point of the seconds."""
    if len(digits) <= len("000"):
        return int(digits.ljust(3, "0"))
    return read_number(digits) // int(10 ** (min(len(digits), _MOST_DIGITS) - 3))


class DateWords:
    """What was read so far: up to three numbers and a month by name, a time, an offset."""

    def __init__(self, numbers: list[int]) -> None:
        """Begin with the numbers of the date that are known already."""
        self._date = numbers
        self._month: int | None = None
        self._time: list[int] = []
        self._half_day: int | None = None
        self._sign = 0
        self._hours: int | None = None
        self._minutes: int | None = None
        self._tokens = iter([_END])
        self._token = _END

    def read(self, text: str, start: int) -> int | None:
        """Read a text from a place in it; give milliseconds since 1970, None for no date."""
        self._tokens = cut(text, start)
        self._next()
        try:
            self._read_all()
            date, time = self._whole_date(), self._whole_time()
        except UnreadableError:
            return None
        minutes = self._sign * ((self._hours or 0) * 60 + (self._minutes or 0))
        return clip(put_together(*date, *time) - minutes * MS_PER_MINUTE)

    def _next(self) -> DateToken:
        token = self._token
        self._token = next(self._tokens, _END)
        return token

    def _skip(self, symbol: str) -> bool:
        found = self._token.is_symbol(symbol)
        if found:
            self._next()
        return found

    def _read_all(self) -> None:
        after_number = bool(self._date)
        while (token := self._next()) is not _END:
            if token.kind == "number":
                after_number = True
                self._read_number(read_number(token.text))
            elif token.kind == "word":
                self._read_word(token.text.lower(), after_number=after_number)
            elif token.is_symbol("+-") and (self._time or (self._hours, self._minutes) == (0, 0)):
                after_number = True
                self._read_offset(-1 if token.text == "-" else 1)
            elif token.is_symbol("+-)") and after_number:
                raise UnreadableError

    def _read_number(self, number: int) -> None:
        if self._skip(":"):
            self._read_before_colon(number)
        elif self._skip(".") and self._is_time(number):
            self._time.append(number)
            if self._token.kind != "number":
                raise UnreadableError
            self._end_time(read_milliseconds(self._next().text))
        elif self._hours is not None and self._minutes is None and number in _MINUTES_OF_HOUR:
            self._minutes = number
        elif self._is_time(number):
            self._end_time(number)
            ends = self._token.kind in ("end", "space") or self._token.is_symbol("+-")
            if not ends and self._token.text.lower() != "z":
                raise UnreadableError
        elif len(self._date) == _PARTS_OF_DATE:
            raise UnreadableError
        else:
            self._date.append(number)
            self._skip("-")

    def _read_before_colon(self, number: int) -> None:
        twice = self._skip(":")
        if (twice and self._time) or len(self._time) == _PARTS_OF_TIME:
            raise UnreadableError
        self._time += [number, 0] if twice else [number]
        if not twice:
            self._skip(".")

    def _is_time(self, number: int) -> bool:
        return 0 < len(self._time) < _PARTS_OF_TIME and number <= _LIMITS[len(self._time)]

    def _end_time(self, number: int) -> None:
        self._time = [*self._time, number, 0, 0, 0][:_PARTS_OF_TIME]

    def _read_word(self, word: str, *, after_number: bool) -> None:
        if word in _HALF_DAYS and self._time:
            self._half_day = _HALF_DAYS[word]
        elif word[:3] in _MONTH_OF:
            self._month = _MONTH_OF[word[:3]]
            self._skip("-")
        elif word in _HOURS_OF_ZONES and after_number:
            hours = _HOURS_OF_ZONES[word]
            self._sign, self._hours, self._minutes = -1 if hours < 0 else 1, abs(hours), 0
        elif after_number or self._token.kind == "number":
            raise UnreadableError

    def _read_offset(self, sign: int) -> None:
        digits = self._next().text if self._token.kind == "number" else ""
        number = read_number(digits)
        self._sign = sign
        if self._token.is_symbol(":"):
            self._hours, self._minutes = number, None
        elif len(digits) in (1, 2):
            self._hours, self._minutes = number, 0
        elif len(digits) in (3, 4):
            self._hours, self._minutes = divmod(number, 100)
        else:
            raise UnreadableError

    def _whole_date(self) -> tuple[int, int, int]:
        """Tell year, month and day apart: a month by name, else `M/D/Y`, else `Y/M/D`."""
        if not self._date:
            raise UnreadableError
        first, second, third = [*self._date, 1, 1][:_PARTS_OF_DATE]
        if self._month is not None:
            month = self._month
            year, day = (second, first) if first in _DAYS else (first, second)
        elif first in _DAYS:
            year, month, day = third, first, second
        else:
            year, month, day = first, second, third
        if 0 <= year <= _LAST_SHORT_YEAR:
            year += 2000 if year <= _LAST_OF_2000S else 1900
        if not (1 <= month <= len(MONTHS) and day in _DAYS):
            raise UnreadableError
        return year, month, day

    def _whole_time(self) -> tuple[int, int, int, int]:
        hour, minute, second, millisecond = [*self._time, 0, 0, 0, 0][:_PARTS_OF_TIME]
        if self._half_day is not None:
            if hour not in _HOURS_OF_HALF_DAY:
                raise UnreadableError
            hour = hour % 12 + self._half_day
        time = (hour, minute, second, millisecond)
        within = all(part <= limit for part, limit in zip(time, _LIMITS, strict=True))
        if not within and time != (24, 0, 0, 0):
            raise UnreadableError
        return time
