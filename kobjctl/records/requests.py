"""The requests of the step under way, as its log will have them.

A request of the log is JSON; what it has not, as a request without a body, is not there:

    {"method": "POST", "url": "https://api.example/orders", "headers": {"accept": "*/*"},
     "body": {"id": 7}, "status": 201, "answeredBy": "stub", "place": "stubs.yaml:3"}

`status` is not there when there was no answer, `place` is where the stub stands.
"""

from typing import NamedTuple

from kobjctl.model.values import JsonObject
from kobjctl.model.web import AnsweredBy, Request


class SentRequest(NamedTuple):
    """A request, and who answered it or was to; `status` is None when no answer came.

    `place` is where the stub stands, if one answered.
    """

    request: Request
    answered_by: AnsweredBy
    status: int | None = None
    place: str = ""

    def as_json(self) -> JsonObject:
        """Return it as the log has it."""
        from kobjctl.files.payloads.payload import json_or_text  # noqa: PLC0415 - few runs send

        body = self.request.body.decode(errors="backslashreplace")
        return {
            "method": self.request.method,
            "url": str(self.request.address),
            "headers": dict(self.request.headers),
            **({"body": json_or_text(body)} if body else {}),
            **({} if self.status is None else {"status": self.status}),
            "answeredBy": self.answered_by,
            **({"place": self.place} if self.place else {}),
        }


class RequestLog:
    """The requests since the last time that somebody took them."""

    def __init__(self) -> None:
        self._sent: list[SentRequest] = []

    def add(self, sent: SentRequest) -> None:
        """Keep a request that was answered, or was sent and got no answer."""
        self._sent.append(sent)

    def take(self) -> list[JsonObject]:
        """Return the requests as JSON, and forget them."""
        if not self._sent:
            return []
        taken, self._sent = self._sent, []
        return [sent.as_json() for sent in taken]
