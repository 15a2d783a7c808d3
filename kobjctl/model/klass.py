"""A Klass, its attributes, and what a value of each attribute type may be.

Source: `manual/platform.md 9.1 to 9.5`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.model.errors import UsageError
from kobjctl.model.record import relation
from kobjctl.model.values import Json, JsonObject

MAX_ATTRIBUTES: Final = 100
KLASS_NAME: Final = r"[0-9a-zA-Z_-]{1,255}"

SUFFIXES: Final[Mapping[str, str]] = {
    "Str": "one line of text, up to 1,024 characters",
    "Txt": "text of several lines",
    "Num": "a number",
    "At": "a date and time",
    "Bool": "true or false",
    "Url": "an address",
    "Id": "a reference to another object",
    "Tree": "a place in a tree of options",
}
# The types by the words that people use for them.
_MEANT: Final[Mapping[str, str]] = {
    **{suffix.lower(): suffix for suffix in SUFFIXES},
    **dict.fromkeys(("string", "varchar"), "Str"),
    **dict.fromkeys(("text", "textarea"), "Txt"),
    **dict.fromkeys(("number", "int", "integer", "float", "decimal"), "Num"),
    **dict.fromkeys(("date", "datetime", "time", "timestamp"), "At"),
    "boolean": "Bool",
    **dict.fromkeys(("uri", "link"), "Url"),
    **dict.fromkeys(("reference", "lookup"), "Id"),
}
JSON_TYPES: Final[Mapping[str, str]] = {"Num": "number", "Bool": "boolean"}

_WORD: Final = r"[A-Za-z0-9]+"
_WORD_BOUNDARY: Final = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_ATTRIBUTE_NAME: Final = re.compile(rf"@?[A-Za-z0-9_]+?({'|'.join(SUFFIXES)})")


NOTHING_ELSE: Final[JsonObject] = {}


class Attribute(NamedTuple):
    """A custom attribute of a Klass; its name and suffix can never change.

    `options` are the only values a list takes; `target` is what an `Id` refers to (`customer`,
    `kobject.order`); `tree` holds the platform's tree of nodes; `extra` every other key.
    """

    name: str
    display_name: str
    options: tuple[str, ...] = ()
    target: str = ""
    multi: bool = False
    tree: JsonObject | None = None
    extra: JsonObject = NOTHING_ELSE

    @property
    def suffix(self) -> str:
        """Return the type that the name ends with: `Str`, `Num`, ..."""
        return suffix_of(self.name) or ""

    def as_json(self) -> JsonObject:
        """Return the platform's metadata of the attribute (`manual/platform.md 9.4`)."""
        metadata: JsonObject = {
            "type": JSON_TYPES.get(self.suffix, "string"),
            "displayName": self.display_name,
        }
        if self.options:
            metadata["enumeration"] = list(self.options)
        if self.target:
            metadata["target"] = self.target
        if self.multi:
            metadata["multi"] = True
        if self.tree is not None:
            metadata["tree"] = self.tree
        return metadata | self.extra

    @classmethod
    def from_json(cls, name: str, metadata: JsonObject) -> "Attribute":
        """Read the platform's metadata of an attribute."""
        known = ("type", "displayName", "enumeration", "target", "multi", "tree")
        return cls(
            name=name,
            display_name=metadata.get("displayName") or display_name_of(name),
            options=tuple(metadata.get("enumeration") or ()),
            target=metadata.get("target") or "",
            multi=bool(metadata.get("multi")),
            tree=metadata.get("tree"),
            extra={key: value for key, value in metadata.items() if key not in known},
        )


class Klass(NamedTuple):
    """The definition of custom objects, or of the custom attributes of a standard object.

    `extra` has every other key of the definition, `metadata` every other key of its `metadata`.
    """

    id: str
    name: str
    display_name: str
    attributes: Mapping[str, Attribute]
    created_at: str
    updated_at: str
    icon: str = ""
    color: str = ""
    status: str = "enabled"
    standard: bool = False
    extra: JsonObject = NOTHING_ELSE
    metadata: JsonObject = NOTHING_ELSE

    def definition(self) -> JsonObject:
        """Return the Klass as an app definition writes it (`manual/platform.md 1.6`)."""
        metadata: JsonObject = {"standard": True} if self.standard else {}
        metadata |= self.metadata
        metadata["properties"] = {
            name: attribute.as_json() for name, attribute in self.attributes.items()
        }
        fields = {"icon": self.icon, "color": self.color}
        return {
            "name": self.name,
            "displayName": self.display_name,
            **{key: value for key, value in fields.items() if value},
            "status": self.status,
            **self.extra,
            "metadata": metadata,
        }

    @classmethod
    def from_definition(
        cls, definition: JsonObject, *, klass_id: str, created_at: str, updated_at: str
    ) -> "Klass":
        """Read a definition whose shape has been checked."""
        known = ("name", "displayName", "icon", "color", "status", "metadata")
        metadata = definition.get("metadata") or {}
        properties = metadata.get("properties") or {}
        name = definition["name"]
        return cls(
            id=klass_id,
            name=name,
            display_name=definition.get("displayName") or title_of(name),
            attributes={
                key: Attribute.from_json(key, each or {}) for key, each in properties.items()
            },
            created_at=created_at,
            updated_at=updated_at,
            icon=definition.get("icon") or "",
            color=definition.get("color") or "",
            status=definition.get("status") or "enabled",
            standard=bool(metadata.get("standard")),
            extra={key: value for key, value in definition.items() if key not in known},
            metadata={
                key: value
                for key, value in metadata.items()
                if key not in ("standard", "properties")
            },
        )

    def resource(self, org_id: str) -> JsonObject:
        """Return what the platform's API answers (`manual/platform.md 9.1`)."""
        optional = {"icon": self.icon, "color": self.color}
        return {
            "type": "klass",
            "id": self.id,
            "attributes": {
                "name": self.name,
                "displayName": self.display_name,
                **{key: value for key, value in optional.items() if value},
                "appDisabled": False,
                "status": self.status,
                **self.extra,
                "updatedAt": self.updated_at,
                "createdAt": self.created_at,
            },
            "relationships": {
                "org": relation("org", org_id, "orgs"),
                "kobjects": {"links": {"self": f"/v1/klasses/{plural(self.name)}"}},
            },
            "links": {"self": f"/v1/klasses/{self.id}"},
        }


@lru_cache(maxsize=4096)
def suffix_of(attribute_name: str) -> str | None:
    """Return the type suffix of an attribute's API name; None when it has none."""
    match = _ATTRIBUTE_NAME.fullmatch(attribute_name)
    return match[1] if match else None


def name_fault(name: str) -> UsageError | None:
    """Return what is wrong with the API name of an attribute; None where nothing is."""
    if suffix_of(name) is not None:
        return None
    if name in SUFFIXES or not name.endswith(tuple(SUFFIXES)):
        return UsageError(
            f'the attribute "{name}" does not end in a type',
            hint=f"end it in one of {', '.join(SUFFIXES)}",
        )
    return UsageError(
        f'the attribute "{name}" has characters other than letters, digits and _',
        hint="rename it; only its first character may be an @",
    )


def attribute_name(label: str, suffix: str) -> str:
    """Derive the API name from a label: "Order ID" and `Str` give `orderIDStr`.

    The first word is lower-cased, later words keep their own capitals (`manual/platform.md 9.2`).
    Raises UsageError for an unknown suffix, or when the label gives no name.
    """
    if suffix not in SUFFIXES:
        meant = _MEANT.get(suffix.lower(), "")
        hint = f'write "{meant}": {SUFFIXES[meant]}; ' if meant else ""
        raise UsageError(
            f'no attribute type is called "{suffix}"',
            hint=f"{hint}the types are {', '.join(SUFFIXES)}",
        )
    words: list[str] = re.findall(_WORD, label) if label.isascii() else []
    if not words:
        raise UsageError(
            f'the label "{label}" gives no API name',
            hint=f"add the name yourself: {label}:{suffix}:myName{suffix}",
        )
    first, *later = words
    return first.lower() + "".join(word[0].upper() + word[1:] for word in later) + suffix


def display_name_of(name: str) -> str:
    """Return the default display name, such as "Total Orders" (`manual/platform.md 9.2`)."""
    stem = name.removeprefix("@").removesuffix(suffix_of(name) or "")
    words = re.sub(_WORD_BOUNDARY, " ", stem.replace("_", " ")).split()
    return " ".join(word[0].upper() + word[1:] for word in words)


def title_of(klass_name: str) -> str:
    """Return the default display name of a Klass: `acme-order` is "Acme Order"."""
    return " ".join(word[0].upper() + word[1:] for word in re.findall(r"[^-_]+", klass_name))


def plural(klass_name: str) -> str:
    """Return a Klass name as the platform's links write it: with an `s`, whatever the word."""
    return f"{klass_name}s"


def check_looks(klass: Klass) -> None:
    """Raise UsageError when a display name, icon or colour is longer than the platform takes."""
    for noun, value, limit in (
        ("display name", klass.display_name, 255),
        ("icon", klass.icon, 64),
        ("color", klass.color, 64),
    ):
        if len(value) > limit:
            raise UsageError(
                f"the {noun} has {len(value)} characters", hint=f"the platform allows {limit}"
            )


def check_attributes(attributes: Mapping[str, Attribute]) -> None:
    """Raise UsageError for a name without a suffix, two that differ only in case, or too many."""
    if len(attributes) > MAX_ATTRIBUTES:
        raise UsageError(
            f"the klass has {len(attributes)} attributes",
            hint=f"the platform allows {MAX_ATTRIBUTES} on a klass",
        )
    seen: dict[str, str] = {}
    for name in attributes:
        fault = name_fault(name)
        if fault:
            raise fault
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            raise UsageError(
                f'the attributes "{twin}" and "{name}" differ only in case',
                hint="rename one of them: names are case-sensitive, and these are easy to confuse",
            )


def is_reference(value: Json) -> bool:
    """Return whether a value is an object id: 24 lower-case hex characters."""
    return isinstance(value, str) and re.fullmatch(_OBJECT_ID, value) is not None


_OBJECT_ID: Final = r"[0-9a-f]{24}"
