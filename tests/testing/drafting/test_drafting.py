"""Scenarios are drafted for every way through a workflow, and each one takes its way."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kobjctl.expressions.functions import FUNCTIONS
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.references import follow
from kobjctl.files.reader import workflow_files
from kobjctl.javascript.regex import search
from kobjctl.model.values import MISSING
from kobjctl.model.workflow import Workflow
from kobjctl.testing.drafting.draft import put
from kobjctl.testing.drafting.file import write
from kobjctl.testing.drafting.inverses import inverse
from kobjctl.testing.drafting.layout import DraftingOptions
from kobjctl.testing.drafting.regexes import matching
from kobjctl.testing.drafting.routes import choose
from kobjctl.testing.drafting.samples import SOME
from kobjctl.testing.drafting.wishes import CANDIDATES, OtherOperand, wished
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.running import run

ROOT = Path(__file__).parent.parent.parent.parent
OWN = Path(__file__).parent
SAMPLES = [
    *([path] for path in workflow_files([ROOT / "sample_workflows"])),
    *(
        sorted(
            path
            for path in folder.iterdir()
            if path.suffix in (".yaml", ".json") and path.name != "stubs.yaml"
        )
        for folder in sorted((ROOT / "tests" / "workflows").iterdir())
    ),
    *([OWN / name] for name in ("errors.yaml", "lookups.yaml", "values.yaml")),
]


# Ways that no values take, though nobody can tell before: a sum always prints something.
NEVER = {"sla": ["sla-reminder / Still waiting, no branch of pluS1_ holds"]}


def name_of(files):
    return files[0].parent.name if "workflows" == files[0].parent.parent.name else files[0].stem


@pytest.mark.parametrize("files", SAMPLES, ids=name_of)
def test_every_way_gets_a_scenario_that_takes_it(files, tmp_path):
    written = write(DraftingOptions(files, tmp_path))
    target = tmp_path / "drafted.test.yaml"
    target.write_text(written.text)

    orgs = StartOrgs()
    found = collect([target], orgs)
    found.refuse_problems()
    [file] = found.files
    results = [run(file, scenario, orgs) for scenario in file.scenarios]

    unsolved = [each.name for each in written.scenarios if each.todo]
    assert NEVER.get(name_of(files), []) == unsolved
    assert {"passed"} == {
        result.outcome
        for each, result in zip(written.scenarios, results, strict=True)
        if each.name not in unsolved
    }
    assert sum(routes.total for _, routes in written.routes) == len(results)
    # What the file expects is the way and how it ends, and not less.
    assert [(each.status, each.path) for each in written.scenarios] == [
        (each.body["expect"]["status"], each.body["expect"]["path"]) for each in file.scenarios
    ]


def test_the_same_workflow_gives_the_same_file(tmp_path):
    first, again = (write(DraftingOptions([OWN / "errors.yaml"], tmp_path)).text for _ in range(2))

    assert first == again


def test_an_example_is_what_a_payload_starts_from(tmp_path):
    example = {"email": "ada@example.com", "orderId": "A-1", "note": "by hand"}

    written = write(
        DraftingOptions(
            [ROOT / "sample_workflows" / "order.yaml"], tmp_path, examples={"orders": example}
        )
    )

    assert [example, example] == [each.body["send"] for each in written.scenarios]
    known = written.scenarios[0].body["given"]["customers"]
    assert [{"email": "ada@example.com"}] == known


def test_a_payload_that_is_named_comes_before_the_example(tmp_path):
    asked = DraftingOptions(
        [ROOT / "sample_workflows" / "order.yaml"],
        tmp_path,
        payloads=[{"email": "eve@example.com"}],
        examples={"orders": {"email": "ada@example.com"}},
    )

    sent = [each.body["send"] for each in write(asked).scenarios]

    assert [{"email": "eve@example.com"}] * 2 == sent


def test_what_nobody_can_send_is_left_to_do(tmp_path):
    written = write(DraftingOptions([OWN / "never.yaml"], tmp_path))

    [first, second] = written.scenarios
    assert first.todo.startswith(
        'TODO: found no values so that the trigger takes the branch "both at once"'
    )
    assert ("", ["1", "open"]) == (second.todo, second.path)
    assert 1 == written.open
    assert "    skip: " in written.text


# Routes.


def workflow_of(*steps, trigger=None):
    return Workflow.from_document(
        {
            "name": "many",
            "trigger": {"eventName": "kustomer.customer.update", "transitions": trigger or []},
            "steps": list(steps),
        }
    )


def way(target, field=""):
    asked = {"op": "exists", "values": [f"/#steps.1.{field}"]}
    return {"target": target, **({"condition": asked} if field else {})}


def diamonds(count):
    """Make a workflow with 2 to the power of `count` ways."""
    steps = []
    for index in range(count):
        both = [{"id": f"{side}{index}", "transitions": [way(f"s{index + 1}")]} for side in "ab"]
        forks = [way(f"a{index}", f"f{index}"), way(f"b{index}")]
        steps += [{"id": f"s{index}", "transitions": forks}, *both]
    return workflow_of(*steps, {"id": f"s{count}"}, trigger=[way("s0")])


def test_of_many_ways_a_few_take_every_branch():
    routes = choose(diamonds(12), 10)

    taken = {leg.key for route in routes.chosen for leg in route.legs}
    assert (4096, False, 0) == (routes.total, routes.more, routes.missed)
    assert 10 == len(routes.chosen) == len({tuple(route.path) for route in routes.chosen})
    # The trigger and the end; per diamond the fork's two branches and those behind.
    assert 2 + 12 * 4 == len(taken)


def test_more_ways_than_anybody_counts_are_not_counted():
    routes = choose(diamonds(40), 5)

    assert (1_000_000, True, 5) == (routes.total, routes.more, len(routes.chosen))
    assert 0 == routes.missed


def test_a_limit_below_what_it_takes_says_what_is_missed():
    forks = [way(f"s{index}", f"f{index}") for index in range(9)]
    steps = [{"id": f"s{index}"} for index in range(9)]

    routes = choose(workflow_of(*steps, trigger=forks), 4)

    # Nine branches with a step each, and the end at the trigger; eight legs of four are taken.
    assert (10, 4) == (routes.total, len(routes.chosen))
    assert 9 * 2 + 1 - 4 * 2 == routes.missed


def test_a_loop_is_gone_through_once():
    again = {"id": "a", "transitions": [way("a", "more"), way("b")]}

    routes = choose(workflow_of(again, {"id": "b"}, trigger=[way("a")]), 50)

    assert [["1", "a", "a", "b"], ["1", "a", "b"]] == [route.path for route in routes.chosen]


def test_a_loop_without_an_end_has_no_way():
    once = {"id": "a", "transitions": [way("a")]}

    assert () == choose(workflow_of(once, trigger=[way("a")]), 50).chosen


def test_what_can_not_be_is_no_way():
    asked = [
        way("a", "x"),
        {**way("b", "x"), "condition": {"op": "dne", "values": ["/#steps.1.x"]}},
    ]

    routes = choose(workflow_of({"id": "a"}, {"id": "b"}, trigger=asked), 50)

    assert [("completed", ["1", "a"]), ("completed", ["1", "b"])] == [
        (route.status, route.path) for route in routes.chosen
    ]


def test_what_an_earlier_step_has_decided_is_decided_for_later_ones():
    steps = [
        {"id": "a", "transitions": [way("c")]},
        {"id": "b", "transitions": [way("c")]},
        {"id": "c", "transitions": [way("d", "x"), way("e", "y")]},
        {"id": "d"},
        {"id": "e"},
    ]

    routes = choose(workflow_of(*steps, trigger=[way("a", "x"), way("b")]), 50)

    assert [["1", "a", "c", "d"], ["1", "b", "c", "e"], ["1", "b", "c"]] == [
        route.path for route in routes.chosen
    ]
    assert 3 == routes.total


# What is found.


def drafted(tmp_path, text):
    """Give the scenarios that are drafted for a file with this text."""
    path = tmp_path / "flow.yaml"
    path.write_text(text)
    return write(DraftingOptions([path], tmp_path)).scenarios


def test_an_action_that_fails_here_is_left_to_do_and_never_stubbed(tmp_path):
    [only] = drafted(
        tmp_path,
        """
hooks: [{name: parcels, type: form}]
workflows:
  - name: parcels
    trigger: {hook: parcels, transitions: [{target: keep}]}
    steps:
      - id: keep
        action: kustomer.customer.create
        params: {email: "no address: {{{steps.1.attributes.data.name}}}"}
""",
    )

    assert only.todo.startswith('TODO: step "keep" fails whatever was tried: "no address: ')
    assert only.todo.endswith('" is not an email address')
    assert "given" not in only.body


def test_a_match_is_found_in_what_is_sent(tmp_path):
    found, lost = drafted(
        tmp_path,
        r"""
hooks: [{name: mails, type: web}]
workflows:
  - name: mails
    trigger: {hook: mails, transitions: [{target: reference}]}
    steps:
      - id: reference
        action: kustomer.regex-match.generic
        params: {testString: /#steps.1.attributes.data, regex: '(?<="ref":")[^"]+'}
        transitions:
          - {target: end, condition: {op: gt, values: [/#steps.reference.match.length, 4]}}
      - {id: end}
""",
    )

    assert ("", "") == (found.todo, lost.todo)
    assert "given" not in found.body
    assert 4 < len(found.body["send"]["ref"])


def test_a_customer_is_given_that_a_network_knows(tmp_path):
    found, _ = drafted(
        tmp_path,
        """
hooks: [{name: posts, type: web}]
workflows:
  - name: posts
    trigger: {hook: posts, transitions: [{target: who}]}
    steps:
      - id: who
        action: kustomer.customer.find-by-instagram-id
        params: {instagramId: /#steps.1.attributes.data.author}
        transitions: [{target: end, condition: {op: exists, values: [/#steps.who.id]}}]
      - {id: end}
""",
    )

    [customer] = found.body["given"]["customers"]
    assert [("instagram", found.body["send"]["author"])] == [
        (each["type"], each["userid"]) for each in customer["socials"]
    ]


# The tables.


LITERALS = st.one_of(
    st.integers(-1000, 1000),
    st.booleans(),
    st.text("abc xyz", max_size=8),
    st.sampled_from(["0", "10", "-2.5", "true", "2026-01-02T03:04:05Z", "2026-01-02"]),
)
ORDERED = st.one_of(
    st.integers(-1000, 1000),
    st.sampled_from(["0", "10", "-2.5", "2026-01-02T03:04:05Z", "2026-01-02"]),
)


@pytest.mark.parametrize(
    "op",
    [
        name
        for name, each in OPERATORS.items()
        if each.comparison in CANDIDATES.keys() - {"existence"}
    ],
)
@pytest.mark.parametrize("holds", [True, False])
@settings(max_examples=40)
@given(data=st.data())
def test_some_wish_comes_true(op, holds, data):
    operator = OPERATORS[op]
    other = data.draw(ORDERED if operator.comparison == "order" else LITERALS)
    assume(operator.comparison != "content" or isinstance(other, str))
    is_literal = isinstance(other, str)
    test = operator.test_for(literal_text=is_literal)

    wishes = wished(operator, OtherOperand(other, is_literal=is_literal), holds=holds)
    assert {holds} == {test(value, other) for value in wishes}
    wishes = wished(operator, OtherOperand(other, is_left=True), holds=holds)
    assert holds in [operator.test(other, value) for value in wishes]


@pytest.mark.parametrize(
    ("call", "wanted", "tried"),
    [
        ("parseInt", 12, [12, "12"]),
        ("parseInt", MISSING, [MISSING, "test"]),
        ("parseInt", SOME, [10, "2026-01-01T12:00:00.000Z"]),
        ("parseBool", True, [True, "true"]),
        ("isValidEmailAddress", True, ["test@example.com"]),
        ("isValidEmailAddress", False, [MISSING, "test"]),
        ("ifExists,yes", "yes", [SOME]),
        ("ifExists,yes,no", "no", [MISSING]),
        ("toJSON", '{"a":1}', [{"a": 1}]),
        ("parseJSON", {"a": 1}, ['{"a":1}', {"a": 1}]),
        ("dateFormat,YYYY", "2026", ["2026-01-01T12:00:00.000Z", "2026"]),
        ("map,sku", ["a"], [["a"], SOME, MISSING]),
        ("map", ["a"], [["a"], SOME, MISSING]),
    ],
)
def test_what_stands_at_the_path_of_a_function_makes_it_give_what_is_wanted(call, wanted, tried):
    name, *arguments = call.split(",")

    assert tried == inverse(FUNCTIONS[name], tuple(arguments), wanted)


@pytest.mark.parametrize(
    "expression",
    [r"\d+", r"(?<=rev=)\d+", r"[A-Z]{2}-\d{3}", ".*", r"a(?=b)", "(yes|no)!", r"^x+y?$", r"[^a]"],
)
def test_a_text_is_made_that_an_expression_matches(expression):
    assert any(search(expression, text) is not None for text in matching(expression))


def test_no_text_is_made_for_what_is_no_expression():
    assert [] == matching("(")


KEYS = st.sampled_from(["a", "b", "c", "0", "1", "2"])
VALUES = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=200)
@given(document=VALUES, path=st.lists(KEYS, min_size=1, max_size=4), value=VALUES)
def test_what_is_put_at_a_path_is_there_and_the_document_stays_as_it_was(document, path, value):
    before = json.dumps(document)
    changed = put(document, tuple(path), value)

    assert before == json.dumps(document)
    # In a list there is no place for a name.
    assert follow(changed, tuple(path)) in (value, MISSING)
    assert MISSING in (
        follow(put(changed, tuple(path), MISSING), tuple(path)),
        MISSING if path[-1].isdigit() else value,
    )
