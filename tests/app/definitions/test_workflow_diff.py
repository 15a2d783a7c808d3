"""What differs between two workflows, by what they mean."""

import json

import pytest

from kobjctl.app.definitions.apply import apply
from kobjctl.app.definitions.workflow_diff import StepMove, compare
from kobjctl.app.definitions.workflow_sides import sides
from kobjctl.files.shapes.sugar import expand
from kobjctl.model.errors import UnknownNameError, UsageError
from kobjctl.model.problem import FileProblemsError
from kobjctl.model.values import MISSING

FOUND = {"op": "exists", "values": ["/#steps.find.id"]}
LOST = {"op": "dne", "values": ["/#steps.find.id"]}


def step(step_id, *ways, action="kustomer.customer.find", **more):
    """Give a step; a way is a target, or a target with a condition."""
    transitions = [
        {"target": way} if isinstance(way, str) else {"target": way[0], "condition": way[1]}
        for way in ways
    ]
    return {"id": step_id, "action": action, "transitions": transitions, **more}


def flow(*steps, trigger=None, **more):
    first = [{"target": steps[0]["id"]}] if steps else []
    document = {
        "name": "flow",
        "trigger": {"eventName": "go", "transitions": first, **(trigger or {})},
        "steps": list(steps),
        **more,
    }
    return expand(document, str)


def told(difference):
    """Give each change of a step as its kind, its id, its old id, and how much is beneath."""
    return [
        (each.kind, each.id, each.old_id, len(each.values), len(each.ways), len(each.orders))
        for each in difference.steps
    ]


BASE = flow(
    step("find", ("add", FOUND), ("make", LOST), params={"email": "/#steps.1.email"}),
    step("make", "add"),
    step("add", params={"customer": "/#steps.find.id"}),
)


def without_effect():
    """Yield BASE as it could be written too, with what is other."""
    [find, make, add] = BASE["steps"]
    yield "steps in another order", {**BASE, "steps": [add, find, make]}
    yield "keys in another order", {key: BASE[key] for key in reversed(BASE)}
    bare = {key: value for key, value in make.items() if key != "errorCases"}
    yield "no error cases", {**BASE, "steps": [find, bare, add]}
    yield "no params", {**BASE, "steps": [find, {**make, "params": {}}, add]}
    shown = {**make, "meta": {"displayName": "x"}, "appVersion": "1", "_id": "2"}
    yield "what is shown", {**BASE, "steps": [find, shown, add], "meta": {"displayName": "x"}}
    yield "an id", {**BASE, "id": "1", "rev": 7}
    yield "enabled", {**BASE, "enabled": True}
    yield "the trigger's id", {**BASE, "trigger": {**BASE["trigger"], "id": "1", "appVersion": "1"}}
    leftover = {"op": "exists", "values": ["/#steps.find.id", ""]}
    ways = [{"target": "add", "condition": leftover}, find["transitions"][1]]
    yield "a leftover of the builder", {**BASE, "steps": [{**find, "transitions": ways}, make, add]}
    label = [{**way, "meta": {"name": "x"}} for way in find["transitions"]]
    yield "labels of ways", {**BASE, "steps": [{**find, "transitions": label}, make, add]}


@pytest.mark.parametrize(
    "other", [each for _, each in without_effect()], ids=[name for name, _ in without_effect()]
)
def test_what_has_no_effect_does_not_count(other):
    assert compare(BASE, other).is_same
    assert compare(other, BASE).is_same


def test_all_tells_what_has_no_effect_too():
    [find, make, add] = BASE["steps"]
    way = {**find["transitions"][0], "meta": {"name": "found"}}
    labelled = {**find, "transitions": [way, find["transitions"][1]]}
    other = {
        **BASE,
        "id": "f",
        "steps": [labelled, {**make, "meta": {"displayName": "Make"}, "appVersion": "1"}, add],
    }

    difference = compare(BASE, other, everything=True)

    assert [(("id",), MISSING, "f")] == list(difference.whole)
    assert [("changed", "find", "", 0, 1, 0), ("changed", "make", "", 2, 0, 0)] == told(difference)
    assert {"meta": {"name": "found"}} == difference.steps[0].ways[0].new.more


def test_keys_and_steps_in_another_order_are_the_same_even_then():
    other = {key: BASE[key] for key in reversed(BASE)} | {"steps": BASE["steps"][::-1]}

    assert compare(BASE, other, everything=True).is_same


@pytest.mark.parametrize(
    ("more", "path", "old", "new"),
    [
        ({"name": "other"}, ("name",), "flow", "other"),
        ({"description": "x"}, ("description",), "", "x"),
        ({"enabled": False}, ("enabled",), True, False),
        ({"trigger": {"eventName": "come"}}, ("trigger", "eventName"), "go", "come"),
        ({"trigger": {"callable": True}}, ("trigger", "callable"), MISSING, True),
        (
            {"response": {"schema": {"properties": {}}}},
            ("response",),
            MISSING,
            {"schema": {"properties": {}}},
        ),
    ],
)
def test_what_is_said_of_the_whole_is_told(more, path, old, new):
    difference = compare(flow(step("a")), flow(step("a"), **more))

    assert [(path, old, new)] == list(difference.whole)
    assert () == difference.steps


def test_the_event_of_an_app_is_the_same_with_the_id_of_an_org():
    org = "6" * 24
    names = ("kustomer.app.parcels.moved", f"kustomer.app.parcels_{org}.moved")
    documents = [
        flow(step("a", action=name.replace("moved", "put")), trigger={"eventName": name})
        for name in names
    ]

    assert compare(*documents).is_same


def test_steps_come_and_go():
    difference = compare(
        flow(step("a", "b"), step("b")), flow(step("a", "c"), step("c", action="other"))
    )

    assert [
        ("changed", "a", "", 0, 1, 0),
        ("added", "c", "", 0, 0, 0),
        ("removed", "b", "", 0, 0, 0),
    ] == told(difference)
    assert "other" == difference.steps[1].document["action"]


def test_an_action_and_params_that_changed_are_told_by_their_paths():
    params = {"email": "a", "deep": {"er": [1, 2]}}
    changed = {"email": "a", "deep": {"er": [1, 3]}, "new": None}
    [change] = compare(
        flow(step("a", params=params)), flow(step("a", action="other", params=changed))
    ).steps

    assert [
        (("action",), "kustomer.customer.find", "other"),
        (("params", "deep", "er", 1), 2, 3),
        (("params", "new"), MISSING, None),
    ] == [tuple(each) for each in change.values]


# Ways.


def ways(old, new, key="transitions"):
    """Give how the ways of a step differ: (old target, new target) each, and the orders."""
    targets = [step(name) for name in "bcd"]
    documents = [
        flow({**step("a", *(side if key == "transitions" else ())), **more}, *targets)
        for side, more in ((old, {}), (new, {}))
    ]
    [change] = compare(*documents).steps
    return [
        (each.old and each.old.target, each.new and each.new.target) for each in change.ways
    ], list(change.orders)


def test_a_way_comes_goes_changes_its_condition_or_its_target():
    assert ([(None, "b")], []) == ways([("c", FOUND)], [("b", LOST), ("c", FOUND)])
    assert ([("b", None)], []) == ways([("b", LOST), ("c", FOUND)], [("c", FOUND)])
    assert ([("b", "b")], []) == ways([("b", LOST)], [("b", FOUND)])
    assert ([("b", "c")], []) == ways([("b", LOST)], [("c", LOST)])
    assert ([("b", None), (None, "c")], []) == ways([("b", LOST)], [("c", FOUND)])


def test_the_order_of_ways_counts_as_the_first_that_holds_is_taken():
    assert ([], [(("b", "c"), ("c", "b"), False)]) == ways(
        [("b", LOST), ("c", FOUND)], [("c", FOUND), ("b", LOST)]
    )
    assert ([(None, "d")], [(("b", "c"), ("c", "b"), False)]) == ways(
        [("b", LOST), ("c", FOUND)], [("c", FOUND), ("d", FOUND), ("b", LOST)]
    )


def test_a_way_of_the_trigger_is_told_of_step_1():
    [change] = compare(
        flow(step("a"), step("b")),
        flow(step("a"), step("b"), trigger={"transitions": [{"target": "b"}]}),
    ).steps

    assert ("changed", "1") == (change.kind, change.id)
    assert ("a", "b") == (change.ways[0].old.target, change.ways[0].new.target)


def test_an_error_case_is_no_transition():
    [change] = compare(
        flow(step("a", "b"), step("b")),
        flow(step("a", "b", errorCases=[{"target": "b"}]), step("b")),
    ).steps

    [way] = change.ways
    assert (None, "b", True) == (way.old, way.new.target, way.on_error)


# Names.


def test_a_renamed_step_is_told_once_and_nothing_that_speaks_of_it():
    text = json.dumps(BASE).replace("find", "look-up").replace("customer.look-up", "customer.find")

    difference = compare(BASE, json.loads(text))

    assert [("renamed", "look-up", "find", 0, 0, 0)] == told(difference)


@pytest.mark.parametrize(
    "text",
    [
        "/#steps.{}.id",
        "/#fn:parseInt,steps.{}.id",
        "Dear {{{{steps.{}.name}}}}",
        "{{{{steps.[{}].name}}}}",
        "{{{{@root.steps.{}.name}}}}",
    ],
)
def test_whatever_speaks_of_a_step_knows_its_new_name(text):
    old, new = (
        flow(step(name, "end"), step("end", params={"text": text.format(name)}))
        for name in ("a", "a-b")
    )

    assert [("renamed", "a-b", "a", 0, 0, 0)] == told(compare(old, new))
    assert [("renamed", "a", "a-b", 0, 0, 0)] == told(compare(new, old))


def test_what_only_looks_like_the_name_of_a_step_stays():
    old, new = (
        flow(step(name, "end"), step("end", params={"text": "/#steps.a-c.id mysteps.a"}))
        for name in ("a", "b")
    )

    assert [("renamed", "b", "a", 0, 0, 0)] == told(compare(old, new))


def test_steps_that_speak_of_each_other_are_renamed_together():
    old, new = (
        flow(step(one, other), step(other, action="tell", params={"id": f"/#steps.{one}.id"}))
        for one, other in (("a", "b"), ("c", "d"))
    )

    assert [("renamed", "c", "a", 0, 0, 0), ("renamed", "d", "b", 0, 0, 0)] == told(
        compare(old, new)
    )


def test_a_step_with_another_id_and_other_params_is_another_step():
    difference = compare(flow(step("a", params={"x": 1})), flow(step("b", params={"x": 2})))

    assert [("added", "b"), ("removed", "a")] == [each[:2] for each in told(difference)[1:]]


# The flow.


def chain(*names):
    return flow(*(step(name, *names[place : place + 1]) for place, name in enumerate(names, 1)))


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("abc", "abc", []),
        ("abc", "axbc", []),
        ("abc", "ac", []),
        ("abcd", "adbc", [StepMove("d", (), ("b", "c"))]),
        ("abcd", "bcda", [StepMove("a", ("b", "c", "d"), ())]),
        ("abcd", "bacd", [StepMove("b", (), ("a",))]),
    ],
)
def test_a_step_that_changed_places_in_the_flow_has_moved(old, new, moved):
    assert moved == list(compare(chain(*old), chain(*new)).moved)


def test_branches_that_change_their_order_do_not_move_steps():
    one = flow(step("a", ("b", FOUND), ("c", LOST)), step("b"), step("c"))
    other = flow(step("a", ("c", LOST), ("b", FOUND)), step("b"), step("c"))

    assert () == compare(one, other).moved


# Files and names.


@pytest.fixture
def files(engine, tmp_path):
    """A folder with files, and an org that has loaded one of them."""
    one = {"name": "one", "trigger": {"hook": "in"}, "steps": []}
    hooks = [{"name": "in", "type": "form"}]
    two = {"name": "two", "trigger": {"eventName": "go"}, "steps": []}
    for name, content in (
        ("one.json", {"hooks": hooks, "workflows": [one]}),
        ("both.json", {"hooks": hooks, "workflows": [one, two]}),
        ("none.json", {"hooks": hooks}),
        ("broken.json", {"name": 1, "trigger": {}}),
    ):
        (tmp_path / name).write_text(json.dumps(content))
    apply(engine.org, [tmp_path / "one.json"])
    return tmp_path


def test_a_file_and_a_workflow_of_the_org_are_the_same_when_it_was_loaded(engine, files):
    one, other = sides(engine.org.store, "one", str(files / "one.json"))

    assert "one rev 1" == one.label
    assert compare(one.document, other.document).is_same


def test_of_a_file_with_several_workflows_the_one_with_the_same_name_is_meant(engine, files):
    both = str(files / "both.json")

    assert ["one", "one"] == [
        side.document["name"] for side in sides(engine.org.store, both, "one")
    ]
    assert ["one", "one"] == [
        side.document["name"] for side in sides(engine.org.store, "one", both)
    ]
    with pytest.raises(UsageError, match="defines several workflows: one, two"):
        sides(engine.org.store, both, both)


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("oen", UnknownNameError),
        ("none.json", UsageError),
        ("missing.json", UsageError),
        ("broken.json", FileProblemsError),
    ],
)
def test_what_is_no_workflow_is_refused(engine, files, reference, error):
    path = str(files / reference) if "." in reference else reference

    with pytest.raises(error):
        sides(engine.org.store, "one", path)
