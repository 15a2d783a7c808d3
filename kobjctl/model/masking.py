"""Secrets that everyone who reads a log would see: what they are, and how they are hidden."""

import re
from typing import Final

from kobjctl.model.values import Json

MASK: Final = "***"

_CONFIDENTIAL: Final = (
    r"(?i)(?:proxy-)?authorization|(?:set-)?cookie2?|(?:x-)?api-?key|.*(?:token|secret|password).*"
)
_LOGIN: Final = r"(?<=://)[^/?#@\s]*(?:@[^/?#@\s]*)*(?=@)"
_HEADERS: Final = "headers"
_ADDRESSES: Final = ("uri", "url")


def is_secret_header(name: str) -> bool:
    """Tell whether the value of a header is a secret, by its name."""
    return re.fullmatch(_CONFIDENTIAL, name) is not None


def mask_login(address: str) -> str:
    """Hide the user and password that an address may have before its host."""
    return re.sub(_LOGIN, MASK, address)


def mask_headers(value: Json) -> Json:
    """Hide the secret headers of every `headers` in a value, and logins in a `uri` or `url`.

    What has no secret is given as it is, the rest as a copy.
    """
    if isinstance(value, list):
        masked = [mask_headers(each) for each in value]
        return (
            masked if any(new is not old for new, old in zip(masked, value, strict=True)) else value
        )
    if not isinstance(value, dict):
        return value
    changed = {key: new for key, old in value.items() if (new := _mask_member(key, old)) is not old}
    return {**value, **changed} if changed else value


def _mask_member(key: str, value: Json) -> Json:
    if key == _HEADERS and isinstance(value, dict):
        secret = {name: _hidden(each) for name, each in value.items() if is_secret_header(name)}
        return {**value, **secret} if secret else value
    if key in _ADDRESSES and isinstance(value, str):
        masked = mask_login(value)
        return value if masked == value else masked
    return mask_headers(value)


def _hidden(value: Json) -> Json:
    return [MASK for _ in value] if isinstance(value, list) else MASK
