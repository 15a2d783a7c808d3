"""The project that workflows are judged against: what files define, and what an org knows."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import World
from kobjctl.app.parts import Files
from kobjctl.lint.project import KnownAction, KnownHook, KnownParam, KnownWorkflow, Project
from kobjctl.model.klass import Attribute, Klass
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.model.workflow import Workflow


class KnownActions(Mapping[str, KnownAction]):
    """The platform's actions, each looked at when it is asked for."""

    def __getitem__(self, name: str) -> KnownAction:
        return _known_action(name)

    def __contains__(self, name: object) -> bool:
        return name in ACTIONS

    def __iter__(self) -> Iterator[str]:
        return iter(ACTIONS)

    def __len__(self) -> int:
        return len(ACTIONS)


@lru_cache(maxsize=256)
def _known_action(name: str) -> KnownAction:
    action = ACTIONS[name]
    params = {
        each.name: KnownParam(each.type.name, each.required, each.limits) for each in action.params
    }
    return KnownAction(params, action.output, action.lookup)


def project_of(files: Files, world: World | None = None) -> Project:
    """Give what the files define together, and what the org has beside that."""
    klasses: dict[str, Mapping[str, Attribute]] = {}
    hooks: dict[str, KnownHook] = {}
    workflows: dict[str, KnownWorkflow] = {}
    if world is not None:
        klasses |= {klass.name: klass.attributes for klass in world.store.klasses.all()}
        hooks |= {
            hook.event_name: KnownHook(hook.name, hook.example) for hook in world.store.hooks.all()
        }
        workflows |= _workflows(world.store.workflows.all())
    for part in files.parts("klasses"):
        name = part.body["name"]
        klasses[name] = {**klasses.get(name, {}), **_attributes(part.body)}
    for part in files.parts("hooks"):
        hook = _hook(part.body)
        # A hook without an event name of its own is found by its name: `trigger.hook`.
        hooks[part.body.get("eventName") or hook.name] = hook
    workflows |= _workflows(Workflow.from_document(part.body) for part in files.parts("workflows"))
    return Project(KnownActions(), klasses, hooks, workflows)


def _attributes(klass: JsonObject) -> Mapping[str, Attribute]:
    return Klass.from_definition(klass, klass_id="", created_at="", updated_at="").attributes


def _hook(body: JsonObject) -> KnownHook:
    return KnownHook(body.get("name") or body["eventName"], body.get("example", MISSING))


def _workflows(workflows: Iterable[Workflow]) -> dict[str, KnownWorkflow]:
    return {
        workflow.id or workflow.document.get("id") or workflow.name: KnownWorkflow(
            workflow.name, workflow.event_name, _schema(workflow.document["trigger"])
        )
        for workflow in workflows
    }


def _schema(trigger: JsonObject) -> JsonObject | None:
    return (trigger.get("schema") or {}) if trigger.get("callable") is True else None
