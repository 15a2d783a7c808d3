"""Secrets in headers and addresses are hidden, and nothing else is touched."""

import pytest

from kobjctl.model.masking import is_secret_header, mask_headers, mask_login

SECRET = [
    "authorization",
    "Authorization",
    "PROXY-AUTHORIZATION",
    "cookie",
    "Set-Cookie",
    "x-api-key",
    "X-ApiKey",
    "api-key",
    "apikey",
    "X-Shopify-Access-Token",
    "tokens",
    "x-client-secret",
    "my-password",
]
OPEN = ["accept", "content-type", "x-key", "x-authorized-by", "www-authenticate", "", "cook"]


@pytest.mark.parametrize("name", SECRET)
def test_a_header_is_a_secret_by_its_name(name):
    assert is_secret_header(name)


@pytest.mark.parametrize("name", OPEN)
def test_another_header_is_none(name):
    assert not is_secret_header(name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            {"headers": {"Authorization": "a", "b": "c"}},
            {"headers": {"Authorization": "***", "b": "c"}},
        ),
        (
            {"response": {"headers": {"set-cookie": ["a", "b"], "date": "c"}}},
            {"response": {"headers": {"set-cookie": ["***", "***"], "date": "c"}}},
        ),
        ([{"headers": {"cookie": None}}, 5], [{"headers": {"cookie": "***"}}, 5]),
        ({"headers": {"api-key": {"a": 1}}}, {"headers": {"api-key": "***"}}),
        ({"uri": "https://a:b@c/d"}, {"uri": "https://***@c/d"}),
        ({"url": "see https://a@c and http://x:y@z"}, {"url": "see https://***@c and http://***@z"}),
    ],
)  # fmt: skip
def test_secrets_are_hidden_at_any_depth(value, expected):
    assert expected == mask_headers(value)


@pytest.mark.parametrize(
    "value",
    [
        {"authorization": "a", "password": "b"},
        {"headers": {"accept": "a"}},
        {"headers": ["cookie"], "uri": ["https://a:b@c"]},
        {"headers": "cookie: a", "uri": "https://c/d?e=f@g"},
        {"body": {"cookie": [1, {"a": None}]}},
        "cookie",
        None,
    ],
)
def test_what_has_no_secret_is_the_same_object(value):
    assert value is mask_headers(value)


def test_the_given_value_is_left_as_it_is():
    value = {"a": [{"headers": {"cookie": "a"}}]}

    mask_headers(value)

    assert {"a": [{"headers": {"cookie": "a"}}]} == value


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a:b@c/d", "https://***@c/d"),
        ("https://a:b@c@d", "https://***@d"),
        ("https://@c", "https://***@c"),
        ("https://c/d@e", "https://c/d@e"),
        ("mailto:a@b", "mailto:a@b"),
    ],
)
def test_the_login_of_an_address_is_hidden(address, expected):
    assert expected == mask_login(address)
