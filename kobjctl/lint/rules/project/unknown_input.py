"""WF902: what an action of an app makes of things that it isn't given."""

from collections.abc import Iterator
from typing import Final

from kobjctl.actions.schema import declared, properties_of
from kobjctl.engine.app_action import ORG_NAME
from kobjctl.expressions.references import MARK
from kobjctl.lint.project.files import Definition
from kobjctl.lint.project.project import ProjectSubject
from kobjctl.lint.rule import ProjectFinding, rule
from kobjctl.lint.rules.project.unfit_template import in_template, template_subject
from kobjctl.model.errors import did_you_mean
from kobjctl.model.values import JsonObject

_REQUEST: Final = "rest_api"
_OBJECTS: Final = ("qs", "headers")
_MAY_BE_OBJECT: Final = ("object", "anything")


@rule("WF902", "unknown-input", severity="warning", about=("actions",))
def unknown_input(subject: ProjectSubject) -> Iterator[ProjectFinding]:
    """The template of an app's action should use what the action is given.

    Its values begin at the properties of the `inputSchema` and at the names in `appSettings`
    (`manual/platform.md 7.10`). Anything else is missing: a tag prints nothing, a
    reference leaves its key out. `qs` and `headers` are objects, and what is not one can't be sent.

    Bad (-) and good (+):

          app: parcels
          version: 1.0.0
          title: Parcels
          actions:
            - name: kustomer.app.parcels.get
              type: rest_api
              inputTemplate:
        -       uri: https://api.parcels.example/{{number}}
        +       uri: https://api.parcels.example/{{tracking}}
                method: GET
              inputSchema:
                properties: {tracking: {type: string}}
    """
    for part in subject.files.parts("actions"):
        template = part.body.get("inputTemplate")
        if isinstance(template, dict):
            yield from _unknown(part, subject)
            if part.body.get("type") == _REQUEST:
                yield from _no_objects(part, template)


def _unknown(part: Definition, subject: ProjectSubject) -> Iterator[ProjectFinding]:
    schema: JsonObject = part.body.get("inputSchema") or {}
    properties = properties_of(schema)
    if not properties and schema.get("additionalProperties") is not False:
        return  # it takes anything
    known = {ORG_NAME, *properties, *(part.body.get("appSettings") or {})}
    told = set()
    for use in template_subject(part, subject.project).uses:
        root, place = use.segments[0], use.at.path
        if root in known or (root, place) in told:
            continue
        told.add((root, place))
        yield ProjectFinding(
            in_template(part, place),
            f'the action isn\'t given "{root}"',
            did_you_mean(root, known) or "declare it in `inputSchema` or `appSettings`",
        )


def _no_objects(part: Definition, template: JsonObject) -> Iterator[ProjectFinding]:
    """Yield findings of what has to be an object, and is given something else."""
    kinds = {name: kind for name, kind, _ in declared(part.body.get("inputSchema") or {})}
    kinds |= dict.fromkeys(part.body.get("appSettings") or {}, "a setting")
    for key in _OBJECTS:
        value = template.get(key)
        if not isinstance(value, str):
            continue  # the rule about values judges it
        name = value.removeprefix(MARK)
        is_text = name == value
        if is_text or kinds.get(name, "object") not in _MAY_BE_OBJECT:
            yield ProjectFinding(
                part.at("inputTemplate", key),
                f"`{key}` is an object, and this is {'text' if is_text else kinds[name]}",
                f"write its keys: {key}: {{NAME: {value if not is_text else 'VALUE'}}}",
            )
