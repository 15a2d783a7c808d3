"""The actions that only the platform performs: a run knows them by name, and a stub answers."""

from functools import partial
from typing import NoReturn

from kobjctl.actions.base import Action, Output
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Declaration, Fields, declared_by


class NeedsPlatformError(KobjctlError):
    """An action that needs what only the platform has."""


def stubbed(  # noqa: PLR0913 - an action's facts
    name: str,
    *,
    label: str,
    needs: str,
    explanation: str,
    declared: type[Fields] | None = None,
    output: Output | None = None,
    answer: str = "{...}",
) -> Action:
    """Return an action that says what of the platform it `needs`, and how a stub answers it.

    Nobody knows what one without `declared` params takes, nor what one without `output` gives.
    """
    stub = f"actions: [{{action: {name}, output: {answer}}}]"

    def refuse(values: JsonObject, context: RunContext) -> NoReturn:
        raise NeedsPlatformError(
            f"this step needs {needs}, which kobjctl doesn't have: answer it with a stub",
            hint=f"--stubs FILE, with {stub}",
        )

    return Action(
        name,
        partial(declared_by, declared) if declared else partial(Declaration, ()),
        refuse,
        label=label,
        explanation=f"{explanation}; it needs {needs}, so it fails here.\n\n"
        f"Answer it with a stub, given with `--stubs FILE`:\n\n{stub}",
        output=output or {},
        params_confirmed=declared is not None,
        stub_only=True,
    )
