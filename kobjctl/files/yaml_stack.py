"""What is open while a YAML text is read: collections and anchors."""

from dataclasses import dataclass

from kobjctl.model.values import Json, JsonPath


@dataclass(slots=True)
class Anchor:
    """What an anchor names: a value, the range of its nodes, and how deep it nests.

    `value` and `end` are only known once `open` is over.
    """

    path: JsonPath
    begin: int
    end: int = 0
    value: Json = None
    height: int = 0
    open: bool = True


@dataclass(slots=True)
class Frame:
    """A list or an object whose end has not come; `key` waits for its value."""

    path: JsonPath
    value: Json
    start: int
    end: int
    flow: bool
    anchor: Anchor | None
    key: str | None = None
    height: int = 1
