"""WF801: keys, tokens and passwords in a file.

The keys here are made up, and put together so that no scanner takes this file for a leak.
"""

import pytest

KEYS = [
    "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "github_pat_" + "11ABCDEFG0aBcDeFgHiJkLmNoPqRsTuVwXyZ",
    "xoxb-" + "1234567890-abcdefghij",
    "AKIA" + "IOSFODNN7AAAAAAA",
    "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
    "glpat-" + "abcdefghij1234567890",
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
]
RANDOM = "9f86d081884c7d659a2feaa0c55ad015"


def step(params):
    return f"""\
name: shop
trigger: {{eventName: kustomer.customer.create, transitions: [{{target: a}}]}}
steps:
  - id: a
    action: kustomer.rest-api.json
    params: {params}
"""


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:6])
def test_a_key_of_a_known_form_is_found_anywhere_and_not_repeated(judge, key):
    [problem] = judge(step(f"{{data: {{note: ['see {key} there']}}}}"), "WF801")

    assert "this looks like a key" == problem.message
    assert key not in f"{problem}{problem.hint}"
    assert len(key) == problem.span.end_column - problem.span.column


@pytest.mark.parametrize(
    ("params", "what", "length"),
    [
        (f"{{headers: {{Authorization: 'Bearer {RANDOM}'}}}}", "a token", 32),
        ("{headers: {authorization: Bearer abcdefgh}}", "a token", 8),
        ("{headers: {authorization: Basic YWRhOnNlY3JldA==}}", "a token", 16),
        (f"{{headers: {{x-api-key: {RANDOM}}}}}", "a key", 32),
        (f"{{headers: {{X-Shop-Token: {RANDOM}}}}}", "a key", 32),
        (f"{{qs: {{access_token: {RANDOM}}}}}", "a key", 32),
        (f"{{uri: 'https://a.b/?page=1&api_key={RANDOM}'}}", "a key", 32),
        ("{uri: 'https://ada:hunter2@a.b/'}", "a password", 7),
    ],
)
def test_a_secret_is_found_by_where_it_stands(judge, params, what, length):
    [problem] = judge(step(params), "WF801")

    assert f"this looks like {what}" == problem.message
    assert length == problem.span.end_column - problem.span.column
    assert "kobjctl variable set shop NAME" in problem.hint


@pytest.mark.parametrize(
    "params",
    [
        "{headers: {authorization: 'Bearer {{{variables.shopKey}}}'}}",
        "{headers: {authorization: /#variables.shopKey}}",
        "{headers: {authorization: Bearer <token>}}",
        "{headers: {authorization: Bearer YOUR_TOKEN}}",
        "{headers: {authorization: Bearer xxxxxxxxxxxx}}",
        "{headers: {x-api-key: the key of the shop}}",
        "{headers: {x-api-key: aaaaaaaaaaaaaaaaaaaaaaaa}}",
        f"{{headers: {{x-request-id: {RANDOM}}}}}",
        f"{{data: {{id: {RANDOM}}}}}",
        "{headers: {x-api-key: short}}",
        f"{{uri: 'https://a.b/?order={RANDOM}'}}",
        "{uri: 'https://{{variables.login}}@a.b/'}",
        "{uri: 'https://ada:{{{variables.password}}}@a.b/'}",
        "{uri: 'https://ada@a.b/'}",
        "{uri: 'https://a.b/?token={{{variables.token}}}'}",
        "{headers: {accept: application/json, retries: 5}}",
    ],
)
def test_what_is_no_secret_is_no_finding(told, params):
    assert [] == told(step(params), "WF801")
