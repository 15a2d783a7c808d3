"""The JSON Schema of files with all that this kobjctl knows by name, for editors."""

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import Action
from kobjctl.expressions.operators import OPERATORS
from kobjctl.files.shapes.json_schema import OfferedAction, OfferedParam, json_schema
from kobjctl.model.kinds.limits import OneOf
from kobjctl.model.values import JsonObject


def editor_schema() -> JsonObject:
    """Return the schema of workflow and app files, with actions, their params, and operators."""
    return json_schema(
        map(_offered, ACTIONS.values()), {name: each.summary for name, each in OPERATORS.items()}
    )


def _offered(action: Action) -> OfferedAction:
    params = tuple(
        OfferedParam(each.name, each.type.name, _options(each.limits)) for each in action.params
    )
    needs: list[tuple[str, ...]] = [(each.name,) for each in action.params if each.required]
    if action.needs_one:
        needs.append(action.needs_one)
    # A lookup without what it looks for finds nothing, which is no mistake in itself.
    return OfferedAction(action.name, action.label, params, () if action.lookup else tuple(needs))


def _options(limits: tuple[object, ...]) -> tuple[str, ...]:
    return next((each.options for each in limits if isinstance(each, OneOf)), ())
