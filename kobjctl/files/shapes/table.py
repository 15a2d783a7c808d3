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
        name=need(NAME, "The workflow's name; unique in an org."),
        description=Key(_TEXT, "What it is for."),
        enabled=Key(FLAG, "Whether events start it (else true)."),
        meta=Key(_OBJECT, "The platform editor's own data about the workflow."),
        trigger=need(shaped("Trigger"), "What starts the workflow; references call it step 1."),
        steps=Key(
            list_of("Step", "a list of steps"),
            "What the workflow does; transitions lead from step to step.",
        ),
        response=Key(
            shaped("Response").or_null(), "What a callable workflow returns to its caller."
        ),
        also="_id appDisabled appSettings appVersion containsVariables createdAt createdBy"
        " dynamicSchedules editable loggingAt modifiedAt modifiedBy objectMapping replaces rev"
        " schedules systemDisabled updatedAt",
    ),
    "Trigger": shape(
        "a trigger",
        id=Key(NAME, 'The id of the trigger: "1".'),
        eventName=Key(
            NAME, "The event that starts the workflow, such as kustomer.customer.create."
        ),
        hook=Key(
            NAME.called("the name of a hook"),
            "The hook whose payloads start it; replaces eventName.",
        ),
        appVersion=Key(_TEXT, "The version of the app that the event belongs to."),
        meta=Key(_OBJECT, "The platform editor's own data about the trigger."),
        callable=Key(FLAG, "Whether other workflows may call this one."),
        schema=Key(_SCHEMA, "The JSON Schema of the inputs of a callable workflow."),
        transitions=Key(
            _TRANSITIONS,
            "Transitions to the first steps; a run takes the first whose condition holds.",
        ),
        also="_id",
    ),
    "Step": shape(
        "a step",
        id=need(NAME, "The id that targets and references use; unique in the workflow."),
        action=Key(
            NAME.called("the name of an action").or_null(),
            "What the step does; kobjctl actions lists them. Without one it only branches.",
        ),
        appVersion=Key(_TEXT, "The version of the app that the action belongs to."),
        params=Key(_OBJECT, "The action's parameters: literals, references and templates."),
        meta=Key(
            shaped("StepMeta").or_null(),
            "The platform editor's own data about the step, such as displayName.",
        ),
        transitions=Key(
            _TRANSITIONS,
            "Transitions to the next steps; a run takes the first whose condition holds.",
        ),
        errorCases=Key(
            _TRANSITIONS.called("a list of error cases"),
            "Transitions that are tried when the step fails.",
        ),
        also="_id",
        otherwise="it has no effect; write the action's parameters under `params`",
    ),
    "StepMeta": shape(
        "the meta of a step",
        displayName=Key(_TEXT, "The step's name for people."),
        is_open=True,
    ),
    "Transition": shape(
        "a transition",
        target=need(NAME, "The id of the step that it leads to."),
        condition=Key(shaped("Condition").or_null(), "When a run takes it (else always)."),
        meta=Key(
            shaped("TransitionMeta").or_null(),
            "The platform editor's own data about the transition, such as name.",
        ),
        also="_id id",
    ),
    "TransitionMeta": shape(
        "the meta of a transition",
        name=Key(_TEXT, "The transition's name for people."),
        is_open=True,
    ),
    "Condition": shape(
        "a condition",
        op=need(NAME, "The operator; kobjctl operators lists them."),
        values=need(
            list_of(ANYTHING),
            "What it compares: literals and references; for and and or, conditions.",
        ),
    ),
    "Response": shape(
        "the response of a workflow",
        schema=Key(
            _SCHEMA, "The JSON Schema of the response; its properties name outputs of steps."
        ),
        is_open=True,
    ),
    "Schema": shape(
        "a schema",
        properties=Key(OBJECT, "The fields and their schemas."),
        required=Key(TEXTS.called("a list of names"), "The required fields."),
        is_open=True,
    ),
    "Klass": shape(
        "a klass",
        name=need(
            Kind("string", most=255, pattern=r"^[0-9a-zA-Z_-]+$"),
            "The klass's name in files and in the API: letters, digits, - and _.",
        ),
        displayName=Key(Kind("string", most=255).or_null(), "What people see."),
        icon=Key(_SHORT, "The name of its icon."),
        color=Key(_SHORT, "Its colour, such as #64943E."),
        status=Key(one_of("enabled", "disabled"), "Whether it is in use."),
        metadata=Key(shaped("Metadata").or_null(), "Its attributes, under properties."),
        also="_id appDisabled appVersion createdAt description id jsonSchema klassSchema mixins"
        " modifiedAt rev s3DataUrl updatedAt",
    ),
    "Metadata": shape(
        "the metadata of a klass",
        standard=Key(FLAG, "Whether it is one of the platform's own klasses."),
        properties=Key(
            values_of("Attribute", most=MAX_ATTRIBUTES),
            "The attributes by their API names; the suffix is the type.",
        ),
        is_open=True,
    ),
    "Attribute": shape(
        "an attribute",
        displayName=Key(_TEXT, "What people see."),
        type=Key(ANYTHING, "Leave it out: the suffix of the name is the type."),
        enumeration=Key(TEXTS.called("a list of texts").or_null(), "The allowed texts."),
        target=Key(_TEXT, "The klass that a relation refers to."),
        multi=Key(FLAG, "Whether it can have several of the texts."),
        array=Key(FLAG, "Whether it is a list."),
        tree=Key(shaped("Tree").or_null(), "The levels of a tree of choices."),
        lastNodeRequired=Key(FLAG, "Whether people must choose a last node."),
        is_open=True,
    ),
    "Tree": shape(
        "the tree of an attribute",
        lastNodeRequired=Key(FLAG, "Whether people must choose a last node."),
        children=Key(_NODES, "The first level of choices."),
        is_open=True,
    ),
    "TreeNode": shape(
        "a node of a tree",
        id=need(NAME, "The id that values use, with dots between the levels."),
        deleted=Key(FLAG, "Whether it can no longer be chosen."),
        children=Key(_NODES, "The choices below it."),
        is_open=True,
    ),
    "Hook": shape(
        "a hook",
        name=Key(NAME, "The hook's name."),
        eventName=Key(NAME, "The event that its payloads cause (else made from the name)."),
        displayEventName=Key(_TEXT, "The event's name for people."),
        description=Key(_TEXT, "What it is for."),
        type=need(
            one_of(*HOOK_TYPES),
            f"What comes in: {', '.join(each.payload for each in HOOK_TYPES.values())}.",
        ),
        key=Key(_TEXT, "How duplicate payloads are recognized."),
        also="_id createdAt debug email example hash id meta modifiedAt title updatedAt url"
        " version",
    ),
    "Action": shape(
        "an action",
        name=need(NAME, "The name that steps use for the action."),
        type=Key(NAME, "How it is performed, such as rest_api."),
        appSettings=Key(values_of("AppSetting"), "The settings that it can read."),
        inputSchema=Key(_SCHEMA, "The JSON Schema of its params."),
        outputSchema=Key(_SCHEMA, "The JSON Schema of its output."),
        is_open=True,
    ),
    "AppSetting": shape(
        "the setting of an action",
        key=need(NAME, "The setting's name, such as my_app.default.apiKey."),
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
            "The type of its value; a secret is never shown.",
        ),
        is_open=True,
    ),
    "AppFile": shape("an app file", _APP_FILE, is_open=True),
    "App": shape(
        "an app definition",
        _APP_FILE,
        app=need(
            Kind("string", most=128, pattern=r"^[a-zA-Z0-9_]+$"),
            "The app's name: letters, digits and _.",
        ),
        settings=Key(
            values_of(values_of("Setting"), "an object of categories"),
            "The app's settings, by category and name.",
        ),
        also="appDetails auth changelog clientId clientSecret default dependencies description"
        " iconUrl identifier inboundHookUris installUrl instructions meta postInstallMessage"
        " redirectUris releaseNotesUrl roles screenshots settingsPageConfig system tags title url"
        f" version visibility {' '.join(sorted(PLATFORM_PARTS))}",
        otherwise="the platform refuses to register an app with it",
    ),
    "Envelope": shape("a response of the API", id=Key(NAME), is_open=True),
    **SCENARIO_SHAPES,
}
