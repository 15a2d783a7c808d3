"""The actions that send HTTP requests."""

from kobjctl.actions.base import ResultWithWarnings, action
from kobjctl.actions.rest_api_request import (
    OUTPUT,
    RequestParams,
    decode,
    form_text,
    new_request,
    output,
)
from kobjctl.files.payloads.payload import PayloadError, answer_reading, json_or_text
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import BadParamError
from kobjctl.model.values import MISSING, Json, JsonObject, MissingValue, a_kind, kind_of
from kobjctl.model.web import Response
from kobjctl.records.casts import to_text
from kobjctl.records.context import RunContext
from kobjctl.records.fields import OptionalAny

JSON_TYPE = "application/json"
FORM_TYPE = "application/x-www-form-urlencoded"


class JsonRequestParams(RequestParams):
    """`uri`, and what is sent there; with `json: false` the `data` are sent as a form."""

    data: OptionalAny = MISSING
    json: bool | MissingValue | None = MISSING


@action("kustomer.rest-api.json", label="REST API: JSON", output=OUTPUT, remote=True)
def send_json(params: JsonRequestParams, context: RunContext) -> ResultWithWarnings:
    """Send an HTTP request with JSON; the output has the parsed response.

    A status of 400 or more does not fail the step: branch on `response.statusCode`. A connection
    that is refused, breaks or takes too long does.
    """
    defaults, body, about_body = _json_body(params)
    request, warnings = new_request(params, {"accept": JSON_TYPE, **defaults}, body)
    response = context.http(request, context)
    answer, doubts = _parsed(response)
    return ResultWithWarnings(
        output(response, answer), [*about_body, *warnings, *response.notes, *doubts]
    )


def _json_body(params: JsonRequestParams) -> tuple[JsonObject, bytes, list[str]]:
    """Return the headers that go with the data, their bytes, and warnings.

    No data, or empty ones of a request that has no body of itself, are none.
    """
    data, warnings = params.data, []
    if data in (MISSING, None) or (data in ({}, []) and params.asks_only):
        return {}, b"", []
    if isinstance(data, str) and isinstance(held := json_or_text(data), dict | list):
        warnings.append(f'the parameter "data" was cast from text to {kind_of(held)}')
        data = held
    if params.json is not False:
        return {"content-type": JSON_TYPE}, stringify(data).encode(), warnings
    if not isinstance(data, dict):
        raise BadParamError(
            f"data must be an object when json is false, not {a_kind(data)}", parameter="data"
        )
    return {"content-type": FORM_TYPE}, form_text(data).encode(), warnings


def _parsed(response: Response) -> tuple[Json | MissingValue, list[str]]:
    """Return the JSON of an answer, else its text with a warning, else MISSING for an empty one."""
    text, warnings = decode(response)
    if not text.strip():
        return MISSING, warnings
    try:
        answer, losses = answer_reading(text)
    except PayloadError:
        kind = response.header("content-type").partition(";")[0].strip() or "no content-type"
        return text, [*warnings, f"the response is not JSON ({kind}); body is its text"]
    return answer, [*warnings, *(f"the response: {loss}" for loss in losses)]


class TextRequestParams(RequestParams):
    """`uri`, and the text that is sent there: `body`, or `data` as in REST API: JSON."""

    body: OptionalAny = MISSING
    data: OptionalAny = MISSING


@action("kustomer.rest-api.generic", label="REST API: Generic", output=OUTPUT, remote=True)
def send_text(params: TextRequestParams, context: RunContext) -> ResultWithWarnings:
    """Send an HTTP request with a text; the output has the response as text, whatever it is.

    A status of 400 or more does not fail the step: branch on `response.statusCode`. A connection
    that is refused, breaks or takes too long does.
    """
    text, about_body = _text_body(params)
    request, warnings = new_request(params, {}, text.encode())
    response = context.http(request, context)
    answer, doubts = decode(response)
    return ResultWithWarnings(
        output(response, answer), [*about_body, *warnings, *response.notes, *doubts]
    )


def _text_body(params: TextRequestParams) -> tuple[str, list[str]]:
    name = "body" if params.body not in (MISSING, None) else "data"
    value: Json = getattr(params, name)
    if value in (MISSING, None):
        return "", []
    warnings = []
    if name == "body" and params.data not in (MISSING, None):
        warnings.append('both "body" and "data" are set; "body" was sent')
    if not isinstance(value, str):
        warnings.append(f'the parameter "{name}" is {a_kind(value)}; it was sent as JSON')
    text = to_text(name, value)
    return text, [*warnings, *_broken_json(name, text)]


def _broken_json(name: str, text: str) -> list[str]:
    """Warn of a text that begins as JSON does and is none."""
    if text.lstrip()[:1] not in ("{", "[") or not isinstance(json_or_text(text), str):
        return []
    cure = 'an object in "data" of kustomer.rest-api.json is always valid'
    return [f'the parameter "{name}" is no valid JSON; {cure}']
