"""The shape of what each step gives, as far as it is known before any run.

Source: `manual/platform.md 7.2, 8.5`.
"""

import re
from collections.abc import Mapping
from typing import Final

from kobjctl.actions.schema import properties_of
from kobjctl.lint.project.project import KnownHook, Project
from kobjctl.lint.shape import ANY, Shape, object_of, of_kind, shape_of
from kobjctl.model.hook import is_hook_event
from kobjctl.model.kinds import KINDS
from kobjctl.model.klass import Attribute
from kobjctl.model.values import MISSING, Json
from kobjctl.model.workflow import Step, Workflow

_RECORD_EVENT: Final = r"kustomer\.(?:(kobject)\.)?([^.]+)\.(create|update)"
_KINDS: Final[Mapping[str, str]] = {
    "Str": "text",
    "Txt": "text",
    "Num": "number",
    "At": "date and time",
    "Bool": "true or false",
    "Url": "text",
    "Tree": "text",
}
_SCHEMA_KINDS: Final[Mapping[str, str]] = {
    "string": "text",
    "number": "number",
    "integer": "number",
    "boolean": "true or false",
    "object": "object",
    "array": "list",
}
EXAMPLE: Final = "the example of hook"
_TRANSACTION: Final[Mapping[str, str]] = {
    "id": "text",
    "type": "text",
    "relationships": "object",
}


def output_of(step: Step, project: Project) -> Shape:
    """Return the shape of a step's output; of a step without an action, one without fields."""
    if step.action is None:
        return Shape("object", {}, source="a condition step has no output")
    action = project.actions.get(step.action)
    if action is None or not action.output:
        return ANY
    source = f"kobjctl actions {step.action}"
    output = object_of(action.output, source, **_custom_of(step, action.output, project))
    # Every record belongs to the org.
    return output._replace(record="org" in action.output)


def _custom_of(step: Step, fields: Mapping[str, str], project: Project) -> dict[str, Shape]:
    if "custom" not in fields or step.action is None:
        return {}
    family = step.action.split(".")[1]
    klass = step.params.get("klassName") if family == "kobject" else family
    if not isinstance(klass, str) or klass not in project.klasses:
        return {}
    return {"custom": custom_shape(klass, project.klasses[klass])}


def custom_shape(klass: str, attributes: Mapping[str, Attribute]) -> Shape:
    """Return the shape of the `custom` of a Klass; another attribute is no mistake by itself."""
    fields = {name: Shape(_KINDS.get(each.suffix, "any")) for name, each in attributes.items()}
    return Shape("object", fields, open=True, source=f"klass {klass}")


def trigger_output(workflow: Workflow, project: Project) -> Shape:
    """Return the shape of the output of step `1`."""
    trigger = workflow.document["trigger"]
    if trigger.get("callable") is True:
        return schema_shape(trigger.get("schema"))
    if workflow.event_name in project.triggers:
        return template_shape(project.triggers[workflow.event_name])
    hook = project.hook(workflow.event_name, trigger.get("hook", ""))
    if hook or is_hook_event(workflow.event_name):
        return _transaction(hook)
    record = re.fullmatch(_RECORD_EVENT, workflow.event_name)
    return _record(record, project) if record else ANY


def template_shape(template: Json) -> Shape:
    """Return the shape of what the template of an app's trigger makes; its values may be
    anything.
    """
    if not isinstance(template, dict):
        return ANY
    fields = {name: template_shape(inner) for name, inner in template.items()}
    return Shape("object", fields, source="the outputTemplate of the trigger")


def _transaction(hook: KnownHook | None) -> Shape:
    has_example = hook is not None and hook.example is not MISSING
    source = f"{EXAMPLE} {hook.name}" if hook else ""
    data = shape_of(hook.example, source) if hook and has_example else ANY
    attributes = Shape("object", {"createdAt": Shape("date and time"), "data": data})
    return object_of(_TRANSACTION, "the payload of a hook", attributes=attributes)


def _record(event: re.Match[str], project: Project) -> Shape:
    is_kobject, name, verb = event.groups()
    kind = KINDS.get("kobject" if is_kobject else name)
    if kind is None:
        return ANY
    known = {"custom": custom_shape(name, project.klasses[name])} if name in project.klasses else {}
    record = object_of(kind.output, f"the record of {event[0]}", **known)
    if verb == "update":
        record = record._replace(fields={**(record.fields or {}), "changes": _changes(record)})
    return record._replace(record=True)


def _changes(record: Shape) -> Shape:
    """Return the shape of what an update has changed: each field as it was, and as it is."""
    fields = {
        name: Shape("object", {"op": of_kind("text"), "before": shape, "after": shape})
        for name, shape in (record.fields or {}).items()
    }
    attributes = Shape("object", fields, record=True, source=record.source)
    return Shape("object", {"attributes": attributes, "relationships": ANY})


def schema_shape(schema: object) -> Shape:
    """Return the shape that a JSON schema declares."""
    if not isinstance(schema, dict):
        return ANY
    kind = schema.get("type", "object" if "properties" in schema else None)
    properties = properties_of(schema)
    if kind == "object" or properties:
        fields = {name: schema_shape(each) for name, each in properties.items()}
        return Shape("object", fields or None, source="the schema of the trigger")
    if kind == "array":
        return Shape("list", item=schema_shape(schema.get("items")))
    return Shape(_SCHEMA_KINDS.get(kind, "any")) if isinstance(kind, str) else ANY
