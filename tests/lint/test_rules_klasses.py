"""WF701 to WF704: klasses, their attributes, and the values they take."""

import pytest

ORDER = """\
klasses:
  - name: order
    metadata:
      properties:
        totalNum: {}
        stateStr: {enumeration: [open, sent]}
        buyerId: {target: customer}
        pathTree: {tree: {children: [{id: a}]}}
"""
ID = "673e81eb496bbd0347073e76"


def app(step, event="kustomer.customer.update", klasses=ORDER):
    return f"""{klasses}\
workflows:
  - name: w
    trigger:
      eventName: {event}
      transitions: [{{target: a}}]
    steps:
      - {step}
"""


def find(klass):
    action = "kustomer.kobject.find"
    return f"{{id: a, action: {action}, params: {{klassName: {klass}, id: {ID}}}}}"


def create(custom, action="kustomer.kobject.create"):
    return f"{{id: a, action: {action}, params: {{klassName: order, custom: {custom}}}}}"


@pytest.mark.parametrize(
    ("klass", "expected"),
    [
        ("oder", '15:68 error no klass is called "oder"; did you mean "order"?'),
        ("parcel", '15:68 warning no klass is called "parcel"; the klasses are order'),
        ("customer", '15:68 error the standard klass "customer" has no KObjects'),
    ],
)
def test_an_unknown_klass_is_an_error_where_it_is_close(told, klass, expected):
    [line] = told(app(find(klass)), "WF701")

    assert line.startswith(expected)


@pytest.mark.parametrize("klass", ["order", "/#steps.1.klass", '"{{steps.1.klass}}"', "5"])
def test_a_klass_that_is_known_or_that_a_run_names_is_no_finding(told, klass):
    assert [] == told(app(find(klass)), "WF701")


def test_without_any_klass_nothing_can_be_said(told):
    assert [] == told(app(find("parcel"), klasses=""), "WF701")


def test_a_standard_klass_may_be_looked_up(told):
    action = "kustomer.klass.find-by-klassname"
    step = f"{{id: a, action: {action}, params: {{klassName: KLASS}}}}"

    assert [] == told(app(step.replace("KLASS", "customer")), "WF701")
    assert 1 == len(told(app(step.replace("KLASS", "oder")), "WF701"))


def test_the_event_of_an_unknown_klass_is_marked_at_its_name(judge):
    [problem] = judge(app("{id: a}", event="kustomer.kobject.oder.create"), "WF701")

    assert (12, 35, 39) == (problem.span.line, problem.span.column, problem.span.end_column)
    assert [] == judge(app("{id: a}", event="kustomer.kobject.order.update"), "WF701")


@pytest.mark.parametrize(
    ("custom", "expected"),
    [
        (
            "{totlaNum: 1}",
            'warning the klass "order" has no attribute "totlaNum"; did you mean "totalNum"?',
        ),
        (
            "{colourStr: red}",
            (
                'warning the klass "order" has no attribute "colourStr";'
                ' declare it in the klass "order"'
            ),
        ),
        ("{sellerId: x}", 'error the klass "order" has no attribute "sellerId"'),
        (
            "{total: 1}",
            'error the attribute "total" does not end in a type; did you mean "totalNum"?',
        ),
        ("{x: 1}", 'error the attribute "x" does not end in a type; end it in one of Str, Txt'),
    ],
)
def test_an_unknown_attribute_is_named(told, custom, expected):
    [line] = told(app(create(custom)), "WF702")

    assert line.startswith("15:") and expected in line  # noqa: PT018 - one line, two ends


def test_what_a_klass_that_is_not_known_declares_is_not_known(told):
    assert [] == told(app(create("{colourStr: red}"), klasses=""), "WF702")
    assert 1 == len(told(app(create("{colour: red}"), klasses=""), "WF702"))


@pytest.mark.parametrize("family", ["customer", "conversation", "company"])
def test_a_standard_klass_counts_where_the_files_define_it(told, family):
    klass = f"klasses: [{{name: {family}, metadata: {{standard: true, properties: {{aStr: }}}}}}]\n"
    step = create("{bStr: x}", action=f"kustomer.{family}.update")

    assert 1 == len(told(app(step, klasses=klass), "WF702"))
    assert [] == told(app(step), "WF702")


def test_the_custom_object_of_another_action_is_left_alone(told):
    assert [] == told(app(create("{any: thing}", action="kustomer.app.shop.create")), "WF702")
    assert [] == told(app(create("/#steps.1.custom")), "WF702")


@pytest.mark.parametrize(
    ("custom", "expected"),
    [
        ("{totalNum: '12'}", 'attribute "totalNum" must be a number, not text'),
        ("{totalNum: true}", 'attribute "totalNum" must be a number, not true or false'),
        ("{otherNum: abc}", 'attribute "otherNum" must be a number, not text'),
        ("{aBool: 'yes'}", "must be true or false, not text"),
        ("{aAt: tomorrow}", "must be a date and time such as"),
        ("{aUrl: example.com}", "must be a URL such as"),
        ("{aStr: 5}", "must be text, not a number"),
        ("{aStr: [x]}", "must be text, not a list"),
        ("{buyerId: Ada}", "must be ids of 24 hex characters"),
        ("{pathTree: b}", 'has no node "b" in "b"'),
        ("{totalNum: /#steps.1.name}", "must be a number, not text"),
        ("{totalNum: /#steps.1.createdAt}", "must be a number, not a date and time"),
        ("{aStr: /#steps.1.tags}", "must be text, not a list"),
        ("{aStr: /#steps.1.rev}", "must be text, not a number"),
        ("{aBool: /#steps.1.rev}", "must be true or false, not a number"),
        ("{totalNum: '/#fn:dateFormat,steps.1.createdAt'}", "must be a number, not text"),
        ("{aStr: '/#fn:parseInt,steps.1.name'}", "must be text, not a number"),
        ("{buyerId: /#steps.1.verified}", "must be the id of a record, not true or false"),
    ],
)
def test_a_value_of_another_type_is_named(told, custom, expected):
    [line] = told(app(create(custom)), "WF703")

    assert " error " in line
    assert expected in line


@pytest.mark.parametrize(
    "custom",
    [
        "{totalNum: 12, aBool: false, aStr: '', aTxt: x, stateStr: open, pathTree: a}",
        "{totalNum: null, x: 5}",
        "{aAt: '2026-01-02T12:00:00Z', aUrl: 'https://example.com'}",
        f"{{buyerId: {ID}, friendsId: [{ID}, {ID}]}}",
        "{totalNum: /#steps.1.rev, aAt: /#steps.1.createdAt, aStr: /#steps.1.createdAt}",
        "{totalNum: /#steps.1.custom.whatever}",
        "{totalNum: '/#fn:parseInt,steps.1.name', aBool: '/#fn:inBusinessHours'}",
        "{totalNum: /#steps.1.custom.aNum, aStr: '{{steps.1.rev}}'}",
        "{stateStr: closed}",
    ],
)
def test_a_value_that_may_be_of_the_type_is_no_finding(told, custom):
    assert [] == told(app(create(custom)), "WF703")


def test_a_type_known_from_an_example_is_a_warning(told):
    hooks = "hooks: [{name: shop, type: form, example: {total: '12'}}]\n"
    text = hooks + app(create("{totalNum: /#steps.1.attributes.data.total}"))
    [line] = told(text.replace("eventName: kustomer.customer.update", "hook: shop"), "WF703")

    assert " warning " in line


def test_an_option_outside_the_list_gets_a_suggestion(told):
    [line] = told(app(create("{stateStr: snt}")), "WF704")

    assert " error " in line
    assert (
        'attribute "stateStr" can\'t be "snt": its options are open, sent; did you mean "sent"?'
        in line
    )


@pytest.mark.parametrize("value", ["open", "null", "/#steps.1.name", "'{{steps.1.name}}'", "5"])
def test_an_option_or_what_a_run_knows_is_no_finding(told, value):
    assert [] == told(app(create(f"{{stateStr: {value}}}")), "WF704")


MADE = """\
name: w
trigger: {{eventName: kustomer.customer.update, transitions: [{{target: make}}]}}
steps:
  - id: make
    action: kustomer.klass.create
    params: {{name: visit}}
    transitions: [{{target: find}}]
  - id: find
    action: kustomer.kobject.find
    params: {{klassName: {klass}, id: 5a0b0c0d0e0f000102030405}}
"""


@pytest.mark.parametrize(
    ("klass", "expected"),
    [("visit", []), ("vist", ['did you mean "visit"?']), ("order", [])],
)
def test_a_klass_that_a_step_makes_is_known_for_its_slips_only(judge, klass, expected):
    assert expected == [each.hint for each in judge(MADE.format(klass=klass), "WF701")]
