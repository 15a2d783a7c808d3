"""REST API: JSON."""

import json

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.rest_api_fields import (
    OUTPUT,
    OptionalAny,
    RestApi,
    decode,
    form_text,
    new_request,
    output,
)
from kobjctl.files.payload import PayloadError, read_answer
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import MISSING, Json, JsonObject, Missing, kind_of
from kobjctl.model.web import Response

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class Declared(RestApi):
    """`uri`, and what is sent there; with `json: false` the `data` are sent as a form."""

    data: OptionalAny = MISSING
    json: bool | Missing | None = MISSING


@action("kustomer.rest-api.json", label="REST API: JSON", output=OUTPUT, remote=True)
def perform(params: Declared, world: World) -> Warned:
    """Send an HTTP request with JSON; the output has the answer, parsed.

    A status of 400 or more does not fail the step: branch on `response.statusCode`. A connection
    that is refused, breaks or takes too long does.
    """
    defaults, body, said = _body(params)
    request, warnings = new_request(params, {"accept": JSON_TYPE, **defaults}, body)
    response = world.web(request)
    answer, doubts = _parsed(response)
    return Warned(output(response, answer), [*said, *warnings, *response.notes, *doubts])


def _body(params: Declared) -> tuple[JsonObject, bytes, list[str]]:
    """Give the headers that go with the data, their bytes, and warnings."""
    data, warnings = params.data, []
    if data in (MISSING, None):
        return {}, b"", []
    if isinstance(data, str) and (held := _structure(data)) is not None:
        warnings.append(f'the parameter "data" was cast from text to {kind_of(held)}')
        data = held
    if params.json is not False:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return {"content-type": JSON_TYPE}, text.encode(), warnings
    if not isinstance(data, dict):
        raise BadParamError(
            f"data takes an object when json is false, not {kind_of(data)}", parameter="data"
        )
    return {"content-type": FORM_TYPE}, form_text(data).encode(), warnings


def _structure(text: str) -> Json:
    """Give the object or list that a text holds as JSON; None when it holds none."""
    try:
        held = read_answer(text)
    except PayloadError:
        return None
    return held if isinstance(held, dict | list) else None


def _parsed(response: Response) -> tuple[Json | Missing, list[str]]:
    """Give the JSON of an answer, else its text with a warning, else MISSING for an empty one."""
    text, warnings = decode(response)
    if not text.strip():
        return MISSING, warnings
    try:
        return read_answer(text), warnings
    except PayloadError:
        kind = response.header("content-type").partition(";")[0].strip() or "no content-type"
        return text, [*warnings, f"the answer is no JSON ({kind}); body is its text"]
