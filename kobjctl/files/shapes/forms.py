"""What a file defines, and at which paths: workflows, klasses and apps in every form they have.

The platform gives out bare workflows (its editor), objects with the workflow under `attributes`
(its API), one or a list of them under `data`, and app definitions (`manual/platform.md 1.1, 1.6`).
A list of any of these is taken as well.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from kobjctl.files.shapes.rules import select
from kobjctl.model.envelope import Envelope, Frame
from kobjctl.model.values import Json, JsonObject, JsonPath

WORKFLOW_KEYS: Final = frozenset({"trigger", "steps"})
APP_KEYS: Final = frozenset({"klasses", "hooks", "workflows", "actions", "triggers"})
# They say that a file is an app's, whatever else is in it.
_APP_SIGNS: Final = frozenset({"app", "version"})
STUB_KEYS: Final = frozenset({"http", "actions"})
# What the objects that the API answers with are called, and what they are here.
KINDS: Final = {"workflow": "workflows", "klass": "klasses"}


class Form(NamedTuple):
    """An object of a file. `kind` is `workflows`, `klasses` or `apps`, empty for anything else.

    `path` leads to what is defined, `item` to what stands around it: the entry of a list, or the
    whole file.
    """

    kind: str
    path: JsonPath
    item: JsonPath


def forms(data: Json) -> list[Form]:
    """Return the objects of a file; the file itself as one of no kind when nothing is known."""
    pattern = ("*",) if isinstance(data, list) else ("data", "*")
    listed = [] if _kind(data) else [_form(item, path) for path, item in select(data, *pattern)]
    if any(form.kind for form in listed) or _is_empty_answer(data):
        return listed
    return [_form(data, ())]


def body_of(data: Json, form: Form) -> JsonObject:
    """Return what a form defines; an id that stands beside the attributes is put to them."""
    body: JsonObject = at_path(data, form.path)
    return {"id": _outer_id(data, form), **body} if _adds_id(data, form) else body


def envelope_of(data: Json, form: Form) -> Envelope | None:
    """Return what is around a workflow; None for a bare one alone in its file."""
    if not form.path:
        return None
    adds_id = _adds_id(data, form)
    inner = tuple(str(part) for part in form.path[len(form.item) :])
    item = Frame.around(at_path(data, form.item), inner)
    if not form.item:
        return Envelope(item, adds_id=adds_id)
    before = tuple(str(part) for part in form.item[:-1])
    size = len(at_path(data, before))
    return Envelope(item, Frame.around(data, before), size, adds_id)


def is_workflow(data: Json) -> bool:
    """Return whether a value is a bare workflow."""
    return isinstance(data, dict) and not WORKFLOW_KEYS.isdisjoint(data)


def is_app(data: Json) -> bool:
    """Return whether a value is an app file."""
    if not isinstance(data, dict) or is_workflow(data) or is_stubs(data):
        return False
    return not APP_KEYS.isdisjoint(data) or data.keys() >= _APP_SIGNS


def is_stubs(data: Json) -> bool:
    """Return whether a value is a stub file, whose `actions` are answers and no definitions."""
    if not isinstance(data, dict) or not data or not data.keys() <= STUB_KEYS:
        return False
    return "http" in data or any(path for path, _ in select(data, "actions", "*", "action"))


def _kind(value: Json) -> str:
    if is_workflow(value):
        return "workflows"
    return "apps" if is_app(value) else ""


def _form(item: Json, path: JsonPath) -> Form:
    for inner, kind in _bodies(item):
        if kind:
            return Form(kind, (*path, *inner), path)
    return Form("", path, path)


def _bodies(item: Json) -> Iterator[tuple[JsonPath, str]]:
    """Yield the paths at which the body of an item may be, with the kind of what is there."""
    yield (), _kind(item)
    for at in ((), ("data",)):
        for path, holder in select(item, *at):
            attributes = holder.get("attributes") if isinstance(holder, dict) else None
            if isinstance(attributes, dict):
                kind = KINDS.get(str(holder.get("type")), "")
                is_bare = is_workflow(attributes)
                yield (*path, "attributes"), kind or ("workflows" if is_bare else "")


def _is_empty_answer(data: Json) -> bool:
    return isinstance(data, dict) and data.get("data") == [] and not _kind(data)


def _adds_id(data: Json, form: Form) -> bool:
    if form.path[-1:] != ("attributes",) or form.kind != "workflows":
        return False
    return "id" not in at_path(data, form.path) and isinstance(_outer_id(data, form), str)


def _outer_id(data: Json, form: Form) -> Json:
    return at_path(data, form.path[:-1]).get("id")


def at_path(data: Json, path: JsonPath) -> Json:
    """Return the value at a path that is there."""
    for part in path:
        data = data[part]
    return data
