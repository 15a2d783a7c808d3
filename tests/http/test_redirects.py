"""Redirects: followed as browsers do, as far as the hosts are allowed and no further."""

import pytest

from kobjctl.http.client import WebLimits
from kobjctl.model.web import HostRefusedError, RedirectError, WebTimeoutError

SECRETS = [("authorization", "Bearer x"), ("cookie", "a=b"), ("x-api-key", "k"), ("x-other", "o")]


def routes(replying, **targets):
    """Give what answers each path: with a redirect `(status, location)`, or with its own name."""

    def answer(connection, received):
        path = received.target.strip("/")
        if path in targets:
            status, location = targets[path]
            replying(status, Location=location)(connection, received)
        else:
            replying(body=path.encode())(connection, received)

    return answer


@pytest.mark.parametrize("location", ["/end", "end", "?", "//127.0.0.1:{port}/end", "{url}end#top"])
def test_a_redirect_to_the_same_host_is_followed(location, serve, replying, ask):
    targets = {}
    server = serve(routes(replying, **targets))
    place = location.format(port=server.port, url=server.url())
    server._answer = routes(replying, start=(302, place))  # noqa: SLF001 - the port is known now

    if place == "?":
        with pytest.raises(RedirectError, match="more than 5 redirects"):
            ask(server.url("/start"))
    else:
        response = ask(server.url("/start"))
        assert b"end" == response.body
        assert (f"the response 302 redirected to {server.url('/end')}",) == response.notes


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (301, "POST GET"),
        (302, "POST GET"),
        (303, "POST GET"),
        (303, "PUT GET"),
        (303, "HEAD HEAD"),
        (302, "PUT PUT"),
        (301, "GET GET"),
        (307, "POST POST"),
        (308, "DELETE DELETE"),
    ],
)
def test_the_method_changes_as_in_browsers(status, change, serve, replying, ask):
    method, expected = change.split()
    server = serve(routes(replying, start=(status, "/end")))

    ask(server.url("/start"), method, headers=[("content-type", "text/plain")], body=b"data")

    end = server.received[1]
    kept = expected == method
    assert (expected, b"data" if kept else b"") == (end.method, end.body)
    assert kept is ("content-type" in end.headers)


@pytest.mark.parametrize("status", [200, 300, 304, 305, 404])
def test_another_status_leads_nowhere(status, serve, replying, ask):
    server = serve(routes(replying, start=(status, "/end")))

    assert status == ask(server.url("/start")).status
    assert 1 == len(server.received)


def test_a_redirect_without_a_place_is_an_answer(serve, replying, ask):
    assert 302 == ask(serve(replying(302)).url()).status


def test_secrets_go_on_to_the_same_origin_only(serve, replying, ask):
    other = serve(routes(replying))
    server = serve(routes(replying, near=(302, "/end"), far=(307, other.url("/end"))))

    ask(server.url("/near"), headers=SECRETS)
    ask(server.url("/far"), headers=SECRETS)

    kept = [each.headers.keys() for each in (*server.received, *other.received)]
    assert [4, 4, 4, 1] == [sum(name in headers for name, _ in SECRETS) for headers in kept]


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost:{port}/end",
        "http://[::1]:{port}/",
        "https://evil.example/",
        "//evil.example",
    ],
)
def test_a_redirect_to_another_host_is_refused_unless_that_is_allowed(
    location, serve, replying, ask
):
    server = serve(routes(replying))
    place = location.format(port=server.port)
    server._answer = routes(replying, start=(302, place))  # noqa: SLF001 - the port is known now

    with pytest.raises(HostRefusedError) as caught:
        ask(server.url("/start"))

    assert caught.value.message.startswith("the redirect to http")
    assert caught.value.message.endswith("is not allowed")
    assert ["/start"] == [each.target for each in server.received]


def test_a_redirect_to_an_allowed_host_is_followed(serve, replying, ask):
    other = serve(routes(replying))
    server = serve(routes(replying, start=(302, other.url("/end", host="localhost"))))

    assert b"end" == ask(server.url("/start"), allow_hosts=("127.0.0.1", "localhost")).body


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "http://2130706433/",
        "http://[",
    ],
)
def test_a_redirect_to_what_is_no_web_is_refused(location, serve, replying, ask):
    server = serve(routes(replying, start=(302, location)))

    with pytest.raises(RedirectError, match="which is not a web address"):
        ask(server.url("/start"))


def test_a_loop_of_redirects_ends(serve, replying, ask):
    server = serve(routes(replying, a=(302, "/b"), b=(302, "/a")))

    with pytest.raises(RedirectError, match=r"more than 5 redirects, the last to .*/a"):
        ask(server.url("/a"))

    assert 6 == len(server.received)


def test_five_redirects_are_followed(serve, replying, ask):
    chain = {f"s{number}": (302, f"/s{number + 1}") for number in range(5)}
    server = serve(routes(replying, **chain))

    response = ask(server.url("/s0"))

    assert (b"s5", 5) == (response.body, len(response.notes))


def test_all_redirects_together_have_the_time_of_one(outside, serve, replying, ask, engine):
    server = serve(routes(replying, a=(302, "/b"), b=(302, "/a")))
    seconds = iter(range(100))
    outside.tick = lambda: float(next(seconds))

    with pytest.raises(WebTimeoutError, match="within 3 seconds, redirects included"):
        ask(server.url("/a"), limits=WebLimits(total=3.0))

    assert len(server.received) < 4
