"""Which process a payload is for: all that have the same key go to the same one, in order."""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.app import jsonpath
from kobjctl.expressions.references import follow
from kobjctl.model.errors import UsageError
from kobjctl.model.values import MISSING, Json
from kobjctl.model.workflow import Workflow
from kobjctl.store.text import encode

_PLAIN: Final = re.compile(r"\$((?:\.[\w-]+)+)")
_OF_TRIGGER: Final = re.compile(
    r"(?:/#|\{\{\{?\s*)steps\.1\.(?P<path>[\w-]+(?:\.[\w-]+)*)(?:\s*\}\}\}?)?"
)
_IN_TRANSACTION: Final = "attributes.data."


class Keys:
    """Gives the share that a payload belongs to. `paths` are JSONPaths by the name of an event;
    the one under the empty name is for all others.
    """

    def __init__(self, paths: Mapping[str, str], shares: int) -> None:
        self._paths = paths
        self._shares = shares

    def share(self, event: str, data: Json) -> int:
        """Give the number of the share; all payloads without a key are in one."""
        path = self._paths.get(event) or self._paths.get("")
        return zlib.crc32(_key(path, data).encode()) % self._shares if path else 0


def _key(path: str, data: Json) -> str:
    """Give the key as text: texts as those who look for them would, without regard to case."""
    plain = _PLAIN.fullmatch(path)
    if plain:
        found = follow(data, tuple(plain[1][1:].split(".")))
        values = [] if found is MISSING else [found]
    else:
        values = jsonpath.find(path, data)
    told = values[0] if len(values) == 1 and isinstance(values[0], str) else encode(values)
    return told.strip().lower()


def paths_of(world: World, events: Iterable[str]) -> dict[str, str]:
    """Give the JSONPath by which each event's payloads are to be split: what the first lookup of
    the workflows that listen asks for.

    Raises UsageError when a workflow asks for nothing that came with the payload.
    """
    paths = {}
    for event in events:
        for workflow_id, _ in world.store.workflows.listening(event):
            workflow = world.store.workflows.get(workflow_id)
            if workflow and event not in paths:
                paths[event] = _path_of(workflow, is_hook=world.store.hooks.get(event) is not None)
    return paths


def _path_of(workflow: Workflow, *, is_hook: bool) -> str:
    for found in _looked_up(workflow):
        if not is_hook:
            return f"$.{found}"
        if found.startswith(_IN_TRANSACTION):
            return f"$.{found.removeprefix(_IN_TRANSACTION)}"
    raise UsageError(
        f'no lookup of workflow "{workflow.name}" tells which payloads belong together',
        hint="say what they have in common, as in --key '$.email', or do it with one process",
    )


def _looked_up(workflow: Workflow) -> Iterator[str]:
    """Yield the paths in step `1` that lookups ask for, in the order of the steps."""
    for step in workflow.steps:
        if step.action and step.action in ACTIONS and ACTIONS[step.action].lookup:
            for value in (step.params or {}).values():
                found = _OF_TRIGGER.fullmatch(value) if isinstance(value, str) else None
                if found:
                    yield found["path"]
