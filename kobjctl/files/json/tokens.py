"""The tokens of JSON, and what is wrong at a place where one should stand and none does."""

import re
from typing import Final

# A text up to, not including, its closing quote.
_OPEN_TEXT = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*'

OPEN_TEXT: Final = re.compile(_OPEN_TEXT)
BLANKS: Final = re.compile(r"[ \t\n\r]*")

# A token with the blanks before it. `[0-9]` and not `\d`, which takes the digits of all scripts.
TOKEN: Final = re.compile(
    rf"""[ \t\n\r]*(?:
      (?P<text>{_OPEN_TEXT}")
    | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.+-]))
    | (?P<word>(?:true|false|null)(?!\w))
    | (?P<mark>[][{{}}:,])
    )""",
    re.VERBOSE,
)


_SHORT_ESCAPES: Final = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}

# Looked at in this order; `{}` stands for what the pattern found.
_FAULTS: Final = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (r"\Z", "the text ends in the middle of the value", "is a closing bracket missing?"),
        (r"'", "text needs double quotes, not single ones", ""),
        (r"[\u2018-\u201f]", "{} is not a quote in JSON", 'use the straight quote, "'),
        (r"//|/\*|#", "JSON has no comments", "remove it, or write the file in YAML"),
        (
            r"[-+]?(?:NaN|Infinity)\b",
            '"{}" is not a number in JSON',
            "write null, or leave the key out",
        ),
        (
            r"(?:True|False|None|undefined)\b",
            '"{}" is not a value in JSON',
            "JSON knows true, false and null",
        ),
        (
            r"[-+.]?[0-9][\w.+-]{0,40}",
            '"{}" is not a number in JSON',
            "JSON has no leading zeros, no plus sign, and digits on both sides of the point",
        ),
        (
            r"[^\W\d][\w-]{0,40}",
            '"{}" has no quotes',
            "put keys and text in double quotes",
        ),
        (r"(?s:.)", '"{}" can\'t stand here', ""),
    )
)


def fault_at(text: str, at: int) -> tuple[int, str, str]:
    """Judge what stands at offset `at`; gives the offset to show, a message and a hint."""
    if text.startswith('"', at):
        return _text_fault(text, at)
    for pattern, message, hint in _FAULTS:
        found = pattern.match(text, at)
        if found:
            return at, message.format(_printable(found[0])), hint
    raise AssertionError(at)  # the last pattern takes any character


def _text_fault(text: str, at: int) -> tuple[int, str, str]:
    """Judge a text that begins at `at` and is broken somewhere."""
    good = OPEN_TEXT.match(text, at)
    end = good.end() if good else at
    stop = text[end : end + 1]
    if stop in ("", "\n", "\r"):
        return at, "this text has no closing quote on its line", ""
    if stop == "\\":
        return (
            end,
            f'"{_printable(text[end : end + 2])}" is not an escape of JSON',
            "write a backslash as two backslashes",
        )
    escape = _SHORT_ESCAPES.get(stop, f"\\u{ord(stop):04x}")
    return end, f"a text contains the control character {_printable(stop)}", f"write {escape}"


def _printable(found: str) -> str:
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in found)
