"""Helpers for text. Of these only toLower is documented by public sources of the platform."""

from typing import Final

from kobjctl.expressions.handlebars.errors import HelperError
from kobjctl.expressions.handlebars.helpers.table import helper
from kobjctl.expressions.handlebars.scope import MAX_PRINTED, HelperContext
from kobjctl.javascript.coercion import Value, number_of
from kobjctl.javascript.strings import KEPT, from_units, to_units
from kobjctl.model.unseen import WHITESPACE
from kobjctl.model.values import MISSING

_ELLIPSIS: Final = "..."


@helper("toLower", 1, "{{toLower steps.1.price}}", confirmed=True)
def to_lower(context: HelperContext, text: Value) -> str:
    """Return a text in lower case."""
    return context.text(text).lower()


@helper("toUpper", 1, "{{toUpper steps.1.name}}")
def to_upper(context: HelperContext, text: Value) -> str:
    """Return a text in upper case."""
    return context.text(text).upper()


@helper("capitalize", 1, "{{capitalize steps.1.name}}")
def capitalize(context: HelperContext, text: Value) -> str:
    """Return a text with its first letter in upper case and the others as they are."""
    shown = to_units(context.text(text))
    return from_units(shown[:1].upper() + shown[1:], KEPT)


@helper("trim", 1, "[{{trim steps.1.note}}]")
def trim(context: HelperContext, text: Value) -> str:
    """Return a text without the white space around it."""
    return context.text(text).strip(WHITESPACE)


@helper("replace", 3, '{{replace steps.1.name " " "."}}')
def replace(context: HelperContext, text: Value, old: Value, new: Value) -> str:
    """Return a text with every `old` in it replaced by `new`; both are plain text."""
    shown, before, after = context.text(text), context.text(old), context.text(new)
    if not before:
        return shown
    _check_size(len(shown) + shown.count(before) * len(after))
    return shown.replace(before, after)


@helper("split", 2, '{{#each (split steps.1.name " ")}}<{{this}}>{{/each}}')
def split(context: HelperContext, text: Value, separator: Value) -> list[str]:
    """Return the list of the parts of a text between separators."""
    shown, border = context.text(text), context.text(separator)
    parts = shown.split(border) if border else list(to_units(shown))
    context.spend(len(parts))
    return parts


@helper("join", (1, 2), '{{join steps.1.tags ", "}}')
def join(context: HelperContext, items: Value, separator: Value = ",") -> str:
    """Return the items of a list as one text, with a comma or another separator between them."""
    if not isinstance(items, list):
        return context.text(items)
    context.spend(len(items))
    texts, border = [context.text(item) for item in items], context.text(separator)
    _check_size(sum(map(len, texts)) + len(texts) * len(border))
    return border.join(texts)


@helper("substring", (2, 3), "{{substring steps.1.name 0 3}}")
def substring(context: HelperContext, text: Value, start: Value, end: Value = MISSING) -> str:
    """Return the part of a text from a position, counted from 0, up to before another.

    As in JavaScript, an emoji counts as two.
    """
    shown = to_units(context.text(text))
    end = len(shown) if end is MISSING else end
    low, high = sorted(_position(place, len(shown)) for place in (start, end))
    return from_units(shown[low:high], KEPT)


@helper(
    "truncate",
    2,
    "{{truncate steps.1.name 8}}",
    '{{truncate steps.1.name 8 suffix="…"}}',
    options=("suffix",),
)
def truncate(context: HelperContext, text: Value, length: Value) -> str:
    """Return a text cut to a length, `...` (or `suffix`) counted in; a shorter one as it is."""
    shown = to_units(context.text(text))
    suffix = to_units(context.text(context.hash.get("suffix", _ELLIPSIS)))
    most = _position(length, len(shown))
    cut = len(shown) > most
    kept = shown[: max(most - len(suffix), 0)] + suffix[:most] if cut else shown
    return from_units(kept, KEPT)


def _position(value: Value, length: int) -> int:
    """Read a position in a text: within it, and 0 for what is no number."""
    place = number_of(value)
    return int(min(max(place, 0), length)) if place > 0 else 0


def _check_size(size: int) -> None:
    if size > MAX_PRINTED:
        raise HelperError(f"the text would be longer than {MAX_PRINTED:,} characters")
