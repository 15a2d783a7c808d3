"""WF401 to WF414: what their examples don't show."""

from textwrap import indent

import pytest

from kobjctl.lint.linter import check
from kobjctl.lint.project.builder import KnownActions
from kobjctl.lint.project.project import Project
from kobjctl.lint.subject import Subject
from kobjctl.model.workflow import Workflow

PROJECT = Project(KnownActions())


def found(value):
    """Give the findings about a value that stands in the param of a step after a request, and in
    the condition of its error case.
    """
    case = {"target": "b", "condition": {"op": "eq", "values": [value, "x"]}}
    document = {
        "name": "w",
        "trigger": {"eventName": "kustomer.customer.create", "transitions": [{"target": "ask"}]},
        "steps": [
            {
                "id": "ask",
                "action": "kustomer.rest-api.json",
                "params": {"uri": "https://example.com"},
                "transitions": [{"target": "b", "condition": {"op": "eq", "values": [value, "x"]}}],
                "errorCases": [case],
            },
            {"id": "b"},
        ],
    }
    findings = check(Subject(Workflow.from_document(document), PROJECT))
    return [(rule.code, finding.hint) for rule, finding in findings if rule.code > "WF4"]


@pytest.mark.parametrize(
    ("value", "code", "hint"),
    [
        ("/#steps.ask.response.status", "WF403", 'did you mean "statusCode"?'),
        ("/#steps.ask.respnse.statusCode", "WF403", 'did you mean "response"?'),
        ("/#error.mesage", "WF403", 'did you mean "message"?'),
        ("/#errors.message", "WF401", 'did you mean "error"?'),
        ("{{/#steps.1.name}}", "WF414", "write {{steps.1.name}}"),
        ("{{steps.1.name}", "WF414", "write {{steps.1.name}}"),
        ("Dear {{steps.1.name", "WF414", "write {{steps.1.name}}"),
        ("{{{steps.1.name}}", "WF414", "write {{{steps.1.name}}}"),
        (
            "{{steps.1.name}}}",
            "WF414",
            "write {{{steps.1.name}}}; if a brace is text, put a space before",
        ),
        (
            "{{#if steps.1.name}}}x{{/if}}",
            "WF414",
            "write {{#if steps.1.name}}; if a brace is text, put a space",
        ),
        ("{{steps.1.name} and {{steps.1.id}}", "WF414", "write {{steps.1.name}}"),
        ("{{steps.1.id}} and {{steps.1.name}", "WF414", "write {{steps.1.name}}"),
        ("{steps.1.name}", "WF407", "write /#steps.1.name"),
        ("#/steps.1.name", "WF407", "write /#steps.1.name"),
        ("$.steps.1.name", "WF407", "write /#steps.1.name"),
        ("fn:parseInt,steps.1.rev", "WF407", "write /#fn:parseInt,steps.1.rev"),
        ("/#steps.1.emails[0].email", "WF407", "write /#steps.1.emails.0.email"),
        ("/#steps.ask.body.a[0].b[12]", "WF407", "write /#steps.ask.body.a.0.b.12"),
        ("/#steps[1].name", "WF407", "write /#steps.1.name"),
        ("/#fn:parseInt,steps.1.emails[0]", "WF407", "write /#fn:parseInt,steps.1.emails.0"),
        ("/#trigger.name", "WF401", "the trigger is step 1: write steps.1.name"),
        ("{{payload.name}}", "WF401", "the trigger is step 1: write steps.1.name"),
        ("/#ask.body.id", "WF401", "write steps.ask.body.id"),
        ("/#steps.ask.statusCode", "WF403", 'did you mean "response.statusCode"?'),
        ("/#fn:parseInt(steps.1.rev)", "WF408", "write /#fn:parseInt,steps.1.rev"),
        ("{{steps.1.name | upper}}", "WF414", "Handlebars has no filters"),
        ("{{#if steps.1.name == 'x'}}y{{/if}}", "WF414", "Handlebars has no operators"),
        ("{{steps.ask.body.a[0].b}}", "WF414", ""),
        ("Dear {steps.1.name}", "WF407", "write {{{steps.1.name}}}"),
        ("Dear { /#steps.1.name }!", "WF407", "write {{{steps.1.name}}}"),
        ("{{steps.1.id}} {steps.1.name}}", "WF407", "write {{{steps.1.name}}}"),
        ("Dear ${steps.1.name}", "WF407", "write {{{steps.1.name}}}"),
        ("Dear #{variables.63da823147407a231b1bbfce}", "WF407", "write {{{variables.63da"),
        ("Dear [[steps.1.name]]", "WF407", "write {{{steps.1.name}}}"),
        ("Dear <%= steps.1.name %>", "WF407", "write {{{steps.1.name}}}"),
        (" /#steps.1.name", "WF407", "write /#steps.1.name"),
        ("steps.1.name", "WF407", "write /#steps.1.name"),
        ("Dear /#steps.1.name", "WF407", "write {{{steps.1.name}}}"),
        ("/#fn:parsInt,steps.1.rev", "WF408", 'did you mean "parseInt"?'),
        ("/#fn:parseInt,/#steps.1.rev", "WF410", "write /#fn:parseInt,steps.1.rev"),
        ("{{tolower steps.1.name}}", "WF409", 'did you mean "toLower"?'),
        ("{{#each steps.1.emails}}{{emial}}{{/each}}{{steps.9.x}}", "WF402", "the steps are"),
    ],
)
def test_what_can_t_work_is_found_with_what_to_write(value, code, hint):
    findings = found(value)

    assert (code, True) in {(each, hint in said) for each, said in findings}


@pytest.mark.parametrize(
    "value",
    [
        "/#steps.ask.response.statusCode",
        "/#steps.ask.response.headers.x-anything",
        "/#steps.ask.body.any.thing.0.at.all",
        "/#steps.1.emails.0.email",
        "/#steps.1.emails.length",
        "{{#each steps.1.emails}}{{{email}}}{{@index}}{{../steps.1.id}}{{/each}}",
        "the steps.1.name of it",
        "/#fn:dateFormat,steps.1.createdAt,HH[00]",
        '{"id": "{{{steps.1.id}}}", "in": {"a": {"b": 1}}}',
        "{ steps.1.name: it }",
        "a {word} in [brackets] and ${HOME}",
        "{{#with steps.ask.body}}{{{any}}}{{/with}}",
    ],
)
def test_what_may_work_is_no_finding(value):
    assert [] == found(value)


UPDATED = """\
name: w
trigger:
  eventName: kustomer.conversation.update
  transitions: [{{target: a, condition: {{op: eq, values: ["{path}", x]}}}}]
steps: [{{id: a}}]
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/#steps.1.status", []),
        ("/#steps.1.somethingElse", ["warning"]),
        ("/#steps.1.attributes.status", ["error changes.attributes"]),
        ("/#steps.1.statsu", ["error status"]),
        ("/#steps.1.changes.attributes.status.before", []),
        ("/#steps.1.changes.attributes.anything.before", ["warning"]),
        ("/#steps.1.changes.attributes.custom.after.orderStr", []),
        ("/#steps.1.changes.attributes.tags.after.length", []),
        ("/#steps.1.changes.attributes.statsu.before", ["error status"]),
        ("/#steps.1.changes.attributes.status.befor", ["error before"]),
        ("/#steps.1.changes.atributes.status.before", ["error attributes"]),
    ],
)
def test_a_field_that_an_update_lacks_is_an_error_when_it_is_a_slip(judge, path, expected):
    found = judge(UPDATED.format(path=path), "WF403")

    told = [" ".join((each.severity, *each.hint.split('"')[1:2])) for each in found]
    assert expected == told


@pytest.mark.parametrize(("name", "findings"), [("line2Str", 0), ("statuStr", 1)])
def test_names_that_differ_in_a_digit_are_no_slips(judge, name, findings):
    klass = "{name: order, metadata: {properties: {line1Str: {}, statusStr: {}}}}"
    updated = UPDATED.format(path=f"/#steps.1.custom.{name}").replace(
        "conversation", "kobject.order"
    )
    text = f"klasses: [{klass}]\nworkflows:\n  -\n{indent(updated, '    ')}"

    assert findings == len(judge(text, "WF403"))
