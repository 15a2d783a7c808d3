"""Print the value of a tag: escaped, as it is, or (where it may be added up) as a number."""

import re
from typing import Any, Final

from kobjctl.expressions.handlebars.scope import LONG, Emit, Lookup, TagScope
from kobjctl.javascript.coercion import refuse_own, truthy

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


def escaped(value: Lookup, tag: str) -> Emit:
    """Print a value for HTML, as `{{x}}` does; what changes it so is told with its tag."""

    def emit(scope: TagScope) -> str:
        """Return the value as text, escaped for HTML."""
        text = value(scope)
        if text.__class__ is not str:
            if isinstance(text, dict) and truthy(text.get("toHTML")):
                refuse_own(text, "toHTML")
            text = scope.run.text(text)
        if len(text) > LONG:
            scope.run.printing(len(text))
        if not find_special(text):
            return text
        scope.run.warn_escaped(tag)
        return escape(text)

    return emit


def unescaped(value: Lookup) -> Emit:
    """Print a value as it is, as `{{{x}}}` does."""
    return lambda scope: _text(value(scope), scope)


def plain(value: Lookup) -> Emit:
    """Print a value as it is, and give a number or boolean itself (see `sums`)."""

    def emit(scope: TagScope) -> object:
        found = value(scope)
        return found if isinstance(found, int | float) else _text(found, scope)

    return emit


def _text(value: Any, scope: TagScope) -> str:
    text: str = value if value.__class__ is str else scope.run.text(value)
    if len(text) > LONG:
        scope.run.printing(len(text))
    return text
