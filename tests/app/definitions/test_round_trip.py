"""What is imported is exported again, key for key, whatever the platform may put into it."""

import json
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kobjctl.app.definitions import apps, workflows
from kobjctl.app.definitions.apply import apply
from kobjctl.engine.engine import engine_of
from kobjctl.model.chance import object_ids
from kobjctl.store.opening import MEMORY
from kobjctl.store.org import Org
from kobjctl.store.store import Store

NOON = "2026-01-02T12:00:00.000Z"


def _forms():
    spec = spec_from_file_location("forms", Path(__file__).with_name("forms.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


forms = _forms()


class Quoting(yaml.SafeDumper):
    """Writes YAML with quotes around every text: bare, `08` is text in YAML 1.1 and 8 in 1.2."""


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)
WRITERS = {
    ".json": json.dumps,
    ".yaml": lambda document: yaml.dump(document, Dumper=Quoting, allow_unicode=True),
}
any_suffix = st.sampled_from(sorted(WRITERS))
relaxed = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def org():
    """An org, and a folder for files: both are used for every example."""
    store = Store.open(MEMORY, org_id="0" * 23 + "1", now=NOON)
    yield engine_of(Org(store, now=lambda: NOON, tick=lambda: 0.0, new_id=object_ids()))
    store.close()


@contextmanager
def imported(engine, folder, document, suffix):
    """Load a document into an empty org, which is empty again afterwards."""
    path = folder / f"document{suffix}"
    path.write_text(WRITERS[suffix](document), encoding="utf-8")
    engine.org.store.begin()
    try:
        yield apply(engine.org, [path])
    finally:
        engine.org.store.rollback()


def exported(engine, changes, *, envelope):
    names = [change.name for change in changes if change.kind == "workflow"]
    found = [workflows.get(engine.org.store, name) for name in names]
    return workflows.export_all(engine.org.store, found, envelope=envelope)


@relaxed
@given(document=forms.bare, suffix=any_suffix)
def test_a_bare_workflow_is_exported_as_it_was(org, tmp_path, document, suffix):
    with imported(org, tmp_path, document, suffix) as applied:
        assert document == exported(org, applied.changes, envelope=False)


@relaxed
@given(
    document=forms.enveloped | forms.answers | forms.listed | forms.bare_lists, suffix=any_suffix
)
def test_an_answer_of_the_api_is_exported_as_it_was(org, tmp_path, document, suffix):
    with imported(org, tmp_path, document, suffix) as applied:
        assert document == exported(org, applied.changes, envelope=True)


@relaxed
@given(document=forms.apps(), suffix=any_suffix)
def test_an_app_definition_is_exported_as_it_was(org, tmp_path, document, suffix):
    with imported(org, tmp_path, document, suffix):
        assert document == apps.export(org.org.store, apps.get(org.org.store, document["app"]))
