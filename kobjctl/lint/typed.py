"""Where a value with a type is needed that no template gives, as one always gives text."""

import re
from typing import Final

from kobjctl.expressions.handlebars.tree import Call, Content, Literal, Mustache, Program
from kobjctl.lint.shape import ANY, walk
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import PlacedTemplate
from kobjctl.lint.texts import PlacedText, Use
from kobjctl.model.custom import check_custom
from kobjctl.model.errors import BadParamError
from kobjctl.model.klass import suffix_of

_STRUCTURES: Final = {"object": "an object", "list": "a list"}
_TYPES: Final = {"Num": "a number", "Bool": "true or false"}
DATE: Final = "a date and time"
_PLAIN_KINDS: Final = frozenset({"number", "true or false", "date and time"})
_OF_A_DATE: Final = re.compile(r"[\d\sTtZz:.+-]*")
_NO_DATES: Final = frozenset({"math", "numberFormat", "dateDiff", "randomId"})


def needed_type(placed: PlacedTemplate, subject: Subject) -> str:
    """Name the type that is needed where a template can't give it; empty where it can."""
    at, template = placed.at, placed.template
    action = subject.steps[at.step_id].action
    known = subject.project.actions.get(action) if action else None
    if template is None or known is None or at.in_condition:
        return ""
    name, *inside = at.path[at.path.index("params") + 1 :]
    if not inside and name in known.params and lone_path(at, subject):
        return _STRUCTURES.get(known.params[str(name)].kind, "")
    if name != "custom" or len(inside) != 1:
        return ""
    suffix = suffix_of(str(inside[0])) or ""
    if suffix == "At" and not _may_be_date(at, template.tree, subject):
        return DATE
    return _TYPES.get(suffix, "")


def lone_path(at: PlacedText, subject: Subject) -> Use | None:
    """Return the path of a template that is one tag with a path and nothing else."""
    inner = at.text.strip().strip("{}").strip().removeprefix("&").strip()
    uses = (use for use in subject.uses if use.at.path == at.path)
    return next((use for use in uses if inner == at.text[use.start : use.end]), None)


def _may_be_date(at: PlacedText, tree: Program, subject: Subject) -> bool:
    """Return whether a template may print a date and time, as far as that is known."""
    contents = (each.text for each in tree.body if isinstance(each, Content))
    if not all(map(_OF_A_DATE.fullmatch, contents)):
        return False
    if len(tree.body) != 1 or not isinstance(tree.body[0], Mustache):
        return True
    use = lone_path(at, subject)
    if use is None:
        return _gives_date(tree.body[0].call)
    root, *rest = use.segments
    if root != "steps" or not rest:
        return True
    shape = walk(subject.outputs.get(rest[0], ANY), rest[1:]).shape
    return shape.kind in ("text", "any", DATE.removeprefix("a "))


def _gives_date(call: Call) -> bool:
    form = dict(call.hash).get("format")
    if call.head.original == "dateFormat" and isinstance(form, Literal):
        from kobjctl.javascript.moment import format_moment  # noqa: PLC0415 - few templates do

        try:
            check_custom({"someAt": format_moment(_SOME_DATE, str(form.value))}, {}, _anything)
        except BadParamError:
            return False
    return call.head.original not in _NO_DATES


_SOME_DATE: Final = "2026-01-02T03:04:05Z"


def _anything(_target: str, _record_id: str) -> bool:
    return True


def is_plain(use: Use, subject: Subject) -> bool:
    """Return whether the value can have nothing to escape: a number, a date, an id."""
    root, *rest = use.segments
    last = use.segments[-1]
    if root != "steps" or not rest:
        return False
    shape = walk(subject.outputs.get(rest[0], ANY), rest[1:]).shape
    return shape.kind in _PLAIN_KINDS or last == "id" or last.endswith(("Id", "At", "Num", "Bool"))
