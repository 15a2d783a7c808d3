"""WF502 to WF505: parameters that an action doesn't have, needs or can't take; hosts."""

import pytest

from kobjctl.lint.project.project import KnownAction, KnownParam
from kobjctl.model.kinds.limits import Length

SCHEDULE = "kustomer.app.scheduler.schedule-workflow"
ID = "673e81eb496bbd0347073e76"


def step(action, params):
    return f"""\
name: w
trigger: {{eventName: kustomer.conversation.update, transitions: [{{target: a}}]}}
steps:
  - id: a
    action: {action}
    params: {params}
"""


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (
            "{id: /#steps.1.id, nmae: Ada}",
            '6:32 warning kustomer.customer.update has no parameter "nmae"; did you mean "name"?',
        ),
        (
            "{id: /#steps.1.id, colour-of-eyes: blue}",
            (
                '6:32 warning kustomer.customer.update has no parameter "colour-of-eyes";'
                " kobjctl actions kustomer.customer.update lists its parameters"
            ),
        ),
        (
            "{idd: /#steps.1.id}",
            '6:14 error kustomer.customer.update has no parameter "idd"; did you mean "id"?',
        ),
    ],
)
def test_an_unknown_parameter_gets_a_suggestion_or_the_way_to_the_list(told, params, expected):
    assert [expected] == told(step("kustomer.customer.update", params), "WF502")


def test_a_parameter_that_is_given_already_was_not_meant(told):
    params = "{id: /#steps.1.id, emails: [], email: a@b, emial: a@c}"
    [line] = told(step("kustomer.customer.update", params), "WF502")

    assert "did you mean" not in line


@pytest.mark.parametrize(
    ("value", "kind"), [("[Ada]", "a list"), ("{a: 1}", "an object"), ("[/#steps.1.id]", "a list")]
)
def test_an_object_or_a_list_for_a_text_is_told(told, value, kind):
    [line] = told(step("kustomer.customer.update", f"{{id: {ID}, name: {value}}}"), "WF504")

    assert (
        f'6:50 warning the parameter "name" must be text, not {kind};'
        " the action receives it as JSON text" == line
    )


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        ("rest-api.json", "{uri: https://a.example, qs: [a]}", "qs must be an object or text"),
        (
            "rest-api.json",
            "{uri: https://a.example, headers: {a: [b]}}",
            "must be text, not a list",
        ),
        (
            "rest-api.json",
            "{uri: https://a.example, headers: {a: [b], c: '{{steps.1.id}}'}}",
            "must be text, not a list",
        ),
        ("conversation.append-tags", f"{{id: {ID}, tags: [true]}}", "can't be a tag"),
        ("conversation.append-tags", f"{{id: {ID}, tags: {{}}}}", "can't be a tag"),
        ("klass.create", "{name: a, mixins: [null]}", "mixins can't be"),
        ("klass.create", "{name: a b}", "can't be the name of a klass"),
    ],
)
def test_what_an_action_refuses_whatever_the_run_is_told(told, action, params, expected):
    [line] = told(step(f"kustomer.{action}", params), "WF504")

    assert expected in line


def test_an_action_that_is_open_takes_any_parameter(told):
    action = KnownAction({"needed": KnownParam("text", required=True)}, {}, is_open=True)
    text = step("kustomer.app.shop.ask", "{nedeed: 1}")
    known = {"actions": {"kustomer.app.shop.ask": action}}

    assert [] == told(text, "WF502", **known)
    assert 1 == len(told(text, "WF503", **known))


def test_an_unknown_action_has_any_parameter(told):
    for code in ("WF502", "WF503", "WF504"):
        assert [] == told(step("kustomer.nobody.knows", "{what: ever}"), code)


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        (
            "kustomer.customer.update",
            "{name: Ada}",
            (
                '5:13 error the parameter "id" of kustomer.customer.update is missing;'
                " set it: without it, the step fails"
            ),
        ),
        (
            "kustomer.customer.find",
            "{}",
            (
                '5:13 warning the parameter "identifier" of kustomer.customer.find is missing;'
                " set it: without it, the lookup finds nothing"
            ),
        ),
        (
            "kustomer.customer.update",
            "{id: null}",
            (
                '6:18 error the parameter "id" of kustomer.customer.update can\'t be null;'
                " set it: without it, the step fails"
            ),
        ),
    ],
)
def test_a_missing_parameter_says_what_comes_of_it(told, action, params, expected):
    assert [expected] == told(step(action, params), "WF503")


def test_every_missing_parameter_is_told(told):
    lines = told(step("kustomer.kobject.create", "{title: Order}"), "WF503")

    assert ["data", "klassName"] == sorted(line.split('"')[1] for line in lines)


def test_a_misspelled_parameter_is_not_missing_as_well(told):
    text = step("kustomer.customer.find", "{identifer: /#steps.1.customer}")

    assert [] == told(text, "WF503")
    assert ["6:14 error"] == [line[:10] for line in told(text, "WF502")]


@pytest.mark.parametrize(
    ("action", "params", "expected"),
    [
        ("customer.create", "{tags: vip}", 'error the parameter "tags" must be a list, not text'),
        ("customer.create", "{custom: [a]}", 'error the parameter "custom" must be an object'),
        ("customer.create", "{custom: /#steps.1.tags}", "must be an object, not a list"),
        ("customer.create", "{tags: /#steps.1.custom}", "must be a list, not an object"),
        ("customer.create", "{gender: x}", "error gender must be one of m, f, o, p"),
        ("customer.create", "{email: nobody}", 'error "nobody" is not an email address'),
        ("customer.create", "{emails: [a@b, a@b]}", "error emails has the same value twice"),
        ("customer.create", "{phone: none}", 'error "none" is not a phone number'),
        ("customer.create", "{tags: ['#']}", 'error "#" can\'t be a tag'),
        ("customer.create", "{externalId: ''}", "error externalId must have 1 to 256 characters"),
        ("kobject.update", "{klassName: a, id: /#steps.1.id, images: [x]}", "is not a URL"),
        ("company.update", "{id: /#steps.1.id, emails: [nobody]}", "is not an email address"),
        ("company.update", "{id: /#steps.1.id, tags: ['#']}", 'error "#" can\'t be a tag'),
        ("conversation.create", f"{{customer: {ID}, assignedUsers: [ada]}}", "must be ids"),
        ("message.update", "{id: /#steps.1.id, sentAt: soon}", "sentAt must be a date and time"),
        ("user.create", "{name: Ada, email: nobody}", 'error "nobody" is not an email address'),
        ("tag.create", "{name: '#'}", 'error "#" can\'t be a tag'),
        ("customer.update", "{id: Ada}", 'error the parameter "id" must be the id of a record'),
        ("customer.find", "{identifier: Ada}", 'warning the parameter "identifier" must be the id'),
        ("customer.find-by-email", "{email: nobody}", 'warning "nobody" is not an email address'),
        ("conversation.update", "{id: /#steps.1.id, priority: high}", "must be a number, not text"),
        ("conversation.update", "{id: /#steps.1.id, priority: 7}", "a whole number from 1 to 5"),
        ("conversation.update", "{id: /#steps.1.id, priority: /#steps.1.tags}", "not a list"),
        ("conversation.update", "{id: /#steps.1.id, status: opne}", "status must be one of open"),
        ("conversation.update", "{id: /#steps.1.id, status: null}", "can't be null"),
        ("rest-api.json", "{uri: example.com}", "is not a complete URL"),
        ("rest-api.json", "{uri: 'https://a.b', method: FETCH}", "error method must be one of GET"),
        ("rest-api.json", "{uri: 'https://a.b', headers: [a]}", "must be an object, not a list"),
        (
            "app.scheduler.schedule-workflow",
            f"{{workflowId: {ID}, runAt: {{type: later, value: 1}}}}",
            'error the type of runAt must be relative or absolute, not "later"',
        ),
        (
            "app.scheduler.schedule-workflow",
            f"{{workflowId: {ID}, runAt: {{type: absolute, value: tomorrow}}}}",
            "error the value of an absolute runAt must be a time",
        ),
    ],
)
def test_a_value_that_does_not_fit_says_why(told, action, params, expected):
    [line] = told(step(f"kustomer.{action}", params), "WF504")

    assert expected in line


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("conversation.update", "{id: /#steps.1.id, priority: '3'}"),
        ("conversation.update", "{id: /#steps.1.id, priority: '{{steps.1.priority}}'}"),
        ("conversation.update", "{id: /#steps.1.id, priority: /#steps.1.name}"),
        ("conversation.update", f"{{id: {ID}, status: '{{{{steps.1.status}}}}'}}"),
        ("conversation.update", "{id: steps.1.id}"),
        ("customer.create", "{name: /#steps.1.tags, tags: '[\"a\"]', externalId: null}"),
        ("customer.create", "{emails: [/#steps.1.email, {email: '{{a}}'}], name: 5}"),
        ("customer.create", "{custom: {aStr: /#steps.1.tags}, birthdayAt: someday}"),
        ("rest-api.json", "{uri: 'https://{{steps.1.host}}/', method: post}"),
        (
            "app.scheduler.schedule-workflow",
            f"{{workflowId: {ID}, runAt: {{type: relative, value: /#steps.1.rev}}}}",
        ),
    ],
)
def test_a_value_that_may_fit_is_no_finding(told, action, params):
    assert [] == told(step(f"kustomer.{action}", params), "WF504")


def test_the_id_of_an_app_s_action_may_be_any_text(told):
    params = {"id": KnownParam("text", required=True, limits=(Length(3),))}
    known = {"actions": {"kustomer.app.shop.ask": KnownAction(params, {})}}

    assert [] == told(step("kustomer.app.shop.ask", "{id: abc}"), "WF504", **known)
    assert ["6:18 error id must have up to 3 characters, not 4"] == told(
        step("kustomer.app.shop.ask", "{id: abcd}"), "WF504", **known
    )


def request(uri):
    return step("kustomer.rest-api.json", f"{{uri: '{uri}'}}")


HOSTS = frozenset({"api.example.com", "*.shop.test", "local.test:8080"})


@pytest.mark.parametrize(
    "uri",
    [
        "https://api.example.com/orders?a=b",
        "HTTPS://API.Example.com",
        "https://api.example.com:443/x",
        "https://api.example.com:8443/x",
        "https://ada:secret@api.example.com/",
        "https://eu.shop.test/",
        "https://a.b.shop.test/",
        "http://local.test:8080/",
        "https://{{steps.1.host}}/",
        "https://{{{steps.1.host}}}.example.com/",
        "https://api.{{steps.1.domain}}/",
        "https://{{steps.1.org}}.shop.test/v1",
        "https://x.{{steps.1.org}}.shop.test/v1",
        "{{steps.1.uri}}",
        "/#steps.1.uri",
        "no address at all",
    ],
)
def test_a_host_that_is_or_may_be_allowed_is_no_finding(told, uri):
    assert [] == told(request(uri), "WF505", hosts=HOSTS)


@pytest.mark.parametrize(
    ("uri", "host"),
    [
        ("https://example.com/", "example.com"),
        ("https://api.example.com.evil.test/", "api.example.com.evil.test"),
        ("https://shop.test/", "shop.test"),
        ("https://evilshop.test/", "evilshop.test"),
        ("http://local.test/", "local.test"),
        ("https://{{steps.1.org}}.elsewhere.test/", "{{steps.1.org}}.elsewhere.test"),
        ("https://127.0.0.1/", "127.0.0.1"),
    ],
)
def test_a_host_that_nobody_allowed_is_named(judge, uri, host):
    [problem] = judge(request(uri), "WF505", hosts=HOSTS)

    assert f'the host "{host}" is not allowed' == problem.message
    assert len(host) == problem.span.end_column - problem.span.column


def test_without_hosts_nothing_is_said_of_them(told):
    assert [] == told(request("https://example.com/"), "WF505")
    assert 1 == len(told(request("https://example.com/"), "WF505", hosts=frozenset()))


EXPORTED = f"""
name: tidy
trigger: {{eventName: kustomer.message.create, transitions: [{{target: join}}]}}
steps:
  - id: join
    action: kustomer.conversation.merge
    params: {{source: {ID}, target: {ID}}}
    transitions: [{{target: assign}}]
  - id: assign
    action: kustomer.conversation.assign-user
    params: {{conversation: {ID}, to: x}}
    transitions: [{{target: call}}]
  - {{id: call, action: kustomer.customer.append-phone, transitions: [{{target: org}}]}}
  - {{id: org, action: kustomer.org.current, transitions: [{{target: tell}}]}}
  - id: tell
    action: kustomer.command.run-by-name
    params: {{any: /#steps.org.name}}
"""


def test_params_whose_names_no_source_shows_never_stop_an_export(told):
    lines = [line for code in ("WF403", "WF501", "WF502", "WF503") for line in told(EXPORTED, code)]

    assert ["11:54 warning", "13:24 warning", "13:24 warning"] == [
        " ".join(line.split()[:2]) for line in lines
    ]
    assert lines[1].endswith("not confirmed by public sources")
