"""Phone numbers, read in one way for checks, look-ups and writes.

Source: `manual/platform.md 5.2, 9.11`.
"""

import re
from collections.abc import Iterator
from typing import Final

from kobjctl.model.errors import BadParamError
from kobjctl.model.values import Json, kind_of

_NUMBER: Final = r"\+?[1-9][0-9]{1,14}"
# What people and phones put between and around digits; marks of direction come with contacts.
_NOISE: Final = (
    r"[\s()\[\]./\xad\xb7\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2064\u2212\ufeff-]"
)
_NATIONAL: Final = 10


def normalize_phone(value: Json) -> str:
    """Return a phone number as it is stored and compared: its digits, with the `+` it has.

    One that is written in another way (`1-800-FLOWERS`, an extension) gets its country's code.
    Raises BadParamError when it can't be one.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadParamError(f"a phone number is text, not {kind_of(value)}", parameter="phone")
    number = re.sub(_NOISE, "", str(value))
    if not re.fullmatch(_NUMBER, number):
        number = _international(str(value))
    if not number:
        raise BadParamError(f'"{value}" is not a phone number', parameter="phone")
    return number


def is_phone(value: Json) -> bool:
    """Return whether a text or number has the form of a phone number, dialled from the US."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    return _international(str(value)) != ""


def other_spellings(number: str) -> Iterator[str]:
    """Yield what a number may be with and without its `+` and the country's code of the US."""
    digits = number.removeprefix("+")
    spellings = [f"+{digits}", digits]
    national = digits[1:] if len(digits) == _NATIONAL + 1 and digits[0] == "1" else digits
    if len(national) == _NATIONAL:
        spellings += [f"+1{national}", f"1{national}", national]
    yield from (each for each in dict.fromkeys(spellings) if each != number)


def _international(text: str) -> str:
    """Return a number with its country's code; empty for none, and for one that begins with 0,
    which is dialled within another country.
    """
    if re.sub(_NOISE, "", text).startswith("0"):
        return ""
    import phonenumbers  # noqa: PLC0415 - few numbers need it

    try:
        number = phonenumbers.parse(text, "US")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
