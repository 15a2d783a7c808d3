"""WF410, WF412, WF413 and WF417: what templates print, where it fits, and options of helpers."""

import pytest


def step(action, params, condition="{op: exists, values: [/#steps.1.id]}"):
    return f"""\
name: w
trigger: {{eventName: kustomer.conversation.update, transitions: [{{target: a}}]}}
steps:
  - id: a
    action: kustomer.{action}
    params: {params}
    transitions: [{{target: b, condition: {condition}}}]
  - id: b
    transitions: []
"""


@pytest.mark.parametrize(
    ("action", "params", "where"),
    [
        ("kobject.create", "{klassName: book, title: '{{steps.1.name}}'}", '"title"'),
        ("customer.create", "{emails: [{email: '{{steps.1.name}}'}]}", '"emails.0.email"'),
        ("customer.update", "{custom: {shelfStr: '{{steps.1.name}}'}}", '"custom.shelfStr"'),
        ("customer.find-by-email", "{email: '{{steps.1.name}}'}", "a search key"),
        ("rest-api.generic", "{uri: 'https://a.test/{{steps.1.name}}'}", "a URL"),
        ("rest-api.generic", "{uri: 'https://a.test', body: '{{steps.1.name}}'}", "a request"),
    ],
)
def test_escaping_is_told_wherever_no_web_page_reads(told, action, params, where):
    [line] = told(step(action, params), "WF412")

    assert f'"{{{{steps.1.name}}}}" is escaped for HTML, but goes into {where}' in line
    assert line.endswith("write {{{steps.1.name}}}")


@pytest.mark.parametrize("tag", ["toUpper steps.1.name", "json steps.1", "truncate steps.1.name 9"])
def test_what_a_helper_makes_of_a_text_is_escaped_as_well(told, tag):
    [line] = told(step("customer.update", f"{{name: '{{{{ {tag} }}}}'}}"), "WF412")

    assert line.endswith(f"write {{{{{{{tag}}}}}}}")


def test_escaping_is_told_in_a_comparison(told):
    condition = "{op: eq, values: ['{{steps.1.name}}', \"O'Hara\"]}"
    [line] = told(step("customer.update", "{}", condition), "WF412")

    assert "a condition" in line


@pytest.mark.parametrize(
    ("action", "params"),
    [
        ("note.create", "{body: 'Hello {{steps.1.name}}'}"),
        ("customer.update", "{name: '{{{steps.1.name}}}'}"),
        ("customer.update", "{name: '{{steps.1.id}}'}"),
        ("customer.update", "{name: '{{dateFormat steps.1.createdAt}}'}"),
        ("customer.update", "{name: '{{#if steps.1.name}}yes{{/if}}'}"),
    ],
)
def test_what_a_page_shows_or_has_nothing_to_escape_is_left_alone(told, action, params):
    assert not told(step(action, params), "WF412")


@pytest.mark.parametrize(
    ("name", "template", "needed"),
    [
        ("weightNum", "{{{math steps.1.rev '*' 100}}}", "a number"),
        ("weightNum", "{{#if steps.1.rev}}1{{else}}2{{/if}}", "a number"),
        ("weightNum", "1{{{steps.1.rev}}}", "a number"),
        ("freshBool", "{{#if steps.1.rev}}true{{/if}}", "true or false"),
        ("pickedAt", "{{{steps.1.rev}}}", "a date and time"),
        ("pickedAt", "{{math 1 '+' 2}}", "a date and time"),
        ("pickedAt", "picked {{steps.1.createdAt}}", "a date and time"),
        ("pickedAt", "{{dateFormat steps.1.createdAt format='LL'}}", "a date and time"),
    ],
)
def test_no_template_gives_what_is_no_text(told, name, template, needed):
    text = step("customer.update", f'{{custom: {{{name}: "{template}"}}}}')
    [line] = told(text, "WF413")

    assert f"error this must be {needed}" in line
    assert not told(text, "WF412")


@pytest.mark.parametrize(
    "template",
    [
        "{{date}}",
        "{{dateFormat steps.1.createdAt}}",
        "{{dateFormat steps.1.createdAt format='YYYY-MM-DDTHH:mm:ssZ'}}",
        "{{{steps.1.createdAt}}}",
        "{{{steps.1.name}}}",
        "{{dateFormat steps.1.createdAt format='YYYY-MM-DD'}}T00:00:00Z",
    ],
)
def test_a_template_may_give_a_date(told, template):
    text = step("customer.update", f'{{custom: {{pickedAt: "{template}"}}}}')

    assert not told(text, "WF413")


@pytest.mark.parametrize(
    ("template", "told_of", "hint"),
    [
        ("{{dateFormat steps.1.createdAt fromat='LL'}}", "fromat", 'did you mean "format"?'),
        ("{{#if steps.1.name includezero=true}}a{{/if}}", "includezero", "includeZero"),
        ("{{#each steps.1.tags size=3}}a{{/each}}", "size", "it takes none"),
        ("{{#if (eq 1 2 strict=true)}}a{{/if}}", "strict", "it takes none"),
    ],
)
def test_an_option_that_a_helper_does_not_have_is_told(told, template, told_of, hint):
    [line] = told(step("customer.update", f'{{name: "{template}"}}'), "WF410")

    assert f'has no option "{told_of}"' in line
    assert hint in line
    assert " warning " in line


def test_an_option_that_a_helper_has_is_fine(told):
    template = "{{date 'days' count=2}}{{truncate steps.1.name 3 suffix='.'}}{{log 1 level='warn'}}"

    assert not told(step("customer.update", f'{{name: "{template}"}}'), "WF410")


@pytest.mark.parametrize(
    ("action", "params", "hint"),
    [
        ("rest-api.generic", '{uri: "https://a.test?n={{{steps.1.name}}}"}', '"qs"'),
        ("rest-api.generic", """{uri: u, body: '{"n": "{{{steps.1.name}}}"}'}""", '"data"'),
        ("rest-api.json", """{uri: u, data: '[{{{steps.1.name}}}]'}""", '"data"'),
    ],
)
def test_a_value_as_it_is_in_json_or_a_query_is_told(told, action, params, hint):
    [line] = told(step(action, params), "WF417")

    assert '"{{{steps.1.name}}}" is put as it is' in line
    assert hint in line


@pytest.mark.parametrize(
    "params",
    [
        '{uri: "https://a.test?n={{{steps.1.id}}}"}',
        '{uri: "https://a.test/{{{steps.1.name}}}"}',
        "{uri: u, body: 'Dear {{{steps.1.name}}}'}",
        "{uri: u, body: '{\"n\": {{{json steps.1.name}}}}'}",
    ],
)
def test_a_value_that_breaks_nothing_is_left_alone(told, params):
    assert not told(step("rest-api.generic", params), "WF417")
