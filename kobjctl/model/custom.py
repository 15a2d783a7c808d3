"""Check the `custom` values of a record against the attribute types of its Klass.

Source: `manual/platform.md 9.3`.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from kobjctl.model.clock import parse_instant
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import SUFFIXES, Attribute, is_reference, suffix_of
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import Json, JsonObject, a_kind

MAX_PROPERTIES: Final = 100
MAX_STR: Final = 1024

_DATE_TIME: Final = (
    r"(?a)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"([Zz]|[+-]\d{2}:?\d{2})"
)
_URI: Final = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"


def check_custom(
    custom: JsonObject,
    attributes: Mapping[str, Attribute],
    refers_to: Callable[[str, str], bool],
) -> list[str]:
    """Check every value; return warnings for what the platform's sources leave open.

    `refers_to(target, id)` tells whether an object of that kind (`customer`, `kobject.order`)
    exists. Raises BadParamError for the first value that the platform refuses.
    """
    if len(custom) > MAX_PROPERTIES:
        raise _too_many(custom)
    warnings: list[str] = []
    for name, value in custom.items():
        attribute = attributes.get(name)
        suffix = suffix_of(name)
        if suffix is None:
            raise _unknown_suffix(name)
        if attribute is None:
            warnings.append(_undeclared(name, suffix))
        if value is not None:
            why = _CHECKS[suffix](value)
            if why:
                raise _refusal(name, why, _CURES.get(suffix, ""))
            _check_declared(name, value, attribute, refers_to)
            if suffix == "Txt" and len(value) > MAX_STR:
                warnings.append(
                    f'attribute "{name}" has {len(value):,} characters; whether the platform'
                    f" takes more than {MAX_STR:,} in a Txt is unsettled (read here as yes)"
                )
    return warnings


def _refusal(name: str, why: str, cure: str = "") -> BadParamError:
    """Make the platform's error for one custom attribute."""
    return BadParamError(
        f'attribute "{name}" {why}',
        parameter=name,
        hint=cure,
        detail=f"/properties/custom/{name}",
    )


def _given(value: Json) -> str:
    """Name a value that is refused: its kind, and a text with its beginning."""
    if isinstance(value, str):
        return f'text ("{excerpt(value, _SHOWN)}")'
    if isinstance(value, bool | int | float):
        return f"{a_kind(value)} ({str(value).lower()})"
    return a_kind(value)


def _unknown_suffix(name: str) -> BadParamError:
    """Make the platform's error for a key without a type (`manual/platform.md 9.3, 10.3`)."""
    return BadParamError(
        f'Additional properties not allowed: "{name}" does not end in a type'
        f" ({', '.join(SUFFIXES)})",
        parameter=name,
        detail="/properties/custom/additionalProperties",
    )


def _undeclared(name: str, suffix: str) -> str:
    if suffix == "Id":
        raise _refusal(
            name, "must be declared with a target in the klass before it can hold a reference"
        )
    return f'attribute "{name}" is not declared on the klass; accepted for its suffix {suffix}'


def _check_declared(
    name: str,
    value: Json,
    attribute: Attribute | None,
    refers_to: Callable[[str, str], bool],
) -> None:
    if attribute is None:
        return
    if attribute.options and value not in attribute.options:
        raise _refusal(name, f'can\'t be "{value}": its options are {", ".join(attribute.options)}')
    if attribute.tree is not None:
        # Sources show the switch both within the tree and beside it.
        tree = {"lastNodeRequired": attribute.extra.get("lastNodeRequired"), **attribute.tree}
        why = _off_tree(value, tree)
        if why:
            raise _refusal(name, why)
    if attribute.suffix == "Id":
        _check_reference(value, attribute, refers_to)


def _check_reference(
    value: Json, attribute: Attribute, refers_to: Callable[[str, str], bool]
) -> None:
    if isinstance(value, list) and not attribute.multi:
        raise _refusal(attribute.name, "must be one reference, not a list (its multi is off)")
    for each in value if isinstance(value, list) else [value]:
        if attribute.target and not refers_to(attribute.target, each):
            raise _refusal(
                attribute.name, f"refers to a {attribute.target} that does not exist: {each}"
            )


def _off_tree(path: str, tree: JsonObject) -> str:
    """Describe why a dotted path is no place in the tree; empty when it is one."""
    children = _present(tree)
    for node_id in path.split("."):
        node = next((each for each in children if each.get("id") == node_id), None)
        if node is None:
            return f'has no node "{node_id}" in "{path}"'
        children = _present(node)
    if children and tree.get("lastNodeRequired"):
        return f'must be a last node, but "{path}" has nodes below it'
    return ""


def _present(node: JsonObject) -> list[JsonObject]:
    return [child for child in node.get("children") or [] if not child.get("deleted")]


def _check_str(value: Json) -> str:
    if not isinstance(value, str):
        return f"must be text, not {_given(value)}"
    return f"is longer than {MAX_STR:,} characters" if len(value) > MAX_STR else ""


def _check_text(value: Json) -> str:
    return "" if isinstance(value, str) else f"must be text, not {_given(value)}"


def _check_number(value: Json) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if number else f"must be a number, not {_given(value)}"


def _check_date(value: Json) -> str:
    if isinstance(value, str) and re.fullmatch(_DATE_TIME, value) and parse_instant(value.upper()):
        return ""
    return f"must be a date and time such as 2026-01-02T03:04:05Z, not {_given(value)}"


def _check_bool(value: Json) -> str:
    return "" if isinstance(value, bool) else f"must be true or false, not {_given(value)}"


def merge_custom(present: JsonObject | None, changes: JsonObject | None) -> JsonObject:
    """Return the custom values after an update: what is given replaces, the rest stays.

    Raises BadParamError when they are more than the platform takes.
    """
    merged = (present or {}) | (changes or {})
    if len(merged) > MAX_PROPERTIES:
        raise _too_many(merged)
    return merged


def _too_many(custom: JsonObject) -> BadParamError:
    return BadParamError(
        f"custom has {len(custom)} attributes; the platform allows {MAX_PROPERTIES}",
        parameter="custom",
    )


def is_address(value: Json) -> bool:
    """Return whether a value is an address such as https://example.com."""
    return isinstance(value, str) and re.fullmatch(_URI, value) is not None


def _check_url(value: Json) -> str:
    return (
        ""
        if is_address(value)
        else f"must be a URL such as https://example.com, not {_given(value)}"
    )


def _check_id(value: Json) -> str:
    references = value if isinstance(value, list) else [value]
    if all(is_reference(each) for each in references):
        return ""
    return f"must be ids of 24 hex characters, not {_given(value)}"


_CHECKS: Final[Mapping[str, Callable[[Json], str]]] = {
    "Str": _check_str,
    "Txt": _check_text,
    "Num": _check_number,
    "At": _check_date,
    "Bool": _check_bool,
    "Url": _check_url,
    "Id": _check_id,
    "Tree": _check_text,
}

# What makes a value of the type, by the suffix; PATH is where a reference leads.
_CURES: Final[Mapping[str, str]] = {
    "Num": "/#fn:parseFloat,PATH makes a number of a text",
    "At": '"{{dateFormat PATH}}" gives a date this form; without an offset it is taken as UTC',
    "Bool": "give true or false without quotes, or choose by a transition which of them",
    "Str": '"{{{PATH}}}" makes a text of it',
    "Txt": '"{{{PATH}}}" makes a text of it',
    "Url": "an address begins with its scheme: https://",
    "Id": "give the id of a record, as /#steps.STEP.id does",
}
_SHOWN: Final = 40
