"""Secrets that everyone who reads a log would see: what they are, and how they are hidden."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.model.values import Json

MASK: Final = "***"

_CONFIDENTIAL: Final = (
    r"(?i)(?:proxy-)?authorization|(?:set-)?cookie2?|(?:x-)?api-?key|.*(?:token|secret|password).*"
)
_LOGIN: Final = r"(?<=://)[^/?#@\s]*(?:@[^/?#@\s]*)*(?=@)"
# Within other text an address ends at a quote; within another address it may be in percent signs.
_LOGIN_IN_TEXT: Final = (
    r"(?i)(?:(?<=://)|(?<=:\\/\\/))[^/?#@\s\"'<>\\]+(?:@[^/?#@\s\"'<>\\]*)*(?=@)"
    r"|(?<=%3A%2F%2F)(?:(?!%2F|%3F|%23|%40)[^/?#@&\s\"'<>\\])+(?=%40)"
)
_HEADERS: Final = "headers"
_ADDRESSES: Final = ("uri", "url")
# What a secret header has may be a common word, too; a real key is longer than most.
_LEAST_SECRET: Final = 8
_SET_COOKIE: Final = "set-cookie"


def is_secret_header(name: str) -> bool:
    """Return whether the value of a header is a secret, by its name."""
    return re.fullmatch(_CONFIDENTIAL, name) is not None


def header_secrets(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the texts in headers that are secrets, as a server may repeat them elsewhere."""
    for name, value in headers:
        if is_secret_header(name):
            yield from (each for each in _parts(name, value) if len(each) >= _LEAST_SECRET)


def _parts(name: str, value: str) -> Iterator[str]:
    """Yield a secret value, and the key, the login or the cookies that are in it."""
    yield value
    scheme, _, key = value.rpartition(" ")
    yield key
    if scheme.lower() == "basic":
        yield from _login(key)
    cookies = value.split(";", maxsplit=1)[:1] if name.lower() == _SET_COOKIE else value.split(";")
    yield from (each.partition("=")[2].strip() for each in cookies)


def _login(key: str) -> Iterator[str]:
    from base64 import b64decode  # noqa: PLC0415 - few requests have a login

    try:
        login = b64decode(key).decode()
    except ValueError:
        return
    yield login
    yield login.partition(":")[2]


def mask_login(address: str) -> str:
    """Hide the user and password that an address may have before its host."""
    return re.sub(_LOGIN, MASK, address)


def mask_logins(value: Json) -> Json:
    """Hide the logins of all addresses in the texts of a value.

    What has none is given as it is, the rest as a copy.
    """
    if isinstance(value, str):
        # The expression is compiled for those that may have one.
        may = "://" in value or ":\\/\\/" in value or "%3a%2f%2f" in value.lower()
        return re.sub(_LOGIN_IN_TEXT, MASK, value) if may else value
    if isinstance(value, list):
        masked = [mask_logins(each) for each in value]
        return masked if _differ(masked, value) else value
    if isinstance(value, dict):
        kept = {key: mask_logins(each) for key, each in value.items()}
        return kept if _differ(kept.values(), value.values()) else value
    return value


def mask_headers(value: Json) -> Json:
    """Hide the secret headers of every `headers` in a value, and logins in a `uri` or `url`.

    What has no secret is given as it is, the rest as a copy.
    """
    if isinstance(value, list):
        masked = [mask_headers(each) for each in value]
        return masked if _differ(masked, value) else value
    if not isinstance(value, dict):
        return value
    changed = {key: new for key, old in value.items() if (new := _mask_member(key, old)) is not old}
    return {**value, **changed} if changed else value


def _differ(new: Iterable[Json], old: Iterable[Json]) -> bool:
    return any(one is not other for one, other in zip(new, old, strict=True))


def _mask_member(key: str, value: Json) -> Json:
    if key == _HEADERS and isinstance(value, dict):
        secret = {name: hide_value(each) for name, each in value.items() if is_secret_header(name)}
        return {**value, **secret} if secret else value
    if key in _ADDRESSES and isinstance(value, str):
        masked = mask_login(value)
        return value if masked == value else masked
    return mask_headers(value)


def hide_value(value: Json) -> Json:
    """Return what stands in the place of a secret header's value, or of each of several."""
    return [MASK for _ in value] if isinstance(value, list) else MASK
