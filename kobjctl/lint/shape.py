"""What is known of a value before any run: its kind, and the fields or items it has.

From such shapes come the findings "has no field", and the kind that a reference gives.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.model.values import Json, kind_of

# Stands in a path for any item of a list, as `each` goes through them.
ITEM: Final = "*"
_LENGTH: Final = "length"


class Shape(NamedTuple):
    """A kind (`text`, `number`, `true or false`, `date and time`, `object`, `list`, `any`), the
    fields of an object and the item of a list where they are known.

    An `open` object may have other fields; of a `record`, public sources may not have them all.
    `source` says where the fields are known from.
    """

    kind: str = "any"
    fields: "Mapping[str, Shape] | None" = None
    item: "Shape | None" = None
    open: bool = False
    record: bool = False
    source: str = ""


ANY: Final = Shape()
NUMBER: Final = Shape("number")


class ShapeWalk(NamedTuple):
    """How far a path leads into a shape: the shape reached, and how many segments led there."""

    shape: Shape
    steps: int


def object_of(kinds: Mapping[str, str], source: str = "", **known: Shape) -> Shape:
    """Return the shape of an object from the kinds of its fields; `known` fields are known better.

    `response.statusCode` is a field of the field `response`, which comes before it.
    """
    fields: dict[str, Shape] = {}
    for name, kind in kinds.items():
        outer, dot, inner = name.partition(".")
        if dot:
            within = {**(fields[outer].fields or {}), inner: of_kind(kind)}
            fields[outer] = Shape("object", within, source=source)
        else:
            fields[name] = known.get(name) or of_kind(kind)
    return Shape("object", {**fields, **known}, source=source)


@lru_cache(maxsize=32)
def of_kind(kind: str) -> Shape:
    """Return the shape of a value of a kind, as an action names it."""
    return ANY if kind == "anything" else Shape(kind)


def shape_of(value: Json, source: str = "") -> Shape:
    """Return the shape of an example."""
    kind = kind_of(value)
    if isinstance(value, dict):
        fields = {key: shape_of(inner, source) for key, inner in value.items()}
        return Shape(kind, fields, source=source)
    if isinstance(value, list):
        shapes = [shape_of(inner, source) for inner in value]
        return Shape(kind, item=_either(shapes) if shapes else ANY, source=source)
    return ANY if value is None else Shape(kind)


def _either(shapes: Sequence[Shape]) -> Shape:
    """Return the shape of a value that has one of these."""
    first, *others = shapes
    for other in others:
        if other.kind != first.kind:
            return ANY
        if first.fields is not None and other.fields is not None:
            first = first._replace(fields={**other.fields, **first.fields})
    return first


def walk(shape: Shape, segments: Sequence[str]) -> ShapeWalk:
    """Follow a path into a shape as far as it leads.

    Where nothing is known, everything is there: the path leads on to anything.
    """
    for index, segment in enumerate(segments):
        inner = _inside(shape, segment)
        if inner is None:
            return ShapeWalk(shape, index)
        shape = inner
    return ShapeWalk(shape, len(segments))


def _inside(shape: Shape, segment: str) -> Shape | None:
    if shape.kind == "any":
        return ANY
    if shape.kind == "object":
        if shape.fields is None:
            return ANY
        return shape.fields.get(segment) or (ANY if shape.open else None)
    if segment == _LENGTH and shape.kind in ("list", "text", "date and time"):
        return NUMBER
    if shape.kind == "list" and (segment == ITEM or segment.isdigit()):
        return shape.item or ANY
    return None
