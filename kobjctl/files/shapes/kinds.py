"""What the table of shapes is made of: kinds of values, keys, and the shapes of objects."""

from collections.abc import Mapping
from math import inf
from types import MappingProxyType
from typing import Final, NamedTuple

# What messages call a value of a type.
_NOUNS: Final = {
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "an object",
}
_NO_KEYS: Final[Mapping[str, "Key"]] = MappingProxyType({})


class Kind(NamedTuple):
    """What a value may be: `type` is that of JSON Schema, empty for anything.

    `least` and `most` limit a number, the length of a text, or the size of a list or an object.
    `of` is what the entries of a list or the values of an object are, `shape` the name of the
    shape that an object has. `noun` is what messages call it, if they know better than its type.
    """

    type: str = ""
    least: float = -inf
    most: float = inf
    pattern: str = ""
    choices: tuple[str, ...] = ()
    of: "Kind | None" = None
    shape: str = ""
    null: bool = False
    noun: str = ""

    def called(self, noun: str) -> "Kind":
        """Return this kind with a noun of its own for messages."""
        return self._replace(noun=noun)

    def or_null(self) -> "Kind":
        """Return the kind of what may be null as well."""
        return self._replace(null=True)

    @property
    def expected(self) -> str:
        """Return what messages call a value of this kind."""
        return self.noun or _NOUNS[self.type]


class Key(NamedTuple):
    """What stands under a key of an object, and what editors say about it."""

    kind: Kind
    words: str = ""
    needed: bool = False


class ObjectShape(NamedTuple):
    """An object with known keys: `keys`, and `also` those about which nothing is checked.

    An object that `is_open` may have any others; in all the rest `otherwise` is what an unknown
    key means, unless it is a known one misspelled. `noun` is what messages call the object.
    """

    noun: str
    keys: Mapping[str, Key]
    also: tuple[str, ...]
    is_open: bool
    otherwise: str


ANYTHING: Final = Kind()
TEXT: Final = Kind("string")
NAME: Final = Kind("string", least=1)
FLAG: Final = Kind("boolean")
INTEGER: Final = Kind("integer")
COUNT: Final = Kind("integer", least=1)
AMOUNT: Final = Kind("number", least=0)
OBJECT: Final = Kind("object", of=ANYTHING)
TEXTS: Final = Kind("array", of=TEXT)


def shape(
    noun: str,
    base: Mapping[str, Key] = _NO_KEYS,
    *,
    also: str = "",
    is_open: bool = False,
    otherwise: str = "kobjctl keeps it, but it has no effect",
    **keys: Key,
) -> ObjectShape:
    """Return the shape of an object with such keys, after those of a `base`."""
    return ObjectShape(noun, {**base, **keys}, tuple(also.split()), is_open, otherwise)


def need(kind: Kind, words: str = "") -> Key:
    """Return a key that must be there."""
    return Key(kind, words, needed=True)


def one_of(*choices: str) -> Kind:
    """Return the kind of one of several words."""
    return Kind("string", choices=choices)


def shaped(name: str) -> Kind:
    """Return the kind of an object that has the shape of a name."""
    return Kind("object", shape=name)


def list_of(kind: Kind | str, noun: str = "") -> Kind:
    """Return the kind of a list of such values, or of objects of the shape of a name."""
    return Kind("array", of=shaped(kind) if isinstance(kind, str) else kind, noun=noun)


def values_of(kind: Kind | str, noun: str = "", most: float = inf) -> Kind:
    """Return the kind of an object with any keys, under which such values stand."""
    of = shaped(kind) if isinstance(kind, str) else kind
    return Kind("object", of=of, noun=noun, most=most)
