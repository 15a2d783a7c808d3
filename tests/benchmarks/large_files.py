"""Files of 400 KB, each of one shape that is made to be slow.

Every function below gives a text; `{n}` in a line that is repeated is its number, `{m}` the next.
"""

from collections.abc import Callable

SIZE = 400_000
HEAD = """\
name: w
trigger:
  eventName: kustomer.customer.create
  transitions:
    - target: s0
steps:
"""
WORKFLOW = "  - name: w{n}\n    trigger: {eventName: kustomer.customer.create}\n"
EMAIL = "kustomer.customer.find-by-email"
REQUEST = "kustomer.rest-api.json"
UPDATE = "kustomer.customer.update"
SCHEDULE = "kustomer.app.scheduler.schedule-workflow"
AN_ID = "5a0b0c0d0e0f000102030405"


def repeated(line, head="", tail="", size=SIZE):
    """Give a text with a line that is there until the text is full."""
    lines, left, number = [head], size - len(head) - len(tail), 0
    while left > 0:
        lines.append(line.replace("{n}", str(number)).replace("{m}", str(number + 1)))
        left -= len(lines[-1])
        number += 1
    return "".join(lines) + tail


def filled(piece, before="", after=""):
    """Give a text with a piece that is there until the text is full."""
    return before + piece * ((SIZE - len(before) - len(after)) // len(piece)) + after


def steps(*lines, way="transitions: [{target: s{m}}]"):
    """Give a workflow of steps with these lines, the one leading to the next."""
    return repeated("".join(f"    {each}\n" for each in ("id: s{n}", *lines, way)), HEAD).replace(
        "    id:", "  - id:"
    )


def actions(action, params="{}", way="transitions: [{target: s{m}}]"):
    """Give a workflow of steps with an action."""
    return steps(f"action: {action}", f"params: {params}", way=way)


def one(action, *lines):
    """Give the beginning of a workflow with one step, up to these lines of its params."""
    head = f"{HEAD}  - id: s0\n    action: {action}\n    params:\n"
    return head + "".join(f"      {each}\n" for each in lines)


def params(line, action=EMAIL, within=()):
    """Give a workflow with one step and as many params, or what is `within` one."""
    return repeated(f"{'    ' if within else ''}      {line}\n", one(action, *within))


def text(piece, before="", after="", action=EMAIL, param="a"):
    """Give a workflow with one param, whose text is a piece many times over."""
    return filled(piece, one(action) + f"      {param}: '{before}", f"{after}'\n")


def block(line, mark="|"):
    """Give a workflow with one param, whose text has many lines."""
    return repeated(f"        {line}\n", one(EMAIL, f"a: {mark}"))


def nested(opening, closing, depth, inner="1"):
    """Give something in something, so many times."""
    return opening * depth + inner + closing * depth


def deep(opening, closing, inner="x", depth=0):
    """Give a workflow with one param, whose text has pairs within pairs."""
    depth = depth or SIZE // len(opening + closing)
    return one(EMAIL, f"a: '{nested(opening, closing, depth, inner)}'")


def values(line, op="or"):
    """Give a workflow whose one condition has many values."""
    condition = f"s0\n      condition:\n        op: {op}\n        values:\n"
    head = HEAD.removesuffix("steps:\n").replace("s0\n", condition)
    return repeated(f"          - {line}\n", head, "steps:\n  - id: s0\n")


def ways(line):
    """Give a workflow with one step that has many transitions."""
    return repeated(f"      - {line}\n", f"{HEAD}  - id: s0\n    transitions:\n", "  - id: s1\n")


def workflows(step, event="kustomer.customer.create"):
    """Give many workflows of one step."""
    lines = (
        "name: w{n}",
        f"trigger: {{eventName: {event}, transitions: [{{target: a}}]}}",
        f"steps: [{{id: a, {step}}}]",
    )
    workflow = "".join(f"    {line}\n" for line in lines).replace("    name", "  - name")
    return repeated(workflow, "workflows:\n")


def beside(kind, line, workflow):
    """Give a file of which half are definitions, and half workflows."""
    first = repeated(line, f"{kind}:\n", size=SIZE // 2)
    return first + repeated(workflow, "workflows:\n", size=SIZE // 2)


READING = {
    "one long text": lambda: text("x"),
    "one long block": lambda: block("a line"),
    "one folded text": lambda: block("a line", ">"),
    "one quoted text over lines": lambda: text("line\n        "),
    "blank lines": lambda: filled("\n", HEAD, "  - id: s0\n"),
    "comments": lambda: repeated("# a comment\n", HEAD, "  - id: s0\n"),
    "comments that silence": lambda: repeated("# kobjctl: ignore WF403\n", HEAD, "  - id: s0\n"),
    "one comment that silences": lambda: filled("WF403 ", "# kobjctl: ignore ", "\n" + HEAD),
    "comments of unknown codes": lambda: repeated("# kobjctl: ignore WF9{n}\n", HEAD),
    "comments of unknown names": lambda: repeated("# kobjctl: ignore unknown-st{n}\n", HEAD),
    "comments misspelled": lambda: repeated("# kobjctl: ignroe WF403\n", HEAD),
    "comments after values": lambda: repeated("  - id: s{n} # kobjctl: ignore WF204\n", HEAD),
    "comments in a text": lambda: block("# kobjctl: ignore WF403"),
    "one key": lambda: params("email: x"),
    "one key at the top": lambda: repeated("name: w\n", HEAD + "  - id: s0\n"),
    "anchors": lambda: params("a{n}: &a{n} 1"),
    "aliases": lambda: params("a{n}: *a", within=("a: &a [1, 2, 3]", "b:")),
    "an unknown alias": lambda: params("a{n}: &a{n} 1") + "      z: *zz\n",
    "times": lambda: params("a{n}: 12:30"),
    "numbers with underscores": lambda: params("a{n}: 1_0{n}"),
    "words of YAML 1.1": lambda: params("a{n}: on"),
    "lists in lists": lambda: one(EMAIL, f"a: {nested('[', ']', 90)}"),
    "too many lists in lists": lambda: one(EMAIL, f"a: {nested('[', ']', SIZE // 2)}"),
    "objects in objects": lambda: "".join(f"{' ' * depth}k:\n" for depth in range(800)),
    "brackets that stay open": lambda: filled("[", HEAD),
    "an end that is broken": lambda: steps() + "  - {\n",
    "tabs": lambda: filled("\t- x\n", HEAD),
    "question marks": lambda: filled("? ", HEAD),
    "dashes": lambda: filled("- ", HEAD),
    "colons": lambda: filled("a: ", HEAD),
    "one long key": lambda: filled("x", HEAD, ": 1\n"),
    "no text": lambda: filled("\x00"),
    "signs past ASCII": lambda: text("\U0001f600"),
}
SHAPE = {
    "unknown keys": lambda: repeated("key{n}: 1\n", HEAD + "  - id: s0\n"),
    "keys that are close": lambda: repeated("nam{n}: 1\n", HEAD + "  - id: s0\n"),
    "keys that are long": lambda: repeated(f"k{{n}}{'ey' * 95}: 1\n", HEAD),
    "unknown keys of steps": lambda: steps("actoin: x"),
    "steps that are none": lambda: repeated("  - 1\n", HEAD),
    "steps without ids": lambda: repeated("  - {}\n", HEAD),
    "ids that are no text": lambda: repeated("  - id: [1]\n", HEAD),
    "transitions that are none": lambda: steps(way="transitions: 1"),
    "conditions that are none": lambda: ways("{target: s1, condition: {ops: eq}}"),
    "workflows": lambda: repeated(WORKFLOW, "workflows:\n"),
    "workflows of one name": lambda: repeated(WORKFLOW.replace("w{n}", "w"), "workflows:\n"),
    "workflows of unknown hooks": lambda: repeated(
        "  - {name: w{n}, trigger: {hook: orders{n}}}\n", "workflows:\n"
    ),
    "workflows of misspelled hooks": lambda: beside(
        "hooks",
        "  - {name: orders{n}, type: form}\n",
        "  - {name: w{n}, trigger: {hook: order{n}}}\n",
    ),
    "klasses": lambda: repeated("  - name: klass{n}\n", "klasses:\n"),
    "klasses of one name": lambda: repeated("  - name: order\n", "klasses:\n"),
    "klasses that are broken": lambda: repeated("  - nam: klass{n}\n", "klasses:\n"),
}
GRAPH = {
    "a chain": steps,
    "steps that nothing leads to": lambda: steps(way="transitions: []"),
    "unknown targets": lambda: steps(way="transitions: [{target: s{n}x}]"),
    "one id": lambda: repeated("  - id: s0\n", HEAD),
    "steps that lead to themselves": lambda: steps(way="transitions: [{target: s{n}}]"),
    "steps that lead to the first": lambda: steps(
        way="transitions: [{target: s{m}}, {target: s0}]"
    ),
    "ways that skip": lambda: steps(
        way="transitions: [{target: s{m}, condition: {op: exists, values: [a]}}, {target: s{m}0}]"
    ),
    "ways to one step": lambda: ways("{target: s1}"),
    "ways with conditions": lambda: ways("{target: s1, condition: {op: eq, values: [a, '{n}']}}"),
    "ways with one condition": lambda: ways(
        "{target: s1, condition: {op: eq, values: [/#steps.1.name, x]}}"
    ),
    "error cases": lambda: steps(way="errorCases: [{target: s{m}}]"),
}
CONDITIONS = {
    "unknown operators": lambda: values("{op: equl{n}, values: [1, 2]}"),
    "conditions of one value": lambda: values("{op: eq, values: [1]}"),
    "unconfirmed operators": lambda: values("{op: neq, values: [/#steps.1.id, a]}"),
    "conditions that always hold": lambda: values("{op: eq, values: [1, 1]}"),
    "conditions that can't compare": lambda: values("{op: gt, values: [/#steps.1.name, x]}"),
    "conditions of lists": lambda: values("{op: contains, values: [/#steps.1.name, [a, b]]}"),
    "values of one condition": lambda: values("a", "eq"),
}
REFERENCES = {
    "unknown steps": lambda: params("a{n}: /#steps.s{n}x.id"),
    "unknown roots": lambda: params("a{n}: /#step{n}.id"),
    "unknown fields": lambda: params("a{n}: /#steps.1.emal{n}"),
    "unknown fields of steps": lambda: actions(EMAIL, "{email: /#steps.s{n}.emal{n}}"),
    "steps that come later": lambda: actions(EMAIL, "{email: /#steps.s{m}.name}"),
    "steps of some ways": lambda: actions(
        EMAIL,
        "{email: /#steps.s1.name}",
        "transitions: [{target: s{m}, condition: {op: exists, values: [a]}}, {target: s{m}1}]",
    ),
    "paths without marks": lambda: params("a{n}: steps.1.id"),
    "marks in texts": lambda: params("a{n}: is /#steps.1.id"),
    "one text of marks": lambda: text("/#steps.1.id "),
    "one long path": lambda: text(".a", "/#steps.1"),
    "functions": lambda: params("a{n}: '/#fn:parseInt,steps.1.id'"),
    "unknown functions": lambda: params("a{n}: '/#fn:parseIntt{n},steps.1.id'"),
    "functions with commas": lambda: params("a{n}: '/#fn:parseInt,steps.1.id,1,2,3'"),
    "one function with commas": lambda: text(",1", "/#fn:parseInt,steps.1.id"),
}
TEMPLATES = {
    "templates": lambda: params("a{n}: '{{steps.1.id}} {{steps.1.name{n}}}'"),
    "templates that are escaped": lambda: params("a{n}: 'https://x/{{steps.1.x}}'", REQUEST),
    "templates that are broken": lambda: params("a{n}: '{{#if x}}'"),
    "marks in tags": lambda: params("a{n}: '{{/#steps.1.x}}'"),
    "braces of other languages": lambda: params("a{n}: '${steps.1.x}'"),
    "unknown helpers": lambda: params("a{n}: '{{uppr{n} x}}'"),
    "tags": lambda: text("{{steps.1.x}}"),
    "tags of unknown helpers": lambda: text("{{foo 1}}"),
    "lines of unknown helpers": lambda: block("{{foo 1}}"),
    "tags that stay open": lambda: text("{{"),
    "opening braces": lambda: text("{", "{{"),
    "closing braces": lambda: text("}", "{{x"),
    "single braces": lambda: text("{steps.1.x} "),
    "blocks": lambda: text("{{#if steps.1.x}}a{{/if}}"),
    "blocks in blocks": lambda: deep("{{#if steps.1.x}}", "{{/if}}"),
    "loops in loops": lambda: deep("{{#each a}}", "{{/each}}", depth=80),
    "calls in calls": lambda: deep("(add ", ")", depth=SIZE // 6).replace("'(", "'{{("),
    "one path": lambda: text("a.", "{{", "b}}"),
    "one call": lambda: text("a ", "{{concat ", "}}"),
}
ACTIONS = {
    "unknown actions": lambda: actions("kustomer.customr.find{n}"),
    "actions like no other": lambda: actions("something.else.altogether-{n}"),
    "one unknown action": lambda: actions("kustomer.customr.find"),
    "actions without their front": lambda: actions("find-by-email"),
    "unknown params": lambda: params("email{n}: x"),
    "unknown params of steps": lambda: actions("kustomer.customer.create", "{nam{n}: x}"),
    "missing params": lambda: actions(EMAIL),
    "values of a wrong type": lambda: actions(EMAIL, "{email: [1]}"),
    "values of a wrong form": lambda: actions(EMAIL, "{email: x{n}}"),
    "one email": lambda: text("a@", param="email"),
    "one host": lambda: text("a.", "https://", action=REQUEST, param="uri"),
    "one host of signs": lambda: text("a:b@", "https://", action=REQUEST, param="uri"),
    "one host of tags": lambda: text("{{a}}.", "https://", action=REQUEST, param="uri"),
    "one query": lambda: text("token=x&", "https://a.b/?", action=REQUEST, param="uri"),
    "headers": lambda: params(
        "x-token-{n}: Bearer 7f3b09d2c1e84a5f", REQUEST, ("uri: https://a.b", "headers:")
    ),
    "one key of some issuer": lambda: text("b", "eyJaaaaaaaaa.eyJ", ".c"),
    "beginnings of keys": lambda: text("eyJaaaaaaaaa."),
    "beginnings of logins": lambda: text("://a:b"),
    "one login": lambda: text("a", "://"),
    "one private key": lambda: text("A ", "-----BEGIN "),
    "tags of a customer": lambda: params("- tag-{n}", UPDATE, (f"id: {AN_ID}", "tags:")),
    "emails of a customer": lambda: params("- {email: a{n}@x.y}", UPDATE, ("emails:",)),
}
PROJECT = {
    "unknown klasses": lambda: (
        actions("kustomer.kobject.create", "{klassName: oder{n}}") + "klasses: [{name: order}]\n"
    ),
    "unknown attributes": lambda: params("attribute{n}Str: x", UPDATE, ("custom:",)),
    "attributes without a type": lambda: params("attribute{n}: x", UPDATE, ("custom:",)),
    "wrong values of attributes": lambda: params("attribute{n}Num: x", UPDATE, ("custom:",)),
    "unknown workflows": lambda: actions(SCHEDULE, "{workflowId: wx{n}}"),
    "workflows that schedule the next": lambda: workflows(
        f"action: {SCHEDULE}, params: {{workflowId: w{{m}}}}"
    ),
    "workflows that start the next": lambda: workflows(
        "action: kustomer.event.publish, params: {eventName: e{m}}", "e{n}"
    ),
    "workflows of unknown events": lambda: workflows("transitions: []", "kustomer.custmer.x{n}"),
}
SHAPES: dict[str, Callable[[], str]] = {
    **READING,
    **SHAPE,
    **GRAPH,
    **CONDITIONS,
    **REFERENCES,
    **TEMPLATES,
    **ACTIONS,
    **PROJECT,
}
