"""Text as it stands in XML and HTML."""

import re
from html import escape as escape_with_quotes
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kobjctl.model.unseen import shown_lines

# What neither can hold, not even escaped, and what is no character.
_NEVER: Final = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    r"""Return a text with what XML and HTML can't hold and what is obeyed, not seen, shown as
    `\x1b` or `\u202e`; lines and tabs stay.
    """
    return _NEVER.sub("\N{REPLACEMENT CHARACTER}", shown_lines(text))


def escaped(text: str) -> str:
    """Return a text that stands in XML and HTML, also in an attribute, as it is here."""
    return escape_with_quotes(clean(text))


def attribute(text: str) -> str:
    """Return the value of an attribute, with its quotes."""
    return quoteattr(clean(text))


def content(text: str) -> str:
    """Return what stands between two tags."""
    return escape(clean(text))
