import textwrap

import pytest

from kobjctl.files.json.reader import read_json
from kobjctl.files.shapes.checking import check_shape
from kobjctl.files.yaml.reader import read_yaml

WORKFLOW = """
name: order
trigger: {hook: orders, transitions: [{target: a}]}
steps: [{id: a}]
"""

GOOD = {
    "the shortest workflow": "{name: a, trigger: {hook: b}}",
    "sugar": WORKFLOW,
    "a callable workflow": "{name: a, trigger: {callable: true, schema: {a: []}}, steps: []}",
    "keys of a response of the API": """
        {_id: x, id: y, name: a, description: , enabled: false, appVersion: v, rev: 3,
         createdAt: t, editable: true, replaces: z, loggingAt: , objectMapping: {mappedKlasses: []},
         meta: {any: thing}, trigger: {id: "1", eventName: e, appVersion: v, _id: x, meta: {a: b},
         transitions: [{target: b, condition: , meta: {name: c}, _id: d}]},
         steps: [{id: b, _id: c, action: d, params: {any: {thing: 1}}, meta: {x: y},
         transitions: [], errorCases: [{target: b, condition: {op: dne, values: [1]}}]}],
         response: {schema: {}}}""",
    "nested conditions": """
        {name: a, trigger: {hook: b, transitions: [{target: c, condition:
        {op: and, values: [{op: or, values: [{op: eq, values: [1, {any: 2}]}]}]}}]}}""",
    "an app": """
        {app: x, version: 1.0.0, title: X, visibility: private, dependencies: [kustomer-^1.8.5],
         settings: {default: {token: {type: secret, required: true}, days: {type: number}}},
         klasses: [{name: order, displayName: Order, icon: basket, color: "#64943E",
         status: enabled, metadata: {standard: false, relationships: {}, properties: {
         orderIdNum: {type: number, displayName: Order Id}, paidBool: {}, at2At: {type: string},
         "@acmeXStr": {enumeration: [a], multi: true, sensitive: {enabled: true}},
         levelTree: {tree: {children: []}}, ordersId: {target: kobject.order}}}}],
         hooks: [{name: h, type: form}, {eventName: e, type: web, description: d}],
         workflows: [{name: a, trigger: {hook: h}}],
         actions: [{name: n, type: rest_api, appSettings: {token: {key: x.default.token}},
         inputSchema: {type: object}, anything: else}], triggers: [{eventName: e, a: b}]}""",
    "an app of which nothing runs here": "{app: x, version: 1.0.0, title: y, kviews: [{name: v}]}",
    "an app file that is no app definition": "{klasses: [], anything: else}",
    "a response of the API": """
        {data: {type: workflow, id: x, attributes: {name: a, trigger: {hook: b}, steps: []},
         relationships: {org: {}}, links: {self: x}, any: thing}, meta: {}}""",
    "answers of the API in a list": """
        {data: [{type: workflow, attributes: {name: a, trigger: {hook: b}}},
        {type: klass, attributes: {name: order, createdAt: t}}], links: {next: }}""",
    "an answer without workflows": "{data: [], meta: {page: 1}}",
    "a list of all forms": """
        [{name: a, trigger: {hook: b}}, {attributes: {name: c, trigger: {hook: b}}},
        {data: {attributes: {name: d, trigger: {hook: b}}}}, {klasses: []}]""",
    "an empty app": "{klasses: []}",
}  # fmt: skip

# A file, and all that is found in it.
BAD = {
    "neither one": ("a: 1", ["1:1 error WF100 this is neither a workflow nor an app file"]),
    "a list": ("[]", ["1:1 error WF100 this is neither a workflow nor an app file"]),
    "a workflow with nothing": (
        "steps: text",
        [
            "1:1 error WF103 a workflow needs `name`",
            "1:1 error WF103 a workflow needs `trigger`",
            "1:8 error WF101 `steps` must be a list of steps, not text",
        ],
    ),
    "wrong types": (
        """
        name: 5
        enabled: "yes"
        description: [x]
        trigger: {hook: b, transitions: {}, callable: 1}
        steps:
          - id: 1
            params: []
            transitions:
              - text
              - target: b
                condition: []
            errorCases: null
          - 3
        """,
        [
            "2:7 error WF101 `name` must be text, not a number",
            "3:10 error WF101 `enabled` must be true or false, not text",
            "4:14 error WF101 `description` must be text, not a list",
            "5:33 error WF101 `transitions` must be a list of transitions, not an object",
            "5:47 error WF101 `callable` must be true or false, not a number",
            "7:9 error WF101 `id` must be text, not a number",
            "8:13 error WF101 `params` must be an object, not a list",
            "10:9 error WF101 a transition must be an object, not text",
            "12:20 error WF101 `condition` must be an object, not a list",
            "13:17 error WF101 `errorCases` must be a list of error cases, not null",
            "14:5 error WF101 a step must be an object, not a number",
        ],
    ),
    "unknown keys": (
        """
        name: a
        triger: 1
        trigger: {hook: b, event: c, transitions: [{target: d, to: e, condition:
          {op: eq, values: [], value: 1}}]}
        steps: [{id: d, parms: {}}]
        """,
        [
            "3:1 warning WF102 a workflow has no key `triger`",
            "4:20 warning WF102 a trigger has no key `event`",
            "4:56 warning WF102 a transition has no key `to`",
            "5:24 warning WF102 a condition has no key `value`",
            "6:17 warning WF102 a step has no key `parms`",
        ],
    ),
    "missing keys": (
        """
        name: a
        trigger: {transitions: [{}]}
        steps: [{action: x, errorCases: [{target: b, condition: {}}]}]
        """,
        [
            "3:10 error WF103 a trigger needs `eventName` or `hook`",
            "3:25 error WF103 a transition needs `target`",
            "4:9 error WF103 a step needs `id`",
            "4:57 error WF103 a condition needs `op`",
            "4:57 error WF103 a condition needs `values`",
        ],
    ),
    "nested conditions": (
        """
        name: a
        trigger: {hook: b, transitions: [{target: c, condition: {op: and, values: [
          {op: eq}, text,
          {op: or, values: [{values: 1}]}]}}]}
        """,
        [
            "4:3 error WF103 a condition needs `values`",
            "4:13 error WF101 a condition must be an object, not text",
            "5:21 error WF103 a condition needs `op`",
            "5:30 error WF101 `values` must be a list, not a number",
        ],
    ),
    "a part of a wrong type": (
        "{name: '', trigger: 3}",
        [
            "1:8 error WF104 `name` is empty",
            "1:21 error WF101 `trigger` must be an object, not a number",
        ],
    ),
    "a hook and an event": (
        "{name: a, trigger: {hook: b, eventName: c}}",
        ["1:21 error WF104 a trigger has both `hook` and `eventName`"],
    ),
    "hooks": (
        "hooks: [{type: form}, {name: a}, {name: a, type: frm}, {name: a, type: 3}, 5]",
        [
            "1:9 error WF103 a hook needs `name` or `eventName`",
            "1:23 error WF103 a hook needs `type`",
            '1:50 error WF104 `type` must be "form", "web" or "email", not "frm"',
            '1:72 error WF101 `type` must be "form", "web" or "email", not a number',
            "1:76 error WF101 a hook must be an object, not a number",
        ],
    ),
    "klasses": (
        f"""
        klasses:
          - name: my order
            colour: red
            status: on
            icon: {"x" * 65}
          - {{name: {"x" * 256}, displayName: 3, metadata: {{standard: 1, properties: []}}}}
          - metadata: []
        """,
        [
            '3:11 error WF104 `name` is "my order", which is not a name for a klass',
            "4:5 warning WF102 a klass has no key `colour`",
            '5:13 error WF104 `status` must be "enabled" or "disabled", not "on"',
            "6:11 error WF104 `icon` has more than 64 characters",
            "7:12 error WF104 `name` has more than 255 characters",
            "7:283 error WF101 `displayName` must be text, not a number",
            "7:307 error WF101 `standard` must be true or false, not a number",
            "7:322 error WF101 `properties` must be an object, not a list",
            "8:5 error WF103 a klass needs `name`",
            "8:15 error WF101 `metadata` must be an object, not a list",
        ],
    ),
    "attributes": (
        """
        klasses:
          - name: order
            metadata:
              properties:
                orderId: 3
                orderNo: {}
                Str: {}
                totalNum: {type: string}
                paidBool: {type: number}
                madeAt: {type: at}
                nameStr: {enumeration: [1]}
                NameStr: {}
        """,
        [
            "6:18 error WF101 `orderId` must be an object, not a number",
            '7:9 error WF104 the attribute "orderNo" does not end in a type',
            '8:9 error WF104 the attribute "Str" does not end in a type',
            '9:26 error WF104 the `type` of an attribute that ends in Num must be "number"',
            '10:26 error WF104 the `type` of an attribute that ends in Bool must be "boolean"',
            '11:24 error WF104 the `type` of an attribute that ends in At must be "string"',
            "12:33 error WF101 each entry of this list must be text, not a number",
            '13:9 error WF104 the attribute "NameStr" differs from "nameStr" only in case',
        ],
    ),
    "a workflow in an app": (
        "workflows: [{name: a, trigger: {}, steps: [{id: ''}]}, 3]",
        [
            "1:32 error WF103 a trigger needs `eventName` or `hook`",
            "1:49 error WF104 `id` is empty",
            "1:56 error WF101 a workflow must be an object, not a number",
        ],
    ),
    "lists of other things": (
        "{actions: {}, triggers: [1]}",
        [
            "1:11 error WF101 `actions` must be a list of actions, not an object",
            "1:26 error WF101 a trigger of an app must be an object, not a number",
        ],
    ),
    "an app definition": (
        """
        app: my-app
        colour: red
        hoks: []
        settings: {default: {token: {type: password}, days: 3}}
        klasses: []
        actions: [{name: '', type: 3, inputSchema: [], appSettings: {token: {}, days: 3}}, {}]
        triggers: [{}]
        """,
        [
            "2:1 warning WF103 an app definition needs `version` and `title`",
            '2:6 error WF104 `app` is "my-app", which is not a name for an app',
            "3:1 warning WF102 an app definition has no key `colour`",
            "4:1 warning WF102 an app definition has no key `hoks`",
            (
                '5:36 error WF104 `type` must be "string", "number", "boolean" or "secret",'
                ' not "password"'
            ),
            "5:53 error WF101 `days` must be an object, not a number",
            "7:18 error WF104 `name` is empty",
            "7:28 error WF101 `type` must be text, not a number",
            "7:44 error WF101 `inputSchema` must be an object, not a list",
            "7:69 error WF103 the setting of an action needs `key`",
            "7:79 error WF101 `days` must be an object, not a number",
            "7:84 error WF103 an action needs `name`",
            "8:12 error WF103 a trigger of an app needs `eventName`",
        ],
    ),
    "the schemas of an action": (
        """
        actions:
          - {name: a, inputSchema: {properties: [], required: a}, outputSchema: {required: [1]}}
        """,
        [
            "3:41 error WF101 `properties` must be an object, not a list",
            "3:55 error WF101 `required` must be a list of names, not text",
            "3:85 error WF101 each entry of this list must be text, not a number",
        ],
    ),
    "a response of the API": (
        """
        data:
          type: workflow
          id: 7
          attributes: {trigger: {hook: b, evnt: c}, steps: [{}]}
        """,
        [
            "4:7 error WF101 `id` must be text, not a number",
            "5:15 error WF103 a workflow needs `name`",
            "5:35 warning WF102 a trigger has no key `evnt`",
            "5:53 error WF103 a step needs `id`",
        ],
    ),
    "answers of the API in a list": (
        """
        data:
          - {type: klass, attributes: {name: my klass}}
          - {type: workflow, attributes: {name: a}}
          - {type: customer, attributes: {name: a}}
          - 5
        """,
        [
            '3:38 error WF104 `name` is "my klass", which is not a name for a klass',
            "4:34 error WF103 a workflow needs `trigger`",
            "5:5 error WF100 this is neither a workflow nor an app file",
            "6:5 error WF100 this is neither a workflow nor an app file",
        ],
    ),
    "a list of which one is no workflow": (
        "[{name: a, trigger: {hook: b}}, {name: a}]",
        ["1:33 error WF100 this is neither a workflow nor an app file"],
    ),
    "a list of other things": (
        "[1, {a: 1}]",
        ["1:1 error WF100 this is neither a workflow nor an app file"],
    ),
}


def found_in(text):
    return [
        f"{problem.span.line}:{problem.span.column}"
        f" {problem.severity} {problem.code} {problem.message}"
        for problem in check_shape(read_yaml(textwrap.dedent(text), "x.yaml"))
    ]


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_nothing_is_found_in_a_good_file(text):
    assert [] == found_in(text)


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD.keys())
def test_all_that_is_wrong_is_found_at_its_place(text, expected):
    assert expected == found_in(text)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            '{"orderId": "1"}',
            "order.json",
            "if it is a payload, send it with kobjctl hook send order.json",
        ),
        ("[1]", "order.json", "if it is a payload, send it with kobjctl hook send order.json"),
        ("{}", "order.yaml", "a workflow has `name`, `trigger` and `steps`; "),
        ('{"name": "a", "triggr": 1}', "a.json", "a workflow has `name`, `trigger` and `steps`; "),
        ("5", "a.json", "a workflow has `name`, `trigger` and `steps`; "),
    ],
)
def test_what_looks_like_a_payload_is_told_apart(text, name, expected):
    [problem] = check_shape(read_json(text, name))

    assert problem.hint.startswith(expected)


@pytest.mark.parametrize(
    "text", ["http: []", '{"http": []}', "{actions: [{action: a, output: {}}]}"]
)
def test_a_stub_file_is_no_app_file(text):
    [problem] = check_shape(read_yaml(text, "x.yaml"))

    assert "WF100" == problem.code
    assert "it is a stub file: use it with --stubs x.yaml" == problem.hint


def test_what_the_platform_refuses_to_register_is_told():
    text = "{app: a, version: '1', title: A, klasses: [], colour: red, hoks: []}"
    problems = check_shape(read_yaml(text, "x"))

    assert [
        "the platform refuses to register an app with it",
        'did you mean "hooks"?',
    ] == [problem.hint for problem in problems]


@pytest.mark.parametrize(
    ("key", "meant"),
    [("klases", "klasses"), ("klass", "klasses"), ("hook", "hooks"), ("workflow", "workflows")],
)
def test_a_section_whose_name_has_a_slip_is_told(key, meant):
    [problem] = check_shape(read_yaml(f"{{triggers: [], {key}: [], x-notes: 1}}", "x"))

    assert ("WF102", f'did you mean "{meant}"?') == (problem.code, problem.hint)


def test_a_misspelled_key_is_told_the_right_one():
    [problem] = check_shape(read_yaml("{name: a, trigger: {hok: b, hook: b}}", "x"))

    assert 'did you mean "hook"?' == problem.hint


def test_a_hundred_attributes_are_enough():
    attributes = ", ".join(f"a{number}Str: {{}}" for number in range(101))
    text = f"klasses: [{{name: a, metadata: {{properties: {{{attributes}}}}}}}]"

    assert ["1:44 error WF104 `properties` has more than 100 entries"] == found_in(text)


def test_json_is_checked_like_yaml():
    document = read_json('{"name": "a",\n "trigger": {"hook": 3}}', "x.json")

    assert ["x.json:2:22: error WF101: `hook` must be the name of a hook, not a number"] == [
        str(problem) for problem in check_shape(document)
    ]
