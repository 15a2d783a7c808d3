"""The project that workflows are judged against: what files define, and what an org knows."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kobjctl.actions import ACTIONS
from kobjctl.actions.schema import declared
from kobjctl.lint.emissions import made_klasses, published, sure_events
from kobjctl.lint.project.files import Files
from kobjctl.lint.project.project import KnownAction, KnownHook, KnownParam, KnownWorkflow, Project
from kobjctl.model.app import full_name, plain_app, plain_name, with_full_names
from kobjctl.model.klass import Attribute, Klass
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.workflow import Workflow

if TYPE_CHECKING:
    from kobjctl.store.store import Store


class KnownActions(Mapping[str, KnownAction]):
    """The platform's actions, each looked at when it is asked for, and those that apps define.

    `own` has the definitions of the latter by their plain names; they are found by either form.
    """

    def __init__(self, own: Mapping[str, JsonObject] = MappingProxyType({})) -> None:
        self._own = own

    def __getitem__(self, name: str) -> KnownAction:
        return _known_action(name) if name in ACTIONS else _own_action(self._own[plain_name(name)])

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in ACTIONS or plain_name(name) in self._own)

    def __iter__(self) -> Iterator[str]:
        return iter((*ACTIONS, *self._own))

    def __len__(self) -> int:
        return len(ACTIONS) + len(self._own)


@lru_cache(maxsize=256)
def _known_action(name: str) -> KnownAction:
    action = ACTIONS[name]
    params = {
        each.name: KnownParam(each.type.name, each.required, each.limits, each.nullable)
        for each in action.params
    }
    return KnownAction(
        params,
        action.output,
        action.lookup,
        is_open=action.stub_only and not params,
        sure=action.params_confirmed,
        needs_one=action.needs_one,
        remote=action.remote,
    )


def _own_action(definition: JsonObject) -> KnownAction:
    from kobjctl.engine.app_action import output_of  # noqa: PLC0415 - few files define any

    schema: JsonObject = definition.get("inputSchema") or {}
    params = {name: KnownParam(kind, required) for name, kind, required in declared(schema)}
    is_open = schema.get("additionalProperties") is not False
    return KnownAction(params, output_of(definition), is_open=is_open)


def known_actions(files: Files, store: "Store | None" = None) -> KnownActions:
    """Return the platform's actions, with those of the apps of the org and of the files."""
    own: dict[str, JsonObject] = {}
    if store is not None:
        own |= {plain_name(each.name): each.definition for each in store.app_actions.all()}
    for part in files.parts("actions"):
        own[plain_name(full_name(part.app, part.body["name"]))] = part.body
    return KnownActions(own)


def project_of(files: Files, store: "Store | None" = None) -> Project:
    """Return what the files define together, and what the org has beside that."""
    klasses: dict[str, Mapping[str, Attribute]] = {}
    hooks: dict[str, KnownHook] = {}
    # A workflow of a file takes the place of the org's that has its name.
    workflows: dict[str, Workflow] = {}
    if store is not None:
        klasses |= {klass.name: klass.attributes for klass in store.klasses.all()}
        hooks |= {hook.event_name: KnownHook(hook.name, hook.example) for hook in store.hooks.all()}
        workflows |= {workflow.name: workflow for workflow in store.workflows.all()}
    for part in files.parts("klasses"):
        name = part.body["name"]
        klasses[name] = {**klasses.get(name, {}), **_attributes(part.body)}
    for part in files.parts("hooks"):
        hook = _hook(part.body)
        # A hook without an event name of its own is found by its name: `trigger.hook`.
        event_name = part.body.get("eventName")
        hooks[plain_name(full_name(part.app, event_name)) if event_name else hook.name] = hook
    for part in files.parts("workflows"):
        workflow = Workflow.from_document(with_full_names(part.body, part.names))
        known = workflows.get(workflow.name)
        workflows[workflow.name] = (
            workflow._replace(id=known.id) if known and not workflow.id else workflow
        )
    known_workflows = _workflows(workflows.values())
    listening: dict[str, list[KnownWorkflow]] = {}
    for each in known_workflows.values():
        listening.setdefault(each.event_name, []).append(each)
    return Project(
        known_actions(files, store),
        klasses,
        hooks,
        known_workflows,
        frozenset(_emitted(files, store, workflows.values())),
        apps=frozenset(_apps(files, store)),
        triggers=_triggers(files, store),
        broken=files.broken_names,
        made=frozenset(name for each in workflows.values() for name in made_klasses(each)),
        listening=listening,
    )


def _apps(files: Files, store: "Store | None") -> Iterator[str]:
    """Yield the plain names of the apps that are defined."""
    yield from map(plain_app, store.apps.names() if store else ())
    for part in files.parts("apps"):
        yield plain_app(part.app)


def _triggers(files: Files, store: "Store | None") -> dict[str, Json]:
    """Return the templates of the triggers of apps by their events."""
    templates: dict[str, Json] = {}
    if store is not None:
        templates |= {
            plain_name(each.name): each.definition.get("outputTemplate")
            for each in store.app_triggers.all()
        }
    for part in files.parts("triggers"):
        event_name = plain_name(full_name(part.app, part.body["eventName"]))
        templates[event_name] = part.body.get("outputTemplate")
    return {event_name: template for event_name, template in templates.items() if template}


def _attributes(klass: JsonObject) -> Mapping[str, Attribute]:
    return Klass.from_definition(klass, klass_id="", created_at="", updated_at="").attributes


def _hook(body: JsonObject) -> KnownHook:
    return KnownHook(body.get("name") or body["eventName"], body.get("example", MISSING))


def _workflows(workflows: Iterable[Workflow]) -> dict[str, KnownWorkflow]:
    return {
        workflow.id or workflow.name: KnownWorkflow(
            workflow.name,
            workflow.event_name,
            _schema(workflow.document["trigger"]),
            sure_events(workflow),
        )
        for workflow in workflows
    }


def _emitted(files: Files, store: "Store | None", workflows: Iterable[Workflow]) -> Iterator[str]:
    """Yield the plain names of the events that come from apps, and from steps that publish them."""
    yield from map(plain_name, store.app_triggers.names() if store else ())
    for part in files.parts("triggers"):
        yield plain_name(full_name(part.app, part.body["eventName"]))
    for workflow in workflows:
        for step in workflow.steps:
            yield from map(plain_name, published(step))


def _schema(trigger: JsonObject) -> JsonObject | None:
    return (trigger.get("schema") or {}) if trigger.get("callable") is True else None
