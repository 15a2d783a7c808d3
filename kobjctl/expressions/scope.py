"""What a run knows so far: the roots that references start from."""

from typing import TypeAlias

from kobjctl.model.values import Json, JsonObject

# {"steps": {"1": output of the trigger, "<step id>": its output, ...}, "variables": {...},
#  "error": {...} inside error cases}. A plain dict: it is read several times at every step.
Scope: TypeAlias = dict[str, JsonObject]


def new_scope(trigger_output: Json) -> Scope:
    """Make the scope of a run that has only its trigger's output."""
    return {"steps": {"1": trigger_output}, "variables": {}}
