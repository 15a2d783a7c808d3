r"""Escapes, `\n`, `\x41`, `\cJ`, as JavaScript reads them without the flag `u` (annex B).

An escape that means nothing is the character itself, so little is ever refused.
"""

import re
from typing import Final

from kobjctl.javascript.regex.classes import CLASSES
from kobjctl.javascript.regex.reader import Reader
from kobjctl.javascript.regex.tree import Ranges

_CONTROLS: Final = {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_HEX: Final = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})")
_OCTAL: Final = re.compile("[0-3][0-7]{0,2}|[4-7][0-7]?")
_CONTROL: Final = re.compile("c([A-Za-z])")
_CONTROL_IN_CLASS: Final = re.compile("c([A-Za-z0-9_])")

_ID_START_MORE: Final = "$_"
_ID_PART_MORE: Final = "$\u200c\u200d"
_NAME_ESCAPE: Final = re.compile(
    r"\\u(?:([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,6})\})"
)
_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LAST_CHARACTER: Final = 0x10FFFF


def read_unit(reader: Reader, *, in_class: bool) -> Ranges:
    r"""Read what stands after a backslash as one unit, or as a class such as `\d`."""
    letter = reader.next
    if letter in CLASSES:
        reader.at += 1
        return CLASSES[letter]
    code = _code(reader, in_class=in_class)
    return ((code, code),)


def _code(reader: Reader, *, in_class: bool) -> int:
    if found := reader.match(_HEX):
        return int(found[1] or found[2], 16)
    if found := reader.match(_OCTAL):
        return int(found[0], 8)
    if found := reader.match(_CONTROL_IN_CLASS if in_class else _CONTROL):
        return ord(found[1]) % 32
    letter = reader.next
    if not letter:
        raise reader.error("nothing follows the backslash", reader.at - 1)
    if letter == "c":
        # No control character: then it is the backslash that stands for itself.
        return ord("\\")
    if letter == "k" and reader.has_names:
        raise reader.error("\\k names no group", reader.at - 1)
    reader.at += 1
    return ord(_CONTROLS.get(letter, letter))


def read_name(reader: Reader) -> str:
    """Read the name of a group up to its `>`."""
    start = reader.at
    name = ""
    while not reader.skip(">"):
        character = _name_character(reader)
        fits = (
            (name + character).isidentifier()
            or character in (_ID_PART_MORE if name else _ID_START_MORE)
            or (name and f"_{character}".isidentifier())
        )
        if not character or not fits:
            raise reader.error("the name of the group is not valid", start)
        name += character
    if not name:
        raise reader.error("the name of the group is not valid", start)
    return name


def _name_character(reader: Reader) -> str:
    if found := reader.match(_NAME_ESCAPE):
        high, low, unit, code = found.groups()
        if high:
            return _joined(chr(int(high, 16)) + chr(int(low, 16)))
        number = int(unit or code, 16)
        return chr(number) if number <= _LAST_CHARACTER else ""
    if found := reader.match(_PAIR):
        return _joined(found[0])
    return reader.take()


def _joined(pair: str) -> str:
    return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
