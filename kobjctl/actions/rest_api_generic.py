"""REST API: Generic."""

from kobjctl.actions.base import Warned, World, action
from kobjctl.actions.casts import to_text
from kobjctl.actions.rest_api_fields import (
    OUTPUT,
    OptionalAny,
    RestApi,
    decode,
    new_request,
    output,
)
from kobjctl.model.values import MISSING, Json, kind_of


class Declared(RestApi):
    """`uri`, and the text that is sent there: `body`, or `data` as in REST API: JSON."""

    body: OptionalAny = MISSING
    data: OptionalAny = MISSING


@action("kustomer.rest-api.generic", label="REST API: Generic", output=OUTPUT, remote=True)
def perform(params: Declared, world: World) -> Warned:
    """Send an HTTP request with a text; the output has the answer as text, whatever it is.

    A status of 400 or more does not fail the step: branch on `response.statusCode`. A connection
    that is refused, breaks or takes too long does.
    """
    text, said = _body(params)
    request, warnings = new_request(params, {}, text.encode())
    response = world.web(request)
    answer, doubts = decode(response)
    return Warned(output(response, answer), [*said, *warnings, *response.notes, *doubts])


def _body(params: Declared) -> tuple[str, list[str]]:
    name = "body" if params.body not in (MISSING, None) else "data"
    value: Json = getattr(params, name)
    if value in (MISSING, None):
        return "", []
    warnings = []
    if name == "body" and params.data not in (MISSING, None):
        warnings.append('"body" and "data" are given; "body" was sent')
    if not isinstance(value, str):
        warnings.append(f'the parameter "{name}" is sent as the JSON of {kind_of(value)}')
    return to_text(name, value), warnings
