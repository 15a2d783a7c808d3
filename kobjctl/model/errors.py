"""Every failure that kobjctl expects: a fact, a hint, and the exit status that goes with it."""

from collections.abc import Iterable

from kobjctl.model.values import JsonObject


class KobjctlError(Exception):
    """A failure that is no bug of ours.

    `message` states the fact on one line, `hint` says what to do; `exit_status` is the
    status of the process (2: wrong usage or input).
    """

    exit_status = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(KobjctlError):
    """What was asked for can't be done as asked."""


class UnknownNameError(KobjctlError):
    """Nothing has the name that was given."""

    def __init__(self, noun: str, name: str, known: Iterable[str], *, otherwise: str = "") -> None:
        """Say that no `noun` has this name; the hint names a close one, else says `otherwise`."""
        super().__init__(
            f'no {noun} is called "{name}"', hint=did_you_mean(name, known) or otherwise
        )


class StoreError(KobjctlError):
    """The database can't be read or written."""


class PlatformError(KobjctlError):
    """What the platform's API would answer to the same request.

    `manual/platform.md 10.3`: the observed error shape.
    """

    status = 400
    code = "badparam"

    def __init__(
        self, message: str, *, parameter: str = "", detail: str = "", hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.parameter = parameter
        self.detail = detail

    def as_json(self) -> JsonObject:
        """Return the error object of the platform's `errors` array."""
        error: JsonObject = {"status": self.status, "code": self.code, "title": self.message}
        if self.parameter:
            error["source"] = {"parameter": self.parameter}
        if self.detail:
            error["detail"] = self.detail
        return error


class BadParamError(PlatformError):
    """A value the platform refuses: status 400, code `badparam`."""


class NotFoundError(PlatformError):
    """A record that isn't there: status 404, code `notfound`."""

    status = 404
    code = "notfound"


class ConflictError(PlatformError):
    """A value another record already has: status 409, code `conflict`."""

    status = 409
    code = "conflict"


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that is closest to `name`; empty when none is close."""
    found = closest(name, known)
    return f'did you mean "{found}"?' if found else ""


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is closest to `name`; empty when none is close."""
    from kobjctl.model.dotted_names import closest_name  # noqa: PLC0415 - only what fails needs it

    return closest_name(name, known)
