"""What became of a step or of a run, and how a failure is told."""

from typing import NamedTuple

from kobjctl.model.errors import KobjctlError, PlatformError
from kobjctl.model.run import RunStatus
from kobjctl.model.values import JsonObject


class Outcome(NamedTuple):
    """How a run ended; `error` says why it did not end well."""

    status: RunStatus
    error: str = ""


class StepResult(NamedTuple):
    """What performing a step gave: resolved params, output, warnings, and an error if any; `stub`
    is the place of the stub that answered, None where none did.
    """

    params: JsonObject | None
    output: JsonObject
    warnings: list[str]
    error: JsonObject | None = None
    stub: str | None = None


def describe(error: Exception) -> JsonObject:
    """Return an error as the root `error` of error cases shows it: message, name, statusCode."""
    name = type(error).__name__
    failure: JsonObject = {"message": str(error) or name, "name": name}
    if isinstance(error, PlatformError):
        failure |= {"statusCode": error.status, "errors": [error.as_json()]}
    if isinstance(error, KobjctlError) and error.hint:
        failure["hint"] = error.hint
    return failure
