"""The shape of a stub file: what answers in place of the web, and of actions."""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictFloat, StrictInt

from kobjctl.files.document import Document
from kobjctl.files.shapes.checking import problem_at
from kobjctl.files.shapes.faults import shape_faults
from kobjctl.files.shapes.finding import ShapeFinding, once
from kobjctl.files.shapes.models import NonEmpty, ObjectShape
from kobjctl.files.shapes.rules import select
from kobjctl.model.problem import Problem
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.web import Failure

LONGEST_DELAY: Final = 3600.0


class RequestShape(ObjectShape):
    """The request of a stub."""

    method: NonEmpty = ""
    url: NonEmpty
    headers: dict[str, str] = Field(default_factory=dict)
    query: JsonObject = Field(default_factory=dict)
    body: Json = None
    exact: StrictBool = False


class StubResponseShape(ObjectShape):
    """The response of a stub."""

    status: Annotated[StrictInt, Field(ge=100, le=599)] = 200
    headers: JsonObject = Field(default_factory=dict)
    body: Json = None
    base64: str = ""
    delay: Annotated[StrictFloat, Field(ge=0, le=LONGEST_DELAY)] = 0.0


class HttpStubShape(ObjectShape):
    """A stub."""

    request: RequestShape
    response: StubResponseShape | None = None
    fail: Failure | None = None


class ActionStubShape(ObjectShape):
    """A stub of an action."""

    action: NonEmpty
    params: JsonObject | None = None
    output: JsonObject | None = None
    fail: NonEmpty | None = None


class StubsShape(ObjectShape):
    """A stub file."""

    http: list[HttpStubShape] = Field(default_factory=list, description="a list of stubs")
    actions: list[ActionStubShape] = Field(default_factory=list, description="a list of stubs")


def check_stubs(document: Document) -> list[Problem]:
    """Check that a document has the shape of a stub file.

    Gives WF100 when it has none of its keys. The problems that were found while reading
    (`Document.problems`) are not among them.
    """
    data = document.data
    if not isinstance(data, dict) or data.keys().isdisjoint(StubsShape.known_keys()):
        hint = "a stub file has `http` with requests and responses, or `actions` with outputs"
        return [problem_at(document, ShapeFinding((), "WF100", "this is no stub file", hint))]
    findings = once([*shape_faults(StubsShape, data), *_stub_rules(data)])
    return sorted(problem_at(document, finding) for finding in findings)


def _stub_rules(data: JsonObject) -> Iterator[ShapeFinding]:
    """Judge each stub beyond its single keys: it answers or it fails, and one of them."""
    for kind, answer in (("http", "response"), ("actions", "output")):
        for path, stub in select(data, kind, "*"):
            if not isinstance(stub, dict):
                continue
            said = [key for key in (answer, "fail") if stub.get(key) is not None]
            if not said:
                message = f"a stub needs `{answer}` or `fail`"
                yield ShapeFinding(path, "WF103", message, keys=(answer, "fail"))
            elif len(said) > 1:
                message = f"a stub has `{answer}` or `fail`, not both"
                yield ShapeFinding(
                    (*path, "fail"), "WF104", message, "remove one of them", on_key=True
                )
    for path, response in select(data, "http", "*", "response"):
        if isinstance(response, dict) and {"body", "base64"} <= response.keys():
            message = "a response has `body` or `base64`, not both"
            yield ShapeFinding(
                (*path, "base64"), "WF104", message, "remove one of them", on_key=True
            )
