"""Which hosts may be reached: those that were named, however an address spells another."""

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kobjctl.http.hosts import read_hosts
from kobjctl.model.address import AddressError, read_address
from kobjctl.model.errors import UsageError
from kobjctl.model.run import environment_hosts
from kobjctl.model.web import HostRefusedError

# Hosts that are allowed, an address, and whether it may be reached.
CASES = [
    ("example.com", "https://example.com/a", True),
    ("example.com", "http://example.com:8080", True),
    ("example.com", "https://EXAMPLE.com.", True),
    ("EXAMPLE.com", "https://example.com", True),
    ("example.com", "https://user:pass@example.com", True),
    ("example.com", "https://api.example.com", False),
    ("example.com", "https://example.com.evil.org", False),
    ("example.com", "https://evilexample.com", False),
    ("example.com", "https://example.org", False),
    ("example.com", "https://example.com@evil.org", False),
    ("example.com", "https://evil.org/example.com", False),
    ("example.com", "https://evil.org?@example.com", False),
    ("example.com", "https://evil.org#@example.com", False),
    ("example.com", "https://example.com/\\@evil.org?\\", True),
    ("example.com:8443", "https://example.com:8443", True),
    ("example.com:8443", "https://example.com", False),
    ("example.com:443", "https://example.com", True),
    ("example.com:443", "http://example.com", False),
    ("*.example.com", "https://api.example.com", True),
    ("*.example.com", "https://a.b.example.com", True),
    ("*.example.com", "https://example.com", False),
    ("*.example.com", "https://evilexample.com", False),
    ("*.example.com:80", "http://a.example.com", True),
    ("*.example.com:80", "https://a.example.com", False),
    ("bücher.example", "https://xn--bcher-kva.example", True),
    ("xn--bcher-kva.example", "https://BÜCHER.example", True),
    ("example.com", "https://ｅｘａｍｐｌｅ。com", True),  # noqa: RUF001 - other letters, one name
    ("example.com", "https://еxample.com", False),  # noqa: RUF001 - a Cyrillic letter
    ("localhost", "http://localhost:3000", True),
    ("localhost", "http://127.0.0.1", False),
    ("localhost", "http://[::1]", False),
    ("127.0.0.1", "http://127.0.0.1:8080", True),
    ("127.0.0.1", "http://localhost", False),
    ("127.0.0.1", "http://127.0.0.2", False),
    ("127.0.0.1", "http://[::1]", False),
    ("127.0.0.1", "http://[::ffff:127.0.0.1]", False),
    ("[::1]", "http://[::1]:8080", True),
    ("[::1]:8080", "http://[0:0:0:0:0:0:0:1]:8080", True),
    ("[::1]", "http://[::2]", False),
]
# What a system may read as 127.0.0.1, and what is no host at all.
NO_HOSTS = [
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "127.1",
    "127.0.0.01",
    "127.0.0.1.5",
    "256.1.1.1",
    "[127.0.0.1]",
    "[::1%25lo]",
    "[::1",
    "::1",
    "a b",
    "a_ä\u0000",
    "a..b",
    "-a.example",
    "exa%6dple.com",
    "example.com:0",
    "example.com:65536",
    "example.com:8o",
    "",
    ".",
    "a" * 64,
    "/",
    "<b>",
]


@pytest.mark.parametrize(("allowed", "url", "expected"), CASES)
def test_an_address_is_allowed_when_its_host_was_named(allowed, url, expected):
    assert expected is (read_address(url) in read_hosts([allowed]))


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8977\\@127.0.0.1:8977/",
        "https://evil.org\\@example.com",
        "https://a\\b:c@example.com/",
        "https://a:b\\@c@example.com",
        "https://example.com\\a",
        "https:\\\\example.com",
        "https://\\example.com",
    ],
)
def test_an_address_in_which_others_see_another_host_is_refused(url):
    with pytest.raises(AddressError):
        read_address(url)


def test_no_host_is_allowed_at_first():
    assert read_address("http://localhost") not in read_hosts([])


def test_hosts_of_the_environment_stand_between_commas_or_spaces(monkeypatch):
    assert () == environment_hosts()

    monkeypatch.setenv("KOBJCTL_ALLOW_HOSTS", " b.example,c.example\td.example:80 ,")

    assert ("b.example", "c.example", "d.example:80") == environment_hosts()


@pytest.mark.parametrize("host", NO_HOSTS)
def test_what_is_no_host_can_be_neither_allowed_nor_reached(host):
    with pytest.raises(UsageError, match="is not a host that can be allowed"):
        read_hosts([host])
    with pytest.raises(AddressError):
        read_address(f"http://{host}/")


@pytest.mark.parametrize(
    "text", ["*", "*.", "*.*", "a.*.b", "*a.b", "https://a.b", "a.b/c", "*.0.0.1"]
)
def test_a_pattern_that_would_allow_too_much_is_refused(text):
    with pytest.raises(UsageError) as caught:
        read_hosts([text])

    assert caught.value.hint


PLACES = st.text(st.sampled_from("ab.:-_@[]0x1%/\\?# \tüß。①"), max_size=12)


@given(PLACES | st.text(max_size=12))
@example("a\\@b")
@example("a:80@b")
@example("①.b")
def test_the_library_connects_to_the_host_that_was_looked_at(place):
    try:
        address = read_address(f"http://{place}/x")
    except AddressError:
        return

    read = httpx.URL(str(address))

    assert address.host == read.raw_host.decode().strip("[]")
    assert address.port == (read.port or 80)
    assert address == read_address(str(address))._replace(login=address.login)


def test_no_spelling_of_an_address_gets_round_the_refusal(serve, replying, ask):
    server = serve(replying())

    for host in ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"):
        with pytest.raises(HostRefusedError) as caught:
            ask(server.url(host=host), allow_hosts=("localhost",))
        assert f"--allow-host {caught.value.message.split(chr(34))[1]}," in caught.value.hint
    with pytest.raises(HostRefusedError):
        ask(server.url(host="localhost"), allow_hosts=("127.0.0.1",))
    with pytest.raises(HostRefusedError):
        ask(server.url(), allow_hosts=("127.0.0.1:1",))
    assert [] == server.received
