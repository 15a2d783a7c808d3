"""WF602 to WF607: what workflows schedule, listen to, set off, and answer."""

import pytest

SCHEDULE = "kustomer.app.scheduler.schedule-workflow"
PUBLISH = "kustomer.event.publish"
ID = "673e81eb496bbd0347073e76"
OTHER = "673e81eb496bbd0347073e77"
CALLEE = f"""\
  - id: {ID}
    name: tell
    trigger:
      callable: true
      schema: SCHEMA
      transitions: []
"""


def schedules(workflow_id, inputs="{}", schema="{}"):
    return f"""\
workflows:
  - name: w
    trigger: {{eventName: kustomer.customer.create, transitions: [{{target: a}}]}}
    steps:
      - id: a
        action: {SCHEDULE}
        params:
          workflowId: {workflow_id}
          runAt: {{value: 5}}
          inputs: {inputs}
""" + CALLEE.replace("SCHEMA", schema)


@pytest.mark.parametrize(
    ("workflow_id", "expected"),
    [
        (OTHER, f'8:23 warning no workflow has the id "{OTHER}"; did you mean "{ID}"?'),
        ("tel", '8:23 error no workflow has the id "tel"; did you mean "tell"?'),
        ("x", '8:23 error no workflow has the id "x"; write the `id` of a callable workflow'),
        ("w", '8:23 error the workflow "w" is not callable; write `callable: true` in its'),
    ],
)
def test_a_workflow_that_nothing_defines_or_that_is_not_callable(told, workflow_id, expected):
    [line] = told(schedules(workflow_id), "WF602")

    assert line.startswith(expected)


@pytest.mark.parametrize("workflow_id", [ID, "tell", "/#steps.1.id", "'{{steps.1.id}}'", "5"])
def test_a_workflow_that_is_there_or_that_a_run_names_is_no_finding(told, workflow_id):
    assert [] == told(schedules(workflow_id), "WF602")


SCHEMA = "{properties: {count: {type: integer}, who: {enum: [a, b]}}, required: [count]}"


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ("{}", '8:23 error the workflow "tell" requires the input "count"'),
        ("{who: a}", '10:19 error the workflow "tell" requires the input "count"'),
        ("{count: null}", '10:19 error the workflow "tell" requires the input "count"'),
        ("{cuont: 5}", '10:20 error the workflow "tell" has no input "cuont"; did you mean "count'),
        (
            "{count: 5, colour: x}",
            '10:30 warning the workflow "tell" has no input "colour"; its inputs are count, who',
        ),
        ("{count: abc}", '10:27 error the parameter "count" must be a number, not text'),
        ("{count: 1.5}", '10:27 error the parameter "count" must be a whole number'),
        ("{count: 1, who: c}", '10:35 error the parameter "who" must be one of a, b'),
    ],
)
def test_inputs_that_do_not_fit_say_why(told, inputs, expected):
    [line] = told(schedules(ID, inputs, SCHEMA), "WF603")

    assert line.startswith(expected)


@pytest.mark.parametrize(
    "inputs",
    ["{count: 5}", "{count: '5', who: b}", "{count: /#steps.1.rev}", "/#steps.1.custom"],
)
def test_inputs_that_fit_or_that_a_run_knows_are_no_finding(told, inputs):
    assert [] == told(schedules(ID, inputs, SCHEMA), "WF603")


def test_a_schema_without_properties_takes_anything(told):
    assert [] == told(schedules(ID, "{any: thing}"), "WF603")


def test_a_schema_may_forbid_other_inputs(told):
    closed = "{properties: {a: {}}, additionalProperties: false}"

    assert [" error " in line for line in told(schedules(ID, "{bcd: 1}", closed), "WF603")] == [
        True
    ]


def listens(event, more=""):
    return f"{more}workflows: [{{name: w, trigger: {{eventName: {event}}}}}]\n"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("kustomer.costumer.create", 'did you mean "kustomer.customer.create"?'),
        ("kustomer.customer.created", 'did you mean "kustomer.customer.create"?'),
        ("kustomer.hooks.from.x.receive", "to emit it by hand: kobjctl event send"),
        ("kustomer.kobject.order", "to emit it by hand: kobjctl event send"),
        ("customer.create", 'did you mean "kustomer.customer.create"?'),
    ],
)
def test_an_event_that_nobody_emits_gets_a_suggestion(told, event, expected):
    [line] = told(listens(event), "WF604")

    assert f'warning nothing emits the event "{event}"; {expected}' in line


@pytest.mark.parametrize(
    "event",
    [
        "kustomer.conversation.update",
        "kustomer.kobject.order.create",
        f"kustomer.hooks.form.{ID}.receive",
        f"kustomer.workflow.{ID}.call",
        "kustomer.app.shop.order-update",
        "kustomer.app.twilio.message.receive",
        "shop.import",
    ],
)
def test_an_event_that_somebody_may_emit_is_no_finding(told, event):
    assert [] == told(listens(event), "WF604")


@pytest.mark.parametrize(
    "more",
    [
        "hooks: [{name: h, type: form, eventName: kustomer.own}]\n",
        "triggers: [{eventName: kustomer.own}]\n",
    ],
)
def test_what_the_project_emits_is_no_finding(told, more):
    assert [] == told(listens("kustomer.own", more), "WF604")
    assert 1 == len(told(listens("kustomer.won", more), "WF604"))


DELIVERED = "kustomer.app.parcel_app.delivered"
PARCELS = """\
app: Parcel_App
version: 1.0.0
title: Parcels
hooks: [{eventName: kustomer.app.Parcel_App.moved, type: web}]
triggers: [{eventName: kustomer.app.Parcel_App.moved}, {eventName: came}]
"""


@pytest.mark.parametrize(
    "event",
    [
        "kustomer.app.Parcel_App.moved",
        "kustomer.app.parcel_app.moved",
        f"kustomer.app.PARCEL_APP_{ID}.moved",
        "kustomer.app.parcel_app.came",
        "kustomer.app.chat.message.receive",
    ],
)
def test_an_event_of_an_app_is_known_in_any_case(told, event):
    assert [] == told(listens(event, PARCELS), "WF604")


@pytest.mark.parametrize(
    ("event", "hint"),
    [
        ("kustomer.app.parcel_app.mooved", 'did you mean "kustomer.app.parcel_app.moved"?'),
        (f"kustomer.app.parcel_app_{ID}.camme", 'did you mean "kustomer.app.parcel_app.came"?'),
        ("kustomer.app.parcel_ap.moved", 'did you mean "kustomer.app.parcel_app.moved"?'),
        (DELIVERED, f"to emit it by hand: kobjctl event send {DELIVERED}"),
    ],
)
def test_a_slip_in_the_event_of_an_app_that_is_defined_is_a_finding(told, event, hint):
    [line] = told(listens(event, PARCELS), "WF604")

    assert line.endswith(f'the event "{event.replace(f"_{ID}", "")}"; {hint}')


def test_the_name_of_a_hook_is_no_event_to_suggest(told):
    assert [] == told(listens("order", "hooks: [{name: orders, type: form}]\n"), "WF604")


def publishes(*pairs):
    """Give workflows that each listen to one event and publish another."""
    return "workflows:\n" + "".join(
        f"""\
  - name: {heard.replace(".", "-")}
    trigger: {{eventName: {heard}, transitions: [{{target: a}}]}}
    steps: [{{id: a, action: {PUBLISH}, params: {{eventName: {said}}}}}]
"""
        for heard, said in pairs
    )


def test_what_a_step_publishes_is_emitted(told):
    heard = ("kustomer.own", "x")

    assert 1 == len(told(publishes(heard), "WF604"))
    assert [] == told(publishes(("kustomer.app.go", "kustomer.own"), heard), "WF604")


def test_a_name_that_only_a_run_knows_may_be_any(told):
    assert [] == told(publishes(("kustomer.odd", "'{{steps.1.name}}'")), "WF604")


def test_a_loop_of_events_is_told_with_its_chain(judge):
    found = judge(publishes(("ping", "pong"), ("pong", "ping"), ("other", "ping")), "WF605")

    assert [
        (3, "each run starts the next, without end: ping -> pong -> ping"),
        (6, "each run starts the next, without end: pong -> ping -> pong"),
    ] == [(each.span.line, each.message) for each in found]
    assert 'this emits "pong"' == found[0].related.message
    assert 4 == found[0].related.span.line


def test_a_loop_is_looked_for_as_far_as_a_chain_goes(judge):
    def loop(size):
        return publishes(*((f"e{each}", f"e{(each + 1) % size}") for each in range(size)))

    assert 50 == len(judge(loop(50), "WF605"))
    assert [] == judge(loop(60), "WF605")


def writes(action, params="{}", event="kustomer.customer.update", way="", more=""):
    return f"""\
name: w
trigger:
  eventName: {event}
  transitions: [{{target: a, {way}}}]
{more}\
steps:
  - {{id: a, transitions: [{{target: b}}]}}
  - {{id: b, action: kustomer.{action}, params: {params}}}
"""


@pytest.mark.parametrize(
    ("action", "params", "event"),
    [
        ("customer.update", "{}", "customer.update"),
        ("customer.create", "{}", "customer.create"),
        ("kobject.create", "{klassName: order}", "kobject.order.create"),
        ("kobject.create-with-customer", "{klassName: order}", "kobject.order.create"),
        ("kobject.create-with-customer", "{klassName: order}", "customer.update"),
        ("kobject.update", "{klassName: order}", "kobject.order.update"),
        ("message.create", "{}", "conversation.update"),
        ("message.create", "{}", "customer.update"),
        ("conversation.create", "{}", "customer.update"),
        ("note.create", "{conversation: /#steps.1.id}", "conversation.update"),
        ("note.create", "{conversation: /#steps.1.id}", "customer.update"),
        ("kobject.create", "{klassName: order, customer: /#steps.1.id}", "customer.update"),
        ("event.publish", "{eventName: kustomer.note.create}", "note.create"),
    ],
)
def test_a_record_that_is_written_starts_those_that_listen(told, action, params, event):
    [line] = told(writes(action, params, f"kustomer.{event}"), "WF605")

    assert line.startswith("3:14 warning each run starts the next, without end: w -> w;")


@pytest.mark.parametrize(
    ("action", "params", "event"),
    [
        ("customer.create", "{}", "customer.update"),
        ("customer.find", "{}", "customer.update"),
        ("kobject.create", "{klassName: parcel}", "kobject.order.create"),
        ("kobject.create", "{klassName: /#steps.1.klass}", "kobject.order.create"),
        ("kobject.create", "{klassName: order}", "customer.update"),
        ("note.create", "{customer: /#steps.1.id}", "conversation.update"),
        ("message.update", "{}", "conversation.update"),
        ("kobject.delete", "{klassName: order}", "kobject.order.update"),
    ],
)
def test_another_event_is_no_loop(told, action, params, event):
    assert [] == told(writes(action, params, f"kustomer.{event}"), "WF605")


def test_a_condition_on_the_way_ends_the_loop(told):
    way = "condition: {op: dne, values: [/#steps.1.custom.seenBool]}"

    assert 1 == len(told(writes("customer.update"), "WF605"))
    assert [] == told(writes("customer.update", way=way), "WF605")


def test_a_workflow_that_is_disabled_starts_nothing(told):
    assert [] == told(writes("customer.update", more="enabled: false\n"), "WF605")


def test_a_workflow_that_schedules_itself_is_no_loop(told):
    text = writes("app.scheduler.schedule-workflow", f"{{workflowId: {ID}}}")

    assert [] == told(text, "WF605")


ANSWERING = """\
name: w
trigger: {callable: true, transitions: [{target: a}]}
steps:
  - id: a
    action: kustomer.customer.find
    params: {identifier: /#steps.1.id}
    transitions: [{target: b}]
  - id: b
    action: kustomer.workflow.respond
    params: {outputs: GIVEN}
response: {schema: {properties: {total: {}}}}
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("{total: /#steps.a.name}", []),
        ("/#steps.a", []),
        ("{totl: 1}", ['11:34 warning no step has an output "total"; did you mean "totl"?']),
    ],
)
def test_a_response_has_the_fields_of_a_step_that_responds(told, given, expected):
    assert expected == told(ANSWERING.replace("GIVEN", given), "WF607")
