"""The shapes of all files that kobjctl reads by shape, key by key.

Source: `manual/platform.md 1, 8.2, 9.1, 9.4`. Judging at first sight (`quick`), the models that
find all faults (`faults`) and the schema for editors (`lint.editor_schema`) are made of this table.
"""

from typing import Final

from kobjctl.files.shapes.kinds import (
    ANYTHING,
    FLAG,
    NAME,
    OBJECT,
    TEXT,
    TEXTS,
    Key,
    Kind,
    list_of,
    need,
    one_of,
    shape,
    shaped,
    values_of,
)
from kobjctl.files.shapes.scenario_table import SCENARIO_SHAPES
from kobjctl.model.app import PLATFORM_PARTS
from kobjctl.model.hook import HOOK_TYPES
from kobjctl.model.klass import MAX_ATTRIBUTES

_SHORT: Final = Kind("string", most=64).or_null()
_TEXT: Final = TEXT.or_null()
_OBJECT: Final = OBJECT.or_null()
_SCHEMA: Final = shaped("Schema").or_null()
_NODES: Final = list_of("TreeNode", "a list of nodes").or_null()
_TRANSITIONS: Final = list_of("Transition", "a list of transitions")

_APP_FILE: Final = {
    "klasses": Key(list_of("Klass", "a list of klasses"), "The kinds of custom objects."),
    "hooks": Key(list_of("Hook", "a list of hooks"), "The addresses at which payloads come in."),
    "workflows": Key(
        list_of("Workflow", "a list of workflows"), "What happens when a payload comes in."
    ),
    "actions": Key(list_of("Action", "a list of actions"), "The actions of an app."),
    "triggers": Key(list_of("AppTrigger", "a list of triggers"), "The events of an app."),
}

SHAPES: Final = {
    "Workflow": shape(
        "a workflow",
        id=Key(NAME, "The platform's id; a new workflow gets one."),
        name=need(NAME, "What the workflow is called; unique in an org."),
        description=Key(_TEXT, "What it is for."),
        enabled=Key(FLAG, "Whether events start it; true when it is left out."),
        meta=Key(_OBJECT, "What the platform's editor keeps beside the workflow."),
        trigger=need(shaped("Trigger"), "What starts the workflow; to references it is step 1."),
        steps=Key(
            list_of("Step", "a list of steps"),
            "What it may do; transitions choose the way from step to step.",
        ),
        response=Key(shaped("Response").or_null(), "What a callable workflow gives to its caller."),
        also="_id appDisabled appSettings appVersion containsVariables createdAt createdBy"
        " dynamicSchedules editable loggingAt modifiedAt modifiedBy objectMapping replaces rev"
        " schedules systemDisabled updatedAt",
    ),
    "Trigger": shape(
        "a trigger",
        id=Key(NAME, 'The id of the trigger: "1".'),
        eventName=Key(NAME, "The event that starts the workflow, as in kustomer.customer.create."),
        hook=Key(
            NAME.called("the name of a hook"),
            "The name of the hook whose payloads start it, in place of its eventName.",
        ),
        appVersion=Key(_TEXT, "The version of the app that the event belongs to."),
        meta=Key(_OBJECT, "What the platform's editor keeps beside the trigger."),
        callable=Key(FLAG, "Whether other workflows may call this one."),
        schema=Key(_SCHEMA, "The JSON Schema of the inputs of a callable workflow."),
        transitions=Key(
            _TRANSITIONS,
            "The ways to the first steps; the first one whose condition holds is taken.",
        ),
        also="_id",
    ),
    "Step": shape(
        "a step",
        id=need(NAME, "What targets and references call the step; unique in the workflow."),
        action=Key(
            NAME.called("the name of an action").or_null(),
            "What the step does; kobjctl actions lists them. Without one it only branches.",
        ),
        appVersion=Key(_TEXT, "The version of the app that the action belongs to."),
        params=Key(_OBJECT, "What the action is given: literals, references and templates."),
        meta=Key(
            shaped("StepMeta").or_null(),
            "What the platform's editor keeps beside the step, as displayName.",
        ),
        transitions=Key(_TRANSITIONS, "The ways on; the first one whose condition holds is taken."),
        errorCases=Key(
            _TRANSITIONS.called("a list of error cases"), "The ways on when the step failed."
        ),
        also="_id",
        otherwise="it has no effect here; what the action is given stands under `params`",
    ),
    "StepMeta": shape(
        "the meta of a step",
        displayName=Key(_TEXT, "What people see of the step."),
        is_open=True,
    ),
    "Transition": shape(
        "a transition",
        target=need(NAME, "The id of the step that it leads to."),
        condition=Key(
            shaped("Condition").or_null(), "When it is taken; always when it is left out."
        ),
        meta=Key(
            shaped("TransitionMeta").or_null(),
            "What the platform's editor keeps beside the transition, as name.",
        ),
        also="_id id",
    ),
    "TransitionMeta": shape(
        "the meta of a transition",
        name=Key(_TEXT, "What people see of the way."),
        is_open=True,
    ),
    "Condition": shape(
        "a condition",
        op=need(NAME, "The operator; kobjctl operators lists them."),
        values=need(
            list_of(ANYTHING),
            "What it is about: literals, references and, for and and or, conditions.",
        ),
    ),
    "Response": shape(
        "the response of a workflow",
        schema=Key(
            _SCHEMA, "The JSON Schema of what the caller is given; its properties name outputs."
        ),
        is_open=True,
    ),
    "Schema": shape(
        "a schema",
        properties=Key(OBJECT, "The fields and their schemas."),
        required=Key(TEXTS.called("a list of names"), "The fields that must be there."),
        is_open=True,
    ),
    "Klass": shape(
        "a klass",
        name=need(
            Kind("string", most=255, pattern=r"^[0-9a-zA-Z_-]+$"),
            "What the klass is called in files and by the API: letters, digits, - and _.",
        ),
        displayName=Key(Kind("string", most=255).or_null(), "What people see."),
        icon=Key(_SHORT, "The name of its icon."),
        color=Key(_SHORT, "Its colour, as in #64943E."),
        status=Key(one_of("enabled", "disabled"), "Whether it is in use."),
        metadata=Key(shaped("Metadata").or_null(), "Its attributes, under properties."),
        also="_id appDisabled appVersion createdAt description id jsonSchema klassSchema mixins"
        " modifiedAt rev s3DataUrl updatedAt",
    ),
    "Metadata": shape(
        "the metadata of a klass",
        standard=Key(FLAG, "Whether it is a klass of the platform itself."),
        properties=Key(
            values_of("Attribute", most=MAX_ATTRIBUTES),
            "The attributes by their API names, whose suffix tells the type.",
        ),
        is_open=True,
    ),
    "Attribute": shape(
        "an attribute",
        displayName=Key(_TEXT, "What people see."),
        type=Key(ANYTHING, "Leave it out: the suffix of the name tells it."),
        enumeration=Key(TEXTS.called("a list of texts").or_null(), "The texts that it may have."),
        target=Key(_TEXT, "The klass that a relation leads to."),
        multi=Key(FLAG, "Whether it has many of the texts."),
        array=Key(FLAG, "Whether it is a list."),
        tree=Key(shaped("Tree").or_null(), "The levels of a tree of choices."),
        lastNodeRequired=Key(FLAG, "Whether a choice has to end on a last node."),
        is_open=True,
    ),
    "Tree": shape(
        "the tree of an attribute",
        lastNodeRequired=Key(FLAG, "Whether a choice has to end on a last node."),
        children=Key(_NODES, "The first level of choices."),
        is_open=True,
    ),
    "TreeNode": shape(
        "a node of a tree",
        id=need(NAME, "What values call the node, with dots between the levels."),
        deleted=Key(FLAG, "Whether it can't be chosen any more."),
        children=Key(_NODES, "The choices beneath it."),
        is_open=True,
    ),
    "Hook": shape(
        "a hook",
        name=Key(NAME, "What the hook is called."),
        eventName=Key(
            NAME, "The event that its payloads are; made of the name when it is left out."
        ),
        displayEventName=Key(_TEXT, "What people see of the event."),
        description=Key(_TEXT, "What it is for."),
        type=need(
            one_of(*HOOK_TYPES),
            f"What comes in: {', '.join(each.payload for each in HOOK_TYPES.values())}.",
        ),
        key=Key(_TEXT, "What keeps a payload from being taken twice."),
        also="_id createdAt debug email example hash id meta modifiedAt title updatedAt url"
        " version",
    ),
    "Action": shape(
        "an action",
        name=need(NAME, "What steps call the action."),
        type=Key(NAME, "What performs it, as rest_api."),
        appSettings=Key(values_of("AppSetting"), "The settings that it is given."),
        inputSchema=Key(_SCHEMA, "The JSON Schema of its params."),
        outputSchema=Key(_SCHEMA, "The JSON Schema of its output."),
        is_open=True,
    ),
    "AppSetting": shape(
        "the setting of an action",
        key=need(NAME, "The setting's name, as in my_app.default.apiKey."),
        is_open=True,
    ),
    "AppTrigger": shape(
        "a trigger of an app",
        eventName=need(NAME, "The event that starts workflows."),
        is_open=True,
    ),
    "Setting": shape(
        "a setting",
        type=Key(
            one_of("string", "number", "boolean", "secret"),
            "What it holds; a secret is never shown.",
        ),
        is_open=True,
    ),
    "AppFile": shape("an app file", _APP_FILE, is_open=True),
    "App": shape(
        "an app definition",
        _APP_FILE,
        app=need(
            Kind("string", most=128, pattern=r"^[a-zA-Z0-9_]+$"),
            "What the app is called: letters, digits and _.",
        ),
        settings=Key(
            values_of(values_of("Setting"), "an object of categories"),
            "What people set for the app, by category and name.",
        ),
        also="appDetails auth changelog clientId clientSecret default dependencies description"
        " iconUrl identifier inboundHookUris installUrl instructions meta postInstallMessage"
        " redirectUris releaseNotesUrl roles screenshots settingsPageConfig system tags title url"
        f" version visibility {' '.join(sorted(PLATFORM_PARTS))}",
        otherwise="the platform refuses to register an app with it",
    ),
    "Envelope": shape("an answer of the API", id=Key(NAME), is_open=True),
    **SCENARIO_SHAPES,
}
