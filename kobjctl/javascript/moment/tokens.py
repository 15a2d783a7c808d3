"""The tokens of moment's formats: what each prints, in one table.

Source: moment's documentation of `format()`, English locale; `manual/platform.md 6.3`.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from kobjctl.javascript.moment.calendar import DAYS_PER_WEEK, Parts

Token: TypeAlias = Callable[[Parts], str]

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

_FOUR_DIGITS: Final = 9999
_TEENS: Final = 1
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}
_NOON: Final = 12


def padded(number: int, width: int, *, signed: bool = False) -> str:
    """Write a number with leading zeros; `signed` writes a plus sign, too."""
    sign = "-" if number < 0 else "+" if signed else ""
    return f"{sign}{abs(number):0{width}}"


def ordinal(number: int) -> str:
    """Write a number that is not negative with its ending: 1st, 2nd, 11th."""
    teens = number // 10 % 10 == _TEENS
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def two_digits(year: int) -> int:
    """Return the last two digits of a year, negative before the year 0."""
    return year % 100 if year >= 0 else -(-year % 100)


def print_text(text: str) -> Token:
    """Return a token that prints the same text whatever the date."""

    def token(parts: Parts) -> str:
        return text

    return token


def era_year(parts: Parts) -> int:
    """Return the year of its era: the year 0 is 1 BC."""
    return parts.year if parts.year > 0 else 1 - parts.year


def hour_of_12(parts: Parts) -> int:
    """Return the hour of a clock with twelve."""
    return parts.hour % _NOON or _NOON


def _meridiem(parts: Parts) -> str:
    return "AM" if parts.hour < _NOON else "PM"


# Tokens that print a plain number; others pad it or add the ending of an ordinal.
_NUMBERS: Final[dict[str, Callable[[Parts], int]]] = {
    "M": lambda parts: parts.month,
    "Q": lambda parts: (parts.month + 2) // 3,
    "D": lambda parts: parts.day,
    "DDD": lambda parts: parts.day_of_year,
    "d": lambda parts: parts.weekday,
    "e": lambda parts: parts.weekday,
    "E": lambda parts: parts.weekday or DAYS_PER_WEEK,
    "w": lambda parts: parts.week.number,
    "W": lambda parts: parts.iso_week.number,
    "y": era_year,
    "H": lambda parts: parts.hour,
    "h": hour_of_12,
    "k": lambda parts: parts.hour or 24,
    "m": lambda parts: parts.minute,
    "s": lambda parts: parts.second,
    "S": lambda parts: parts.millisecond // 100,
    "X": lambda parts: parts.instant // 1000,
    "x": lambda parts: parts.instant,
}

_ORDINALS: Final = ("M", "Q", "D", "DDD", "d", "w", "W", "y")

_PADDED: Final[dict[str, tuple[Callable[[Parts], int], int]]] = {
    "MM": (_NUMBERS["M"], 2),
    "DD": (_NUMBERS["D"], 2),
    "DDDD": (_NUMBERS["DDD"], 3),
    "ww": (_NUMBERS["w"], 2),
    "WW": (_NUMBERS["W"], 2),
    "YY": (lambda parts: two_digits(parts.year), 2),
    "YYYY": (lambda parts: parts.year, 4),
    "YYYYY": (lambda parts: parts.year, 5),
    "yy": (era_year, 2),
    "yyy": (era_year, 3),
    "yyyy": (era_year, 4),
    "gg": (lambda parts: two_digits(parts.week.year), 2),
    "gggg": (lambda parts: parts.week.year, 4),
    "ggggg": (lambda parts: parts.week.year, 5),
    "GG": (lambda parts: two_digits(parts.iso_week.year), 2),
    "GGGG": (lambda parts: parts.iso_week.year, 4),
    "GGGGG": (lambda parts: parts.iso_week.year, 5),
    "HH": (_NUMBERS["H"], 2),
    "hh": (_NUMBERS["h"], 2),
    "kk": (_NUMBERS["k"], 2),
    "mm": (_NUMBERS["m"], 2),
    "ss": (_NUMBERS["s"], 2),
    "SS": (lambda parts: parts.millisecond // 10, 2),
}


def _numeric(number: Callable[[Parts], int]) -> Token:
    return lambda parts: str(number(parts))


def _ordinal(number: Callable[[Parts], int]) -> Token:
    return lambda parts: ordinal(number(parts))


def _padded(number: Callable[[Parts], int], width: int) -> Token:
    return lambda parts: padded(number(parts), width)


def _fraction(digits: int) -> Token:
    return lambda parts: f"{parts.millisecond:03}".ljust(digits, "0")


TOKENS: Final[dict[str, Token]] = {
    **{token: _numeric(number) for token, number in _NUMBERS.items()},
    **{f"{token}o": _ordinal(_NUMBERS[token]) for token in _ORDINALS},
    **{token: _padded(number, width) for token, (number, width) in _PADDED.items()},
    **{"S" * digits: _fraction(digits) for digits in range(3, 10)},
    **dict.fromkeys(("N", "NN", "NNN", "NNNNN"), lambda parts: "AD" if parts.year > 0 else "BC"),
    "NNNN": lambda parts: "Anno Domini" if parts.year > 0 else "Before Christ",
    "MMM": lambda parts: MONTHS[parts.month - 1][:3],
    "MMMM": lambda parts: MONTHS[parts.month - 1],
    "dd": lambda parts: WEEKDAYS[parts.weekday][:2],
    "ddd": lambda parts: WEEKDAYS[parts.weekday][:3],
    "dddd": lambda parts: WEEKDAYS[parts.weekday],
    "Y": lambda parts: padded(parts.year, 4, signed=parts.year > _FOUR_DIGITS),
    "YYYYYY": lambda parts: padded(parts.year, 6, signed=True),
    "A": _meridiem,
    "a": lambda parts: _meridiem(parts).lower(),
    "Hmm": lambda parts: f"{parts.hour}{parts.minute:02}",
    "Hmmss": lambda parts: f"{parts.hour}{parts.minute:02}{parts.second:02}",
    "hmm": lambda parts: f"{hour_of_12(parts)}{parts.minute:02}",
    "hmmss": lambda parts: f"{hour_of_12(parts)}{parts.minute:02}{parts.second:02}",
    "eHHmm": lambda parts: f"{parts.weekday}{parts.hour:02}{parts.minute:02}",
    "z": print_text("UTC"),
    "zz": print_text("Coordinated Universal Time"),
    "Z": print_text("+00:00"),
    "ZZ": print_text("+0000"),
}

LONG_FORMATS: Final = {
    "LTS": "h:mm:ss A",
    "LT": "h:mm A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
}
