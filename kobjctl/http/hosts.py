"""Which hosts a workflow may reach: those that the user named, and no other spelling of them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from kobjctl.model.address import Address, AddressError, read_place
from kobjctl.model.errors import UsageError

_ANY_BELOW: Final = "*."


class AllowedHost(NamedTuple):
    """`example.com` with all its ports, or with one; `below` is for all names that end so."""

    host: str
    port: int | None
    below: bool

    def has(self, address: Address) -> bool:
        """Return whether an address is at this host."""
        if self.port not in (None, address.port):
            return False
        return address.host.endswith(f".{self.host}") if self.below else address.host == self.host


class AllowedHosts:
    """The hosts that may be reached, none at first."""

    def __init__(self, hosts: Iterable[AllowedHost] = ()) -> None:
        self._hosts = tuple(hosts)

    def __contains__(self, address: Address) -> bool:
        return any(each.has(address) for each in self._hosts)


def read_hosts(texts: Iterable[str]) -> AllowedHosts:
    """Read hosts as `--allow-host` takes them; raises UsageError for what is no host."""
    return AllowedHosts(map(_read, texts))


def _read(text: str) -> AllowedHost:
    below = text.startswith(_ANY_BELOW)
    try:
        host, port = read_place(text.removeprefix(_ANY_BELOW))
    except AddressError as error:
        raise UsageError(
            f'"{text}" is not a host that can be allowed',
            hint="write api.example.com, api.example.com:8443 or *.example.com",
        ) from error
    if below and _is_number(host):
        raise UsageError(
            f'"{text}" is not a host that can be allowed', hint="allow each address by itself"
        )
    return AllowedHost(host, port, below)


def _is_number(host: str) -> bool:
    """Return whether a host ends as addresses do, so that `*.0.0.1` can't mean names."""
    return ":" in host or host.rpartition(".")[2].isdigit()
