"""The shapes of a workflow document and of an app file, as pydantic models.

`platform/workflows.md` section 1; `platform/data.md` sections 1.1, 1.3, 4.5 and 7. The models
only judge: nobody uses their instances. They forbid unknown keys so that each one is reported
with its place; as a warning, because the platform adds keys now and then.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel
from pydantic.fields import FieldInfo

from kobjctl.files.shapes.quick import ALSO_IN_APP, ALSO_IN_HOOK, ALSO_IN_KLASS, ALSO_IN_WORKFLOW
from kobjctl.model.values import Json, JsonObject

NonEmpty = Annotated[str, Field(min_length=1)]
Upto64 = Annotated[str, Field(max_length=64)]
Upto255 = Annotated[str, Field(max_length=255)]
AppName = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_]+$", max_length=128)]
KlassName = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_-]+$", max_length=255)]


class ObjectShape(BaseModel):
    """An object with known keys: its fields, and `also` those about which nothing is checked.

    `otherwise` is what an unknown key means, unless it is a known one misspelled.

    The docstring of each shape is what messages call it.
    """

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)

    also: ClassVar[str] = ""
    otherwise: ClassVar[str] = "it is kept and has no effect here"

    @classmethod
    def noun(cls) -> str:
        """Return what messages call the object: `a condition`."""
        doc = cls.__doc__ or ""
        return doc[:1].lower() + doc[1:].rstrip(".")

    @classmethod
    def field(cls, key: str) -> FieldInfo | None:
        """Return the field for a key of the file."""
        return next((it for it in cls.model_fields.values() if it.alias == key), None)

    @classmethod
    def known_keys(cls) -> list[str]:
        """Return the keys that are no surprise in a file."""
        return [*(str(it.alias) for it in cls.model_fields.values()), *cls.also.split()]


class OpenShape(ObjectShape):
    """An object that may have any other keys."""

    model_config = ConfigDict(extra="allow")


class ConditionShape(ObjectShape):
    """A condition."""

    op: NonEmpty
    values: list[Json]


class TransitionMetaShape(OpenShape):
    """The meta of a transition."""

    name: str | None = None


class TransitionShape(ObjectShape):
    """A transition."""

    also = "_id id"

    target: NonEmpty
    condition: ConditionShape | None = None
    meta: TransitionMetaShape | None = None


Transitions = Annotated[
    list[TransitionShape], Field(default_factory=list, description="a list of transitions")
]
ErrorCases = Annotated[
    list[TransitionShape], Field(default_factory=list, description="a list of error cases")
]


class SchemaShape(OpenShape):
    """A schema."""

    properties: dict[str, Json] = Field(default_factory=dict)
    required: list[str] = Field(default_factory=list, description="a list of names")


class TriggerShape(ObjectShape):
    """A trigger."""

    also = "_id"

    id: NonEmpty = ""
    event_name: NonEmpty = ""
    hook: NonEmpty = Field("", description="the name of a hook")
    app_version: str | None = None
    meta: JsonObject | None = None
    callable: StrictBool = False
    schema_: SchemaShape | None = Field(None, alias="schema")
    transitions: Transitions


class StepMetaShape(OpenShape):
    """The meta of a step."""

    display_name: str | None = None


class StepShape(ObjectShape):
    """A step."""

    also = "_id"
    otherwise = "it has no effect here; what the action is given stands under `params`"

    id: NonEmpty
    action: NonEmpty | None = Field(None, description="the name of an action")
    app_version: str | None = None
    params: JsonObject | None = None
    meta: StepMetaShape | None = None
    transitions: Transitions
    error_cases: ErrorCases


class ResponseShape(OpenShape):
    """The response of a workflow."""

    schema_: SchemaShape | None = Field(None, alias="schema")


class WorkflowShape(ObjectShape):
    """A workflow."""

    also = ALSO_IN_WORKFLOW

    id: NonEmpty = ""
    name: NonEmpty
    description: str | None = None
    enabled: StrictBool = True
    meta: JsonObject | None = None
    trigger: TriggerShape
    steps: list[StepShape] = Field(default_factory=list, description="a list of steps")
    response: ResponseShape | None = None


class TreeNodeShape(OpenShape):
    """A node of a tree."""

    id: NonEmpty
    deleted: StrictBool = False
    children: list["TreeNodeShape"] | None = Field(None, description="a list of nodes")


class TreeShape(OpenShape):
    """The tree of an attribute."""

    last_node_required: StrictBool = False
    children: list[TreeNodeShape] | None = Field(None, description="a list of nodes")


class AttributeShape(OpenShape):
    """An attribute."""

    display_name: str | None = None
    type: Json = None
    enumeration: list[str] | None = Field(None, description="a list of texts")
    target: str | None = None
    multi: StrictBool = False
    array: StrictBool = False
    tree: TreeShape | None = None
    last_node_required: StrictBool = False


class MetadataShape(OpenShape):
    """The metadata of a klass."""

    standard: StrictBool = False
    properties: dict[str, AttributeShape] = Field(default_factory=dict, max_length=100)


class KlassShape(ObjectShape):
    """A klass."""

    also = ALSO_IN_KLASS

    name: KlassName
    display_name: Upto255 | None = None
    icon: Upto64 | None = None
    color: Upto64 | None = None
    status: Literal["enabled", "disabled"] = "enabled"
    metadata: MetadataShape | None = None


class HookShape(ObjectShape):
    """A hook."""

    also = ALSO_IN_HOOK

    name: NonEmpty = ""
    event_name: NonEmpty = ""
    display_event_name: str | None = None
    description: str | None = None
    type: Literal["form", "web", "email"]
    key: str | None = None


class EnvelopeShape(OpenShape):
    """An answer of the API."""

    id: NonEmpty = ""


class AppSettingShape(OpenShape):
    """The setting of an action."""

    key: NonEmpty


class ActionShape(OpenShape):
    """An action."""

    name: NonEmpty
    type: NonEmpty = ""
    app_settings: dict[str, AppSettingShape] = Field(default_factory=dict)
    input_schema: SchemaShape | None = None
    output_schema: SchemaShape | None = None


class AppTriggerShape(OpenShape):
    """A trigger of an app."""

    event_name: NonEmpty


class SettingShape(OpenShape):
    """A setting."""

    type: Literal["string", "number", "boolean", "secret"] = "string"


class AppFileShape(OpenShape):
    """An app file."""

    klasses: list[KlassShape] = Field(default_factory=list, description="a list of klasses")
    hooks: list[HookShape] = Field(default_factory=list, description="a list of hooks")
    workflows: list[WorkflowShape] = Field(default_factory=list, description="a list of workflows")
    actions: list[ActionShape] = Field(default_factory=list, description="a list of actions")
    triggers: list[AppTriggerShape] = Field(default_factory=list, description="a list of triggers")


class AppShape(AppFileShape):
    """An app definition."""

    model_config = ConfigDict(extra="forbid")

    also = ALSO_IN_APP
    otherwise = "the platform refuses to register an app with it"

    app: AppName
    settings: dict[str, dict[str, SettingShape]] = Field(
        default_factory=dict, description="an object of categories"
    )
