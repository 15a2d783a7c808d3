"""WF405 and WF416: outputs that are there on one way only; hooks of an org by their name."""

import json

import pytest

from kobjctl.lint.project.project import KnownHook

LOOK = """\
name: w
trigger: {{eventName: kustomer.conversation.update, transitions: [{{target: look}}]}}
steps:
  - id: look
    action: kustomer.customer.find-by-email
    params: {{email: mia@example.com}}
    transitions: {ways}
  - id: old
    action: kustomer.customer.update
    params: {{id: {old}}}
    transitions: [{{target: end}}]
  - id: new
    action: kustomer.customer.create
    params: {{name: {new}}}
    transitions: [{{target: end}}]
  - id: end
    action: kustomer.customer.find
    params: {{identifier: "{end}"}}
    transitions: []
"""
THERE = {"op": "exists", "values": ["/#steps.look.id"]}
GONE = {"op": "dne", "values": ["/#steps.look.id"]}
BOTH = [{"target": "old", "condition": THERE}, {"target": "new", "condition": GONE}]


def look(ways, old="/#steps.look.id", new="Mia", end="{{{steps.old.id}}}{{{steps.new.id}}}"):
    return LOOK.format(ways=json.dumps(ways), old=old, new=new, end=end)


@pytest.mark.parametrize(
    "ways",
    [
        BOTH,
        [BOTH[0], {"target": "new"}],
        [BOTH[0], {"target": "new", "condition": {"op": "and", "values": [GONE, GONE]}}],
    ],
)
@pytest.mark.parametrize("new", ["/#steps.look.id", "/#steps.look.name", "'{{{steps.look.id}}}'"])
def test_what_the_branch_says_is_missing_is_told(told, ways, new):
    [line] = told(look(ways, new=new), "WF416")

    assert "says that /#steps.look.id is missing" in line
    assert line.startswith("14:")


@pytest.mark.parametrize(
    ("ways", "new"),
    [
        (BOTH, "'{{#if steps.look.id}}old{{else}}new{{/if}}'"),
        ([*BOTH, {"target": "new"}][::2], "Mia"),
        ([{"target": "new", "condition": THERE}, {"target": "old"}], "/#steps.look.id"),
    ],
)
def test_what_may_be_there_is_no_finding(told, ways, new):
    assert not told(look(ways, old=1, new=new), "WF416")


def test_a_template_may_print_the_step_of_either_way(told):
    assert not told(look(BOTH), "WF405")


@pytest.mark.parametrize("end", ["{{{steps.old.id}}}", "/#steps.new.id"])
def test_the_step_of_one_way_alone_is_told(told, end):
    assert len(told(look(BOTH, end=end), "WF405")) == 1


def test_a_way_that_misses_both_is_told(told):
    ways = [*BOTH, {"target": "end"}]

    assert len(told(look(ways), "WF405")) == 2


def test_a_hook_that_only_the_org_has_is_found_by_its_name(told):
    text = """\
name: w
trigger: {hook: till, transitions: [{target: a}]}
steps:
  - id: a
    action: kustomer.customer.find-by-email
    params: {email: /#steps.1.data.mail, x: /#steps.1.attributes.data.mial}
"""
    hooks = {"kustomer.hooks.form.1.receive": KnownHook("till", {"mail": "mia@example.com"})}

    assert "attributes.data" in told(text, "WF403", hooks=hooks)[0]
    assert 'did you mean "mail"' in told(text, "WF406", hooks=hooks)[0]
