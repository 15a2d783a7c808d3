"""The shape of a stub file: every problem at its place."""

import textwrap

import pytest

from kobjctl.files.shapes.stub import check_stubs
from kobjctl.files.yaml.reader import read_yaml

GOOD = """
http:
  - request:
      method: POST
      url: https://api.example.com/orders/*
      headers: {authorization: Bearer *}
      query: {page: 2}
      body: {orderId: "1234"}
      exact: true
    response: {status: 201, headers: {x-a: 5, set-cookie: [a, b]}, body: [1], delay: 1}
  - {request: {url: "*"}, response: {base64: "AA==", delay: 0.5}}
  - {request: {url: "*"}, response: {}}
  - {request: {url: "*"}, fail: connection refused}
actions:
  - {action: kustomer.app.ai.nlp, params: {Text: "*"}, output: {SentimentType: 1}}
  - {action: kustomer.app.ai.nlp, output: {}}
  - {action: kustomer.app.ai.nlp, fail: no mood}
"""
# A file, and all that is found in it.
BAD = {
    "none at all": ("steps: []", ["1:1 error WF100 this is not a stub file"]),
    "a list": ("[]", ["1:1 error WF100 this is not a stub file"]),
    "no lists": (
        "{http: {}, actions: null}",
        [
            "1:8 error WF101 `http` must be a list of stubs, not an object",
            "1:21 error WF101 `actions` must be a list of stubs, not null",
        ],
    ),
    "what is missing": (
        """
        http:
          - {}
          - request: {}
            response: {}
        actions:
          - {}
        """,
        [
            "3:5 error WF103 a stub needs `request`",
            "3:5 error WF103 a stub needs `response` or `fail`",
            "4:14 error WF103 the request of a stub needs `url`",
            "7:5 error WF103 a stub needs `output` or `fail`",
            "7:5 error WF103 a stub of an action needs `action`",
        ],
    ),
    "too much": (
        """
        http:
          - {request: {url: "*"}, response: {body: a, base64: ""}, fail: reset}
        actions:
          - {action: a, output: {}, fail: b}
        """,
        [
            "3:47 error WF104 a response has both `body` and `base64`",
            "3:60 error WF104 a stub has both `response` and `fail`",
            "5:29 error WF104 a stub has both `output` and `fail`",
        ],
    ),
    "wrong types": (
        """
        http:
          - text
          - request: {url: 1, method: [], headers: {a: 1}, query: x, exact: 1}
            response: {status: ok, headers: [], base64: 1, delay: soon}
          - {request: [], fail: 5}
        actions:
          - {action: 1, params: [], output: [], fail: null}
        """,
        [
            "3:5 error WF101 a stub must be an object, not text",
            "4:20 error WF101 `url` must be text, not a number",
            "4:31 error WF101 `method` must be text, not a list",
            "4:48 error WF101 `a` must be text, not a number",
            "4:59 error WF101 `query` must be an object, not text",
            "4:69 error WF101 `exact` must be true or false, not a number",
            "5:24 error WF101 `status` must be a whole number, not text",
            "5:37 error WF101 `headers` must be an object, not a list",
            "5:49 error WF101 `base64` must be text, not a number",
            "5:59 error WF101 `delay` must be a number, not text",
            "6:15 error WF101 `request` must be an object, not a list",
            (
                '6:25 error WF101 `fail` must be "connection refused", "reset" or "timeout",'
                " not a number"
            ),
            "8:14 error WF101 `action` must be text, not a number",
            "8:25 error WF101 `params` must be an object, not a list",
            "8:37 error WF101 `output` must be an object, not a list",
        ],
    ),
    "out of range": (
        """
        http:
          - {request: {url: ""}, response: {status: 99, delay: -1}}
          - {request: {url: a}, response: {status: 600}}
          - {request: {url: a}, response: {status: 200.5}}
          - {request: {url: a}, fail: resett}
          - {request: {url: a}, response: {delay: 1.0e+308}}
          - {request: {url: a}, response: {delay: 3600.5}}
          - {request: {url: a}, response: {delay: 3600}}
        """,
        [
            "3:21 error WF104 `url` is empty",
            "3:45 error WF104 `status` must be at least 100, not 99",
            "3:56 error WF104 `delay` must be at least 0, not -1",
            "4:44 error WF104 `status` must be at most 599, not 600",
            "5:44 error WF101 `status` must be a whole number, not a number",
            (
                '6:31 error WF104 `fail` must be "connection refused", "reset" or "timeout",'
                ' not "resett"'
            ),
            "7:43 error WF104 `delay` must be at most 3600, not 1e+308",
            "8:43 error WF104 `delay` must be at most 3600, not 3600.5",
        ],
    ),
    "unknown keys": (
        """
        htpp: []
        http:
          - {request: {url: a, uri: b}, response: {code: 1}, delay: 2}
        """,
        [
            "2:1 warning WF102 a stub file has no key `htpp`",
            "4:24 warning WF102 the request of a stub has no key `uri`",
            "4:44 warning WF102 the response of a stub has no key `code`",
            "4:54 warning WF102 a stub has no key `delay`",
        ],
    ),
}


def found(text):
    document = read_yaml(textwrap.dedent(text), "stubs.yaml")
    return [
        f"{each.span.line}:{each.span.column} {each.severity} {each.code} {each.message}"
        for each in check_stubs(document)
    ]


def test_a_good_file_has_no_problem():
    assert [] == found(GOOD)


@pytest.mark.parametrize("name", BAD)
def test_every_problem_is_told_at_its_place(name):
    text, expected = BAD[name]

    assert expected == found(text)


def test_an_unquoted_number_in_a_header_is_told_how_to_be_text():
    [problem] = check_stubs(
        read_yaml('http: [{request: {url: "*", headers: {x-shop: 1}}, fail: reset}]', "s")
    )

    assert "put quotes around it" == problem.hint
