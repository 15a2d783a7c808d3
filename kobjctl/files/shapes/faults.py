"""Find all that is wrong with the shape of a value, by pydantic.

This module and those it imports are the only ones that load pydantic, and only a file with a
fault needs them.
"""

from collections.abc import Iterator
from typing import Final

from pydantic import ValidationError

from kobjctl.files.shapes.finding import ShapeFinding
from kobjctl.files.shapes.models import (
    AppFileShape,
    AppShape,
    ConditionShape,
    EnvelopeShape,
    KlassShape,
    ObjectShape,
    WorkflowShape,
)
from kobjctl.files.shapes.wording import finding_of
from kobjctl.model.values import Json

_SHAPES: Final[dict[str, type[ObjectShape]]] = {
    each.__name__: each
    for each in (ConditionShape, WorkflowShape, KlassShape, EnvelopeShape, AppFileShape, AppShape)
}


def faults(name: str, value: Json) -> Iterator[ShapeFinding]:
    """Yield what keeps a value from having the shape of a name; the conditions inside of
    conditions are left out.
    """
    return shape_faults(_SHAPES[name], value)


def shape_faults(shape: type[ObjectShape], value: Json) -> Iterator[ShapeFinding]:
    """Yield what keeps a value from having a shape."""
    try:
        shape.model_validate(value)
    except ValidationError as errors:
        for error in errors.errors(include_url=False):
            finding = finding_of(shape, error)
            if finding:
                yield finding
