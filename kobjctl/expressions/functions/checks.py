"""The functions that ask whether a value is there, an address or a phone number.

Source: `manual/platform.md 4.4, 5.2`.
"""

import re
from typing import Final

from kobjctl.expressions.functions.table import FunctionCall, function
from kobjctl.model.phone import is_phone
from kobjctl.model.values import MISSING, MissingValue


@function(
    "ifExists",
    (2, 3),
    "/#fn:ifExists,steps.1.email,yes",
    "/#fn:ifExists,steps.1.fax,yes,no",
    may_miss=True,
)
def if_exists(call: FunctionCall) -> str | MissingValue:
    """Return a text where a value is there, neither missing nor null; else another, or nothing.

    That the other text is the last argument is not confirmed.
    """
    if call.value is not MISSING and call.value is not None:
        return call.arguments[0]
    otherwise = call.argument(1)
    if otherwise is None:
        return MISSING
    call.warn("the last text of ifExists is the one for a missing value (not confirmed)")
    return otherwise


_LINE_ENDS: Final = re.compile("[\n\r\u2028\u2029]")


@function(
    "isValidEmailAddress",
    (1, 1),
    "/#fn:isValidEmailAddress,steps.1.email",
    "/#fn:isValidEmailAddress,steps.1.name",
    gives="true or false",
)
def is_valid_email_address(call: FunctionCall) -> bool:
    """Return whether a text has an `@` with something on either side, on one line.

    That is the platform's whole check, `/.+@.+/`; what is no text is no address.
    """
    if not isinstance(call.value, str):
        return False
    # Not as a regular expression, which takes quadratic time for a long text without an `@`.
    return any("@" in line[1:-1] for line in _LINE_ENDS.split(call.value))


@function(
    "isValidPhoneNumber", (1, 1), "/#fn:isValidPhoneNumber,steps.1.phone", gives="true or false"
)
def is_valid_phone_number(call: FunctionCall) -> bool:
    """Return whether a text or number has the form of a phone number.

    Numbers of the US and Canada may lack the country code, and the area code as well; all
    others need one: `+1 (555) 123-4567`, `1234567`, `+44 7911 123456`. Whether a number of that
    length can be dialled is not checked, as the platform's own examples show.
    """
    return is_phone(call.value)
