"""Make text safe inside HTML, as `{{x}}` does and `{{{x}}}` does not."""

import re
from typing import Final

# The ampersand first: the others bring ampersands in.
_ENTITIES: Final = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("'", "&#x27;"),
    ("`", "&#x60;"),
    ("=", "&#x3D;"),
)
find_special: Final = re.compile("[&<>\"'`=]").search


def escape(text: str) -> str:
    """Replace the seven characters that handlebars.js replaces."""
    for char, entity in _ENTITIES:
        text = text.replace(char, entity)
    return text
