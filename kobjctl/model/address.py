"""The address of an HTTP request: which host it reaches, spelled in one way only.

Whoever decides about a host and whoever connects to it must read an address alike. So it is read
here, once, and what leaves is plain ASCII that no reader takes for something else.
"""

import re
from typing import Final, NamedTuple

from kobjctl.model.errors import KobjctlError
from kobjctl.model.masking import MASK, mask_login
from kobjctl.model.secrets import excerpt, hidden
from kobjctl.model.unseen import WHITESPACE

PORTS: Final = {"http": 80, "https": 443}

_ADDRESS: Final = re.compile(
    r"([a-z][a-z0-9+.-]*):(?://([^/?#]*))?([^#]*)(#.*)?", re.IGNORECASE | re.DOTALL
)
_PLACE: Final = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:@]+))(?::(\d{0,5}))?", re.IGNORECASE)
_NAME: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")
_NUMBER: Final = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
# What may stand in a path or query as it is; the rest is written with percent signs.
_PLAIN: Final = "!#$%&'()*+,-./:;=?@[]_~"
_MOST_CHARACTERS: Final = 16_384
_SHOWN: Final = 120
_LONGEST_NAME: Final = 253
_LAST_PORT: Final = 65_535


class AddressError(KobjctlError):
    """A text that is no address of the web."""


class Address(NamedTuple):
    """An address that was read: `host` is in lower case and ASCII, an IPv6 one without brackets.

    `target` is the path with the query. `login` is `user:password` where the text had one; it is
    no part of `str(address)`.
    """

    scheme: str
    host: str
    port: int
    target: str
    login: str = ""

    @property
    def place(self) -> str:
        """Return the host, with its port unless that is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what tells one server from another."""
        return self.scheme, self.host, self.port

    @property
    def path(self) -> str:
        """Return the address without its query."""
        return str(self).partition("?")[0]

    @property
    def query(self) -> str:
        """Return the query without its question mark."""
        return self.target.partition("?")[2]

    def __str__(self) -> str:
        return f"{self.scheme}://{self.place}{self.target}"


def read_address(text: str) -> Address:
    """Read an absolute http or https address; raises AddressError."""
    text = text.strip(WHITESPACE)
    if len(text) > _MOST_CHARACTERS:
        raise AddressError(f"the address has more than {_MOST_CHARACTERS:,} characters")
    if _CONTROL.search(text):
        raise AddressError("the address contains a line break or another control character")
    parts = _ADDRESS.fullmatch(text)
    if parts is None:
        raise AddressError(
            f"{_shown(text)} is not a complete URL", hint="begin it with https:// or http://"
        )
    scheme = parts[1].lower()
    if scheme not in PORTS:
        raise AddressError(
            f"{_shown(text)} is not a web address", hint="it must begin with https:// or http://"
        )
    login, _, place = (parts[2] or "").rpartition("@")
    if "\\" in login:
        # Browsers take it for a slash, so that the host ends before it.
        raise AddressError(
            f"{_shown(text)} has a backslash before its host", hint="write it as %5C"
        )
    try:
        host, port = read_place(place)
    except AddressError as error:
        if hidden().hides(text):
            # What stands for the host may be no more than a part of a secret.
            raise AddressError(f'"{MASK}" is not a host', hint=error.hint) from error
        raise
    return Address(scheme, host, port or PORTS[scheme], _target(parts[3]), login)


def _shown(text: str) -> str:
    """Quote the beginning of an address, without a password."""
    return f'"{excerpt(mask_login(text), _SHOWN, "...", _SHOWN - 3)}"'


def read_place(text: str) -> tuple[str, int | None]:
    """Read `host` or `host:port`; raises AddressError."""
    parts = _PLACE.fullmatch(text)
    host = _host(parts[1], parts[2]) if parts else ""
    port = int(parts[3]) if parts and parts[3] else None
    if not host or (port is not None and not 0 < port <= _LAST_PORT):
        raise AddressError(
            f'"{text}" is not a host', hint="write a host such as api.example.com:8080"
        )
    return host, port


def _host(in_brackets: str | None, name: str | None) -> str:
    """Return a host as it is compared; empty for what is none.

    An IPv4 address has one spelling here: what a system reads as one in other spellings
    (2130706433, 0x7f.1, 127.1) is refused, as it would pass for a name.
    """
    from ipaddress import AddressValueError, IPv4Address, IPv6Address  # noqa: PLC0415 - see web.py

    try:
        if in_brackets is not None:
            return IPv6Address(in_brackets).compressed
        host = _ascii(name or "")
        return str(IPv4Address(host)) if _NUMBER.fullmatch(host) else host
    except AddressValueError:
        return ""


def _ascii(name: str) -> str:
    host = name.lower()
    if not host.isascii():
        import idna  # noqa: PLC0415 - only a name with other letters needs it

        try:
            host = idna.encode(host, uts46=True).decode()
        except idna.IDNAError:
            return ""
    host = host.removesuffix(".")
    return host if len(host) <= _LONGEST_NAME and _NAME.fullmatch(host) else ""


def _target(text: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - see web.py

    text = text if text.startswith("/") else f"/{text}"
    return quote(text, safe=_PLAIN)
