"""Bring what is given into the org of a scenario: records, variables, settings."""

from collections.abc import Iterator
from contextlib import contextmanager

from kobjctl.app.definitions import settings, variables
from kobjctl.app.org.conditions import with_next_ids
from kobjctl.engine.plan import mentioned_variables
from kobjctl.files.document import Document
from kobjctl.model.app import plain_key
from kobjctl.model.errors import KobjctlError, UnknownNameError, UsageError
from kobjctl.model.kinds import IN_ORDER_OF_NEED
from kobjctl.model.klass import is_reference
from kobjctl.model.values import Json, JsonObject
from kobjctl.records import services
from kobjctl.store.org import Org
from kobjctl.store.text import encode
from kobjctl.testing.scenarios.reading import given_parts
from kobjctl.testing.scenarios.stage import PlacedError, Stage


def bring(stage: Stage) -> None:
    """Bring in what the file gives, then what the scenario does; raises PlacedError."""
    documents = (stage.file.document, stage.own)
    for kind in IN_ORDER_OF_NEED:
        for document in documents:
            for index, fields in enumerate(given_parts(document).get(kind.plural) or ()):
                with _placed(document, kind.plural, index):
                    _make(stage.engine.org, kind.name, fields)
    for name, (document, value) in _named("variables", documents).items():
        with _placed(document, "variables", name):
            _set_variable(stage, name, value)
    for key, (document, value) in _named("settings", documents).items():
        with _placed(document, "settings", key):
            _set_setting(stage.engine.org, key, value)


@contextmanager
def _placed(document: Document, *path: str | int) -> Iterator[None]:
    try:
        yield
    except KobjctlError as error:
        raise PlacedError(document, ("given", *path), error) from error


def _named(key: str, documents: tuple[Document, Document]) -> dict[str, tuple[Document, Json]]:
    """Return what has a name; the scenario's own takes the place of its file's."""
    return {
        name: (document, value)
        for document in documents
        for name, value in (given_parts(document).get(key) or {}).items()
    }


def _make(org: Org, kind: str, fields: JsonObject) -> None:
    record_id = fields.get("id")
    fields = {key: value for key, value in fields.items() if key != "id"}
    if kind == "kobject":
        fields = _kobject(fields)
    if record_id is None:
        services.create(org, kind, fields)
        return
    if not is_reference(record_id):
        raise UsageError(f'"{record_id}" is no id', hint="an id has 24 hex characters: 0-9, a-f")
    # A message without a conversation makes one first.
    first = kind == "message" and "conversation" not in fields
    ids = (org.new_id(), record_id) if first else (record_id,)
    services.create(with_next_ids(org, *ids), kind, fields)


def _kobject(fields: JsonObject) -> JsonObject:
    """Return the fields of a KObject as its action takes them: the klass is called `klass` here."""
    klass = fields.get("klass")
    if klass is None:
        raise UsageError("a KObject needs `klass`", hint="such as {klass: order, title: A-1}")
    rest = {key: value for key, value in fields.items() if key != "klass"}
    return {"klassName": klass, "title": klass, "data": {}, **rest}


def _set_variable(stage: Stage, name: str, value: Json) -> None:
    """Give a variable its value in every workflow that mentions it."""
    mentioned = {
        workflow.name: mentioned_variables(workflow) for workflow in stage.start.workflows.values()
    }
    naming = [workflow for workflow, names in mentioned.items() if name in names]
    if not naming:
        known = sorted(frozenset().union(*mentioned.values()))
        otherwise = f"the workflows use {', '.join(known)}" if known else "the workflows use none"
        raise UnknownNameError("variable of the workflows", name, known, otherwise=otherwise)
    for workflow in naming:
        variables.set_value(stage.engine.org, workflow, name, _text(value))


def _set_setting(org: Org, key: str, value: Json) -> None:
    """Give a setting its value; raises UnknownNameError for one that no app has."""
    known = settings.known_keys(org.store)
    if plain_key(key) not in known:
        otherwise = f"they have {', '.join(known)}"
        raise UnknownNameError("setting of the apps", key, known, otherwise=otherwise)
    settings.set_value(org, key, _text(value), secret=False)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else encode(value)
