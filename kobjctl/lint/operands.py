"""What is known before any run of a value that a param or a condition takes."""

import re
from typing import Final, NamedTuple

from kobjctl.expressions.references import FUNCTION_MARK, MARK, split_reference
from kobjctl.lint.braces import PATH, foreign_tags
from kobjctl.lint.shape import ANY, walk
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import TEMPLATE_MARK
from kobjctl.model.secrets import excerpt
from kobjctl.model.values import MISSING, Json, MissingValue, a_kind, kind_of

# A path without its mark, which is text and surely was not meant as such.
BARE_PATH: Final = re.compile(rf"(?:/#|#/|\$\.|[#/$])?({PATH}|fn:\w+,.+)")
_PAYLOAD: Final = ("1", "attributes", "data")


class Operand(NamedTuple):
    """A value as a file writes it: its kind, and itself where it is a literal.

    A kind that is not `sure` was read off an example: another payload may have another.
    """

    kind: str
    value: Json | MissingValue = MISSING
    sure: bool = True

    @property
    def is_literal(self) -> bool:
        """Return whether the value is the same in every run."""
        return self.value is not MISSING


def is_literal(value: Json) -> bool:
    """Return whether a value has no expression in it, however deep, nor what was meant as one."""
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, str):
            if each.startswith(MARK) or TEMPLATE_MARK in each or is_bare_path(each):
                return False
        elif isinstance(each, dict):
            todo += each.values()
        elif isinstance(each, list):
            todo += each
    return True


def operand(value: Json, subject: Subject) -> Operand:
    """Return what is known of a value; the kind is `any` where nothing is."""
    if is_literal(value):
        return Operand(kind_of(value), value)
    if not isinstance(value, str):
        return Operand(kind_of(value))
    if value.startswith(FUNCTION_MARK):
        name = value.removeprefix(FUNCTION_MARK).partition(",")[0]
        from kobjctl.expressions.functions import FUNCTIONS  # noqa: PLC0415 - few files call one

        return Operand(FUNCTIONS[name].gives if name in FUNCTIONS else "any")
    if value.startswith(MARK):
        return _of_reference(split_reference(value), subject)
    return Operand("any" if is_bare_path(value) else "text")


def is_bare_path(text: str) -> bool:
    """Return whether a text is a path without its mark, or in marks of another language."""
    if BARE_PATH.fullmatch(text.strip()):
        return True
    return next(foreign_tags(text), None) is not None


def _of_reference(segments: tuple[str, ...], subject: Subject) -> Operand:
    root, *rest = segments
    if root != "steps" or not rest or rest[0] not in subject.steps:
        return Operand("any")
    step_id, *path = rest
    walked = walk(subject.outputs[step_id], path)
    shape = walked.shape if walked.steps == len(path) else ANY
    return Operand(shape.kind, sure=tuple(rest[: len(_PAYLOAD)]) != _PAYLOAD)


def shown(value: Json) -> str:
    """Name a value of a file in a message: text in quotes, a list or an object by its kind."""
    if isinstance(value, str):
        return f'"{excerpt(value, _SHOWN, room=_SHOWN - 1)}"'
    return str(value).lower() if isinstance(value, bool | int | float) else a_kind(value)


_SHOWN: Final = 40
