"""The action by which a callable workflow answers its caller."""

from kobjctl.actions.base import Output, action
from kobjctl.model.values import MISSING, JsonObject
from kobjctl.model.workflow import RESPONDING
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields, OptionalObject

OUTPUT: Output = {"outputs": "object"}


class RespondParams(Fields):
    """`outputs` is what the caller gets."""

    outputs: OptionalObject = MISSING


@action(RESPONDING, label="Workflow: Respond", output=OUTPUT, confirmed=False)
def respond(params: RespondParams, context: RunContext) -> JsonObject:
    """Answer the caller of a callable workflow with `outputs`.

    Public sources tell that there is such an action, and not what it is called: another name of
    the platform's that ends in `respond` or `response` is taken for it.
    """
    return {"outputs": params.outputs or {}}
