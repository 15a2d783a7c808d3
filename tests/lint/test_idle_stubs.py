"""Stubs against the workflows that they are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.http.matching import escape, fit_together, fits_text
from kobjctl.lint.validation import read_reach, validate

WORKFLOW = """
name: ask
trigger: {{eventName: kustomer.customer.create, transitions: [{{target: ask}}]}}
steps:
  - id: ask
    action: kustomer.rest-api.json
    params: {params}
    transitions: [{{target: then}}]
  - {{id: then, action: {action}, params: {{id: /#steps.1.id}}}}
"""
STUBS = """
http:
  - request: {request}
    response: {{body: {{}}}}
actions:
  - {{action: {action}, output: {{}}}}
"""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Give what is told of a workflow with a request, and of a file with a stub."""
    monkeypatch.chdir(tmp_path)

    def tell(params, request, *, hosts=(), action="kustomer.user.find-by-id", stubbed=None):
        workflow = WORKFLOW.format(params=params, action=action)
        stubs = STUBS.format(request=request, action=stubbed or action)
        (tmp_path / "ask.yaml").write_text(workflow)
        (tmp_path / "stubs.yaml").write_text(stubs)
        report = validate(["ask.yaml"], reach=read_reach(hosts, ["stubs.yaml"]))
        return [f"{each.file} {each.code} {each.message}; {each.hint}" for each in report.problems]

    return tell


HOST = "https://a.example.com"


@pytest.mark.parametrize(
    ("params", "request_"),
    [
        (f"{{uri: '{HOST}/b'}}", f"{{url: '{HOST}/b'}}"),
        (f"{{uri: '{HOST}'}}", f"{{url: '{HOST}'}}"),
        (f"{{uri: '{HOST}/b?c=d'}}", f"{{method: GET, url: '{HOST}/b'}}"),
        (f"{{uri: '{HOST}/b?c=d'}}", f"{{url: '{HOST}/b?c=*'}}"),
        (f"{{uri: '{HOST}/b', qs: {{c: d}}}}", f"{{url: '{HOST}/b?c=d'}}"),
        (f"{{uri: '{HOST}/b', method: post}}", "{method: POST, url: '*/b'}"),
        (f"{{uri: '{HOST}/b', method: /#steps.1.name}}", f"{{method: POST, url: '{HOST}/*'}}"),
        (f"{{uri: '{HOST}/{{{{steps.1.id}}}}/c'}}", f"{{url: '{HOST}/*/c'}}"),
        (f"{{uri: '{HOST}/{{{{steps.1.id}}}}/c'}}", f"{{url: '{HOST}/6745/c'}}"),
        ("{uri: 'https://{{{steps.1.name}}}.example.com/b'}", f"{{url: '{HOST}/b'}}"),
        ("{uri: /#steps.1.custom.aUrl}", f"{{url: '{HOST}/b'}}"),
        # A stub of something else entirely, while nothing is left unanswered.
        ("{uri: /#steps.1.custom.aUrl}", "{url: 'https://other.org/z'}"),
    ],
)
def test_a_stub_that_may_answer_is_fine(told, params, request_):
    assert [] == told(params, request_)


@pytest.mark.parametrize(
    ("params", "request_", "expected"),
    [
        (
            f"{{uri: '{HOST}/orders'}}",
            f"{{url: '{HOST}/ordres'}}",
            (
                f'stubs.yaml WF506 no step sends a request to "{HOST}/ordres";'
                f' did you mean "{HOST}/orders"?'
            ),
        ),
        (
            f"{{uri: '{HOST}/orders'}}",
            "{url: 'https://a.exmaple.com/orders'}",
            (
                f'stubs.yaml WF506 no step sends a request to "https://a.exmaple.com/orders"; '
                f'did you mean "{HOST}/orders"?'
            ),
        ),
        (
            f"{{uri: '{HOST}/orders'}}",
            f"{{method: PUT, url: '{HOST}/*'}}",
            (
                "stubs.yaml WF506 no step sends a PUT request to this address; "
                'step "ask" sends a GET request'
            ),
        ),
        (
            f"{{uri: '{HOST}/orders'}}",
            f"{{url: '{HOST}/a/b/c/d'}}",
            (
                f"ask.yaml WF505 no stub answers GET {HOST}/orders; "
                "add a stub, or allow the host with --allow-host a.example.com"
            ),
        ),
        (
            f"{{uri: '{HOST}/{{{{steps.1.id}}}}/notes'}}",
            f"{{url: '{HOST}/*/note'}}",
            (
                f'stubs.yaml WF506 no step sends a request to "{HOST}/*/note";'
                f' did you mean "{HOST}/*/notes"?'
            ),
        ),
    ],
)
def test_a_stub_that_answers_nothing_is_told_once(told, params, request_, expected):
    assert expected in told(params, request_)
    assert 1 == sum("no stub" in each or "WF506" in each for each in told(params, request_))


def test_a_request_to_an_allowed_host_needs_no_stub(told):
    params, request = f"{{uri: '{HOST}/orders'}}", f"{{url: '{HOST}/a/b/c/d'}}"

    assert [] == told(params, request, hosts=["a.example.com"])


@pytest.mark.parametrize(
    ("action", "stubbed", "hint"),
    [
        ("kustomer.app.sms.send", "kustomer.app.sms.sned", 'did you mean "kustomer.app.sms.send"?'),
        ("kustomer.user.find-by-id", "kustomer.user.find-by-di", "kustomer.user.find-by-id"),
        ("kustomer.user.find-by-id", "qqq", "kobjctl actions lists the actions"),
    ],
)
def test_a_misspelled_action_is_told(told, action, stubbed, hint):
    url = f"{{url: '{HOST}/b'}}"
    found = told(f"{{uri: '{HOST}/b'}}", url, action=action, stubbed=stubbed)

    [problem] = [each for each in found if "WF506" in each]
    assert f'no step has the action "{stubbed}"' in problem
    assert hint in problem


def test_the_stub_of_an_action_that_no_step_here_has_may_be_for_another_file(told):
    url = f"{{url: '{HOST}/b'}}"

    assert [] == told(f"{{uri: '{HOST}/b'}}", url, stubbed="kustomer.customer.find")


patterns = st.text("ab*\\", max_size=6)


@given(patterns, st.text("ab", max_size=6))
def test_a_text_fits_together_with_a_pattern_that_it_fits(pattern, text):
    assert fits_text(pattern, text) is fit_together(pattern, escape(text))
    assert fit_together(pattern, escape(text)) is fit_together(escape(text), pattern)


@given(patterns, patterns, st.lists(st.text("ab\\", max_size=4), min_size=1, max_size=3))
def test_what_fits_two_patterns_shows_that_they_fit_together(one, two, texts):
    for text in texts:
        if fits_text(one, text) and fits_text(two, text):
            assert fit_together(one, two)
    assert fit_together(one, two) is fit_together(two, one)
