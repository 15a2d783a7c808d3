"""What scenarios are drafted from: a file, a workflow of the org, or a run that was recorded."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from kobjctl.app.definitions import workflows
from kobjctl.app.runs import runs
from kobjctl.expressions.secrets import secrets_of
from kobjctl.files.source import check_there
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import UsageError
from kobjctl.model.run import OPEN_STATUSES, RunReport
from kobjctl.model.secrets import Secrets
from kobjctl.model.unseen import shown_json
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.store.store import Store
from kobjctl.testing.drafting.definitions import definitions
from kobjctl.testing.drafting.recorded import without_masked

_SUFFIXES: Final = (".yaml", ".yml", ".json")


class DraftOrigin(NamedTuple):
    """The `file` that defines the workflow; where the org defines it, its `content`, and the name
    of the `workflow`. `run` is a recorded run, which was `sent` something; `target` is the scenario
    file that goes with it all.
    """

    file: Path
    target: Path
    content: JsonObject | None = None
    workflow: str = ""
    run: RunReport | None = None
    sent: Json = None


def find(store: Callable[[], Store], reference: str, run: str | None) -> DraftOrigin:
    """Find what is meant by a file or a name, and by a run.

    Raises UsageError when nothing is named or a file isn't there, UnknownNameError for a name that
    the org has not.
    """
    if run is None:
        if not reference:
            raise UsageError(
                "no workflow is named", hint="name a file or a workflow, or a run: --run RUN"
            )
        return _of_file(Path(reference)) if _is_file(reference) else _of_org(store(), reference)
    report = runs.report(store(), run)
    if report.run.status in OPEN_STATUSES:
        raise UsageError(
            f"run {report.run.number} has not ended yet", hint=f"kobjctl logs {report.run.number}"
        )
    name = report.run.workflow_name
    found = _of_file(Path(reference)) if _is_file(reference) else _of_org(store(), name)
    event = store().events.of_id(report.run.event_id)
    sent = secrets_of(store()).mask(event.data)
    target = found.target.with_name(f"{name}-run-{report.run.number}.test.yaml")
    return found._replace(workflow=name, run=report, sent=sent, target=target)


def examples_of(store: Store) -> dict[str, Json]:
    """Return the example payloads of an org's hooks by the names of these, without secrets."""
    hidden: Secrets = secrets_of(store)
    found = {hook.name: hook.example for hook in store.hooks.all()}
    return {
        name: without_masked(hidden.mask(each))
        for name, each in found.items()
        if each is not MISSING
    }


def _is_file(reference: str) -> bool:
    if not reference:
        return False
    path = Path(reference)
    if path.suffix.lower() in _SUFFIXES or len(path.parts) > 1:
        check_there(path)
    if os.path.isdir(path):  # noqa: PTH112 - what is too long for a path is a name
        raise UsageError(f'"{reference}" is a folder', hint="name one of its files")
    return os.path.exists(path)  # noqa: PTH110 - see above


def _of_file(path: Path) -> DraftOrigin:
    return DraftOrigin(path, path.with_name(f"{path.stem}.test.yaml"))


def _of_org(store: Store, name: str) -> DraftOrigin:
    workflow = workflows.get(store, name)
    found = _of_file(Path(f"{workflow.name}.json"))
    return found._replace(content=definitions(store, workflow), workflow=workflow.name)


def text_of(content: JsonObject) -> str:
    """Return the text of a file that defines a workflow."""
    return f"{shown_json(stringify(content, 2))}\n"
