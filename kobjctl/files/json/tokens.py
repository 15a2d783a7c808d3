"""The tokens of JSON as regular expressions."""

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
