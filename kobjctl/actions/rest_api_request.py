"""What the two REST API actions have in common: the request they make and the output they give.

Source: `manual/platform.md 7.7`: a status of 400 or more is an answer like any other.
"""

import codecs
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote_plus, unquote_to_bytes

from kobjctl import __version__
from kobjctl.actions.base import Output
from kobjctl.javascript.coercion import keys_of
from kobjctl.model.address import Address, AddressError, read_address
from kobjctl.model.errors import BadParamError, did_you_mean
from kobjctl.model.masking import header_secrets
from kobjctl.model.secrets import hidden
from kobjctl.model.values import MISSING, Json, JsonObject, a_kind
from kobjctl.model.web import Headers, Request, Response, node_headers
from kobjctl.records.casts import to_text
from kobjctl.records.fields import Fields, OptionalAny, OptionalObject, OptionalText, given_fields

OUTPUT: Final[Output] = {
    "response": "object",
    "response.statusCode": "number",
    "response.headers": "object",
    "response.body": "anything",
    "body": "anything",
}
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_ASKING: Final = ("GET", "HEAD")

_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_UNSAFE: Final = re.compile(r"\?.*[\s#\"<>]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# What belongs to the connection, or would send the request to another host than the one allowed.
_OURS: Final = (
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
)
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.ASCII | re.IGNORECASE)
# Python knows more under the name of a charset, and not all of it is a way to write text.
_CHARSETS: Final = re.compile(r"ascii|utf-|iso8859-|cp125|koi8|shift_jis|euc_|gb|big5")


class RequestParams(Fields):
    """Where a request goes, and how."""

    uri: str
    method: OptionalText = MISSING
    headers: OptionalObject = MISSING
    qs: OptionalAny = MISSING

    @property
    def asks_only(self) -> bool:
        """Return whether the request is one that has no body of itself."""
        method = self.method if isinstance(self.method, str) else ""
        return (method or "GET").upper() in _ASKING


def new_request(
    params: RequestParams, defaults: JsonObject, body: bytes
) -> tuple[Request, list[str]]:
    """Make the request that params tell, and warnings; `defaults` are headers given to none.

    Raises BadParamError for an address, a method or a header that can't be sent.
    """
    values = given_fields(params)
    method = check_method(values.get("method") or "GET")
    address = _address(params)
    headers, warnings = read_headers(values.get("headers") or {})
    if _UNSAFE.search(params.uri):
        warnings.append('the query of "uri" has a space, # or quote as it is; "qs" writes it right')
    if address.login:
        login = b64encode(unquote_to_bytes(address.login)).decode()
        headers = {"authorization": f"Basic {login}"} | headers
    defaults = {"accept": "*/*", "user-agent": f"kobjctl/{__version__}", **defaults}
    request = Request(method, address, tuple((defaults | headers).items()), body)
    learn(request.headers)
    return request, warnings


def learn(headers: Headers) -> None:
    """Learn what secrets headers hold: an answer may repeat them."""
    for text in header_secrets(headers):
        hidden().learn(text)


def check_method(method: str) -> str:
    """Return a method in capitals; raises BadParamError for what is none."""
    name = method.upper()
    if name not in METHODS:
        hint = did_you_mean(name, METHODS)
        message = f"method must be one of {', '.join(METHODS)}"
        raise BadParamError(message, parameter="method", hint=hint)
    return name


def output(response: Response, body: Json) -> JsonObject:
    """Return the output of a step; a `body` that is MISSING is left out."""
    learn(response.headers)
    values = {} if body is MISSING else {"body": body}
    return {
        "response": {
            "statusCode": response.status,
            "headers": node_headers(response.headers),
            **values,
        },
        **values,
    }


def decode(response: Response) -> tuple[str, list[str]]:
    """Return the body of an answer as text, and warnings about what no text could be made of."""
    found = _CHARSET.search(response.header("content-type"))
    name, warnings = found[1] if found else "utf-8", []
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        codec = ""
    if not _CHARSETS.match(codec):
        warnings.append(f'the charset "{name}" of the response is unknown; it was read as UTF-8')
        name = "utf-8"
    text = response.body.decode("utf-8-sig" if codec == "utf-8" else name, "replace")
    if "\ufffd" in text and "\ufffd".encode() not in response.body:
        warnings.append(f"the response has bytes that are not {name}; each is shown as \ufffd")
    return text, warnings


def form_text(data: Json) -> str:
    """Write an object as a form or a query does: `a=1&b[0]=2&c[d]=3`, in percent signs."""
    pairs = _pairs(data, "")
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)


def _pairs(value: Json, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        ordered = [(key, value[key]) for key in keys_of(value)] if isinstance(value, dict) else ()
        for key, inner in ordered or enumerate(value):
            yield from _pairs(inner, f"{name}[{key}]" if name else str(key))
    else:
        yield name, "" if value is None else to_text(name, value)


def _address(params: RequestParams) -> Address:
    try:
        address = read_address(params.uri)
    except AddressError as error:
        message = f"uri: {error.message}" + (f"; {error.hint}" if error.hint else "")
        raise BadParamError(message, parameter="uri") from error
    query = read_query(params.qs)
    if not query:
        return address
    between = "" if address.target.endswith(("?", "&")) else "&" if address.query else "?"
    return read_address(f"{address}{between}{query}")._replace(login=address.login)


def read_query(query: Json) -> str:
    """Return a query as it is sent; raises BadParamError for what is none."""
    if query in (MISSING, None):
        return ""
    if isinstance(query, str):
        # What follows a fragment's mark would not be sent.
        return query.removeprefix("?").replace("#", "%23")
    if isinstance(query, dict):
        return form_text(query)
    raise BadParamError(f"qs must be an object or text, not {a_kind(query)}", parameter="qs")


def read_headers(values: JsonObject) -> tuple[dict[str, str], list[str]]:
    """Return headers as they are sent, and warnings; raises BadParamError for one that can't be."""
    headers: dict[str, str] = {}
    warnings: list[str] = []
    for name, value in values.items():
        key = name.lower()
        if value is None:
            continue
        if key in _OURS:
            warnings.append(f'the header "{name}" was left out: kobjctl sets it itself')
            continue
        headers[key] = _header_value(name, value)
    return headers, warnings


def _header_value(name: str, value: Json) -> str:
    """Return the text of a header; one with a line break could hide further headers in it."""
    if not _HEADER_NAME.fullmatch(name):
        raise BadParamError(f'"{name}" can\'t be the name of a header', parameter="headers")
    if isinstance(value, dict | list):
        raise BadParamError(
            f'the header "{name}" must be text, not {a_kind(value)}', parameter="headers"
        )
    text = to_text(name, value).strip(" \t")
    if _CONTROL.search(text):
        raise BadParamError(
            f'the header "{name}" contains a line break or another control character',
            parameter="headers",
        )
    if any(ord(character) > 0xFF for character in text):  # noqa: PLR2004 - the last of latin-1
        raise BadParamError(
            f'the header "{name}" contains a character that no header can have',
            parameter="headers",
        )
    return text
