"""The actions of which every family has its own: look-ups by one value, and deletes by id."""

from collections.abc import Callable
from typing import Any

from kobjctl.actions.base import NOTHING_FOUND, Action, Output, Result, ResultWithWarnings
from kobjctl.actions.outputs import DELETED
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import JsonObject
from kobjctl.records.context import World
from kobjctl.records.fields import Fields


class IdParams(Fields):
    """The id of a record."""

    id: str


class IdentifierParams(Fields):
    """The id of a record, called `identifier`."""

    identifier: str


class ExternalIdParams(Fields):
    """The id that another system knows a record by."""

    external_id: str


class NameParams(Fields):
    """The name of a record; case counts."""

    name: str


class EmailParams(Fields):
    """An email address, compared without regard to case."""

    email: str


class PhoneParams(Fields):
    """A phone number, compared without spaces, dashes and brackets."""

    phone: str


def record_by(kind: str, attribute: str) -> Callable[[World, str], Any]:
    """Return what finds a record of a kind (`tag`, `company`, ...) by its id or an attribute."""
    if attribute == "id":
        return lambda context, value: context.store.records(kind).get(value)
    return lambda context, value: context.store.records(kind).find(attribute, value)


def find_by(  # noqa: PLR0913 - what a look-up is
    name: str,
    declared: type[Fields],
    find: Callable[[World, str], Any],
    *,
    label: str,
    output: Output,
    sentence: str,
    normalize: Callable[[str], str] = str,
    confirmed: bool = True,
) -> Action:
    """Return a look-up by the one value that `declared` has.

    `find` gets the value as `normalize` gives it; one that is refused finds nothing, with a
    warning. `sentence` says what is found: `Find a tag by name`.
    """
    [attribute] = declared.__annotations__

    def perform(params: Fields, context: World) -> Result:
        """Return what the value finds; one that can't be read finds nothing, with a warning."""
        try:
            value = normalize(getattr(params, attribute))
        except BadParamError as error:
            return ResultWithWarnings(None, [f"{error.message}: {NOTHING_FOUND}"])
        found: Result = find(context, value)
        return found

    perform.__doc__ = f"{sentence}; finding none is no error, the output is then empty."
    return Action(
        name,
        declared,
        perform,
        label=label,
        output=output,
        lookup=True,
        confirmed=confirmed,
    )


def delete_by_id(
    name: str,
    delete: Callable[[str, World], None],
    *,
    label: str,
    explanation: str,
    confirmed: bool = False,
) -> Action:
    """Return an action that deletes a record by its id, which is its output."""

    def perform(params: IdParams, context: World) -> JsonObject:
        delete(params.id, context)
        return {"id": params.id}

    perform.__doc__ = explanation
    return Action(name, IdParams, perform, label=label, output=DELETED, confirmed=confirmed)
