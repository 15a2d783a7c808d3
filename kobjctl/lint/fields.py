"""The paths that lead to fields which are not there, as far as that can be known."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.lint.outputs import EXAMPLE
from kobjctl.lint.shape import Shape, walk
from kobjctl.lint.subject import Subject
from kobjctl.lint.texts import Use
from kobjctl.lint.words import listed
from kobjctl.model.errors import did_you_mean
from kobjctl.model.values import A_KIND

_SHOWN = 6
# `manual/platform.md 7.7`, and what an answer of the API has.
_ERROR = ("message", "name", "statusCode", "errors", "hint")

# What a record's resource has, and the flattened record never.
_WRAPPING: Final = ("attributes", "relationships", "links")


class MissingField(NamedTuple):
    """A path that leads nowhere, in words; `is_example` tells that only an example lacks it.

    One is no `sure` mistake in a record, whose fields public sources may not have in full, unless
    it is but one letter away from a known field; nor in an object that may have other fields.
    """

    use: Use
    message: str
    hint: str
    is_example: bool
    sure: bool = True


def missing_fields(subject: Subject) -> Iterator[MissingField]:
    """Yield the paths into outputs that name a field which is not there."""
    for use in subject.uses:
        root, *rest = use.segments
        if root == "error" and rest and rest[0] not in _ERROR:
            hint = did_you_mean(rest[0], _ERROR) or f"its fields are {', '.join(_ERROR)}"
            yield MissingField(use, f'the error of a step has no field "{rest[0]}"', hint, False)
        if root != "steps" or len(rest) < 2 or rest[0] not in subject.steps:  # noqa: PLR2004 - id, field
            continue
        step_id, *segments = rest
        shape, steps = walk(subject.outputs[step_id], segments)
        # An index in brackets is told as what it is, WF407.
        if steps < len(segments) and not segments[steps].endswith("]"):
            name = segments[steps]
            yield MissingField(
                use,
                _message(step_id, segments, steps, shape),
                _hint(name, shape),
                is_example=shape.source.startswith(EXAMPLE),
                sure=not shape.record or name in _WRAPPING or _is_slip(name, shape),
            )
        else:
            yield from _slip(use, step_id, segments, subject)


def _slip(use: Use, step_id: str, segments: list[str], subject: Subject) -> Iterator[MissingField]:
    """Tell of a name that an open object doesn't have, but almost has."""
    for index, name in enumerate(segments):
        shape = walk(subject.outputs[step_id], segments[:index]).shape
        if shape.open and shape.fields and name not in shape.fields:
            if _is_slip(name, shape):
                message = _message(step_id, segments, index, shape)
                yield MissingField(use, message, _hint(name, shape), is_example=False, sure=False)
            return


def _is_slip(name: str, shape: Shape) -> bool:
    from kobjctl.model.slips import one_slip_away  # noqa: PLC0415 - as in model.errors

    return bool(one_slip_away(name, shape.fields or ()))


def _message(step_id: str, segments: list[str], steps: int, shape: Shape) -> str:
    name = segments[steps]
    if not steps:
        return f'step "{step_id}" has no output "{name}"'
    within = ".".join(segments[:steps])
    if shape.kind != "object":
        return f'"{within}" of step "{step_id}" is {A_KIND[shape.kind]} and has no field "{name}"'
    return f'"{within}" of step "{step_id}" has no field "{name}"'


def _hint(name: str, shape: Shape) -> str:
    known = list(shape.fields or ())
    close = did_you_mean(name, known)
    deeper = "" if close else _deeper(name, shape)
    if deeper:
        return f'did you mean "{deeper}"?'
    there = f"its fields are {listed(known, _SHOWN)}" if known else ""
    source = f"({shape.source})" if shape.source else ""
    return " ".join(part for part in (close, there, source) if part)


def _deeper(name: str, shape: Shape) -> str:
    """Return the path of a field that is one level further down; empty when there is none."""
    fields = (shape.fields or {}).items()
    return next((f"{outer}.{name}" for outer, each in fields if name in (each.fields or ())), "")
