"""Text as it stands in XML."""

import re
from typing import Final
from xml.sax.saxutils import escape, quoteattr

# What XML can't hold, not even escaped.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attribute(text: str) -> str:
    """Give the value of an attribute, with its quotes."""
    return quoteattr(_clean(text))


def content(text: str) -> str:
    """Give what stands between two tags."""
    return escape(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
