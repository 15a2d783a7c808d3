"""What two versions do otherwise: the cases of `cases.yaml`, and what no case can say."""

from pathlib import Path

import pytest
import yaml

from kobjctl.app.definitions import apply, variables
from kobjctl.compare import comparison
from kobjctl.compare.payloads import RejectCount
from kobjctl.compare.trials import VersionRunner
from kobjctl.compare.version_difference import ROOM, DifferenceGroups, VersionDifference
from kobjctl.model.errors import UsageError
from kobjctl.model.web import Response
from kobjctl.store.runs import RunFilter

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())
ALL = RunFilter()
CONDITIONS = comparison.Conditions(seed=1, moves=False, examples=1)
KLASSES = [{"name": "thing", "metadata": {"properties": {}}}]


def version(steps, *more, name="flow"):
    ways = [{"target": steps[0]["id"]}] if steps else []
    flow = {"name": name, "trigger": {"hook": "in", "transitions": ways}, "steps": steps}
    hook = {"name": "in", "type": "form"}
    return {"klasses": KLASSES, "hooks": [hook], "workflows": [flow, *more]}


def told(compared):
    """Give the groups as cases tell them."""
    return [
        " ".join(
            filter(
                None,
                (
                    str(group.count),
                    group.difference.kind,
                    group.difference.about,
                    group.difference.step,
                    group.difference.field,
                    group.difference.side,
                    *group.difference.details,
                ),
            )
        )
        for group in compared.groups
    ]


def answer(_request):
    return Response(200, (), b"{}")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_differs_is_counted_by_what_it_is_of(outside, engine, compare, write, case):
    outside.http = answer
    more = case.get("more", ())
    old, new = (write(f"{key}.json", version(case[key], *more)) for key in ("old", "new"))
    ignored = tuple(tuple(each.split(".")) for each in case.get("ignored", ()))

    with compare(old, new, case["payloads"], ignored=ignored) as compared:
        groups = told(compared)

    assert sorted(case["told"]) == sorted(groups)
    assert len(case["payloads"]) == compared.compared
    assert bool(groups) == bool(compared.differing)


ADD = {"id": "add", "action": "kustomer.customer.create", "params": {"name": "Ada"}}
OTHER = ADD | {"params": {"name": "Bob"}}


def test_requests_that_no_host_may_get_are_compared_too(compare, write):
    step = {"id": "ask", "action": "kustomer.rest-api.json"}
    old, new = (
        write(f"{name}.json", version([{**step, "params": {"uri": f"https://a.example/{name}"}}]))
        for name in ("old", "new")
    )

    with compare(old, new, [{}]) as compared:
        groups = told(compared)

    assert [
        "1 request GET https://a.example/old old",
        "1 request GET https://a.example/new new",
    ] == [group for group in groups if "request" in group]


@pytest.fixture
def loaded(engine, write):
    """Give what loads a version into the org, with its workflow under a name."""

    def load(steps, name, **more):
        document = version(steps, name=name)
        document["workflows"][0] |= more
        apply.apply(engine.org, [write(f"{name}.json", document)])

    return load


def test_a_workflow_of_the_org_is_compared_with_a_file_that_has_another_name_for_it(
    compare, write, loaded
):
    loaded([ADD], "flow")
    new = write("new.json", version([OTHER], name="flow-2"))

    with compare("flow", new, [{}]) as compared:
        groups = told(compared)

    assert ["1 output flow add displayName", "1 output flow add name"] == groups[:2]
    assert {"record"} == {group.split()[1] for group in groups[2:]}


def test_of_two_workflows_of_the_org_one_runs_on_each_side(compare, loaded):
    loaded([ADD], "flow")
    loaded([OTHER], "flow-2")

    with compare("flow", "flow-2", [{}]) as compared:
        sides = (compared.sides.old, compared.sides.new)
        ran = [[run.workflow_name for run in each.org.store.runs.list(ALL, 9)] for each in sides]

    assert [["flow"], ["flow"]] == ran
    assert compared.differing


def test_what_else_listens_runs_on_both_sides_and_makes_no_difference(compare, write, loaded):
    loaded([OTHER], "beside")
    path = write("flow.json", version([ADD]))

    with compare(path, path, [{}, {}]) as compared:
        assert 4 == len(compared.sides.new.org.store.runs.list(ALL, 9))

    assert not compared.groups


def test_a_disabled_workflow_is_compared_all_the_same_and_a_note_says_so(compare, loaded):
    loaded([ADD], "flow", enabled=False)

    with compare("flow", "flow", [{}]) as compared:
        pass

    assert (1, 0) == (compared.compared, compared.differing)
    assert ['workflow "flow" of flow rev 1 is disabled; it is compared anyway'] == list(
        compared.sides.notes
    )


def test_workflows_that_nothing_tells_to_be_versions_of_each_other_are_refused(compare, write):
    flows = [version([ADD], name=name)["workflows"][0] for name in ("a", "b")]
    old = write("old.json", version([ADD]))
    new = write("new.json", {"hooks": [{"name": "in", "type": "form"}], "workflows": flows})

    with pytest.raises(UsageError, match="no workflow is in both"), compare(old, new, [{}]):
        pass


def test_what_only_one_file_defines_does_not_run_for_the_other(compare, write, loaded):
    loaded([OTHER], "beside")
    beside = version([OTHER], name="beside")["workflows"]
    old, new = write("old.json", version([ADD], *beside)), write("new.json", version([ADD]))

    with compare(old, new, [{}]) as compared:
        assert ["1 run beside old", "1 record customer old created"] == sorted(
            told(compared), key=lambda each: each.split()[1], reverse=True
        )


def test_both_versions_get_their_payloads_where_each_listens(compare, write):
    old, new = version([ADD]), version([ADD])
    new["hooks"][0]["name"] = new["workflows"][0]["trigger"]["hook"] = "other"

    with compare(write("old.json", old), write("new.json", new), [{}]) as compared:
        assert [] == [each for each in told(compared) if " output 1 " not in each]

    assert 1 == compared.compared


def test_a_call_and_an_event_are_compared_with_their_responses(compare, write):
    for trigger in ({"callable": True, "schema": {"type": "object"}}, {"eventName": "said"}):
        document = version([ADD])
        document["workflows"][0] |= {
            "trigger": trigger | {"transitions": [{"target": "add"}]},
            "response": {"schema": {"properties": {"name": {}}}},
        }
        old = write("old.json", document)
        document["workflows"][0]["steps"] = [OTHER]
        new = write("new.json", document)

        with compare(old, new, [{}, [1]]) as compared:
            groups = told(compared)

        assert "1 output flow add name" in groups
        assert ("1 response flow name" in groups) == ("callable" in trigger)


def test_chance_is_the_same_for_both_whatever_one_took_of_it_before(compare, write):
    tell = {
        "id": "tell",
        "action": "kustomer.event.publish",
        "params": {"eventName": "said", "data": {"code": "{{randomId}}"}},
    }
    more = tell | {"id": "more"}
    old = write("old.json", version([tell]))
    new = write("new.json", version([tell | {"transitions": [{"target": "more"}]}, more]))

    with compare(old, new, [{}] * 3) as compared:
        groups = told(compared)

    assert not [each for each in groups if " input " in each]
    assert '3 path flow ["1","tell"] ["1","tell","more"]' in groups


def test_each_kind_keeps_so_many_groups_and_counts_the_payloads_of_the_rest():
    groups = DifferenceGroups(limit=1)
    for number in range(ROOM + 5):
        groups.add(
            f"p:{number}", [VersionDifference("output", "flow", field=f"f{number}")], ((), ())
        )
    groups.add("p:last", [VersionDifference("run", "flow", side="new")], ((), ()))

    assert ROOM + 1 == len(list(groups))
    assert 5 == groups.more


def test_an_example_keeps_the_beginning_of_a_large_value():
    groups = DifferenceGroups(limit=1)
    groups.add(
        "p", [VersionDifference("output", "flow", old="x" * 100_000, new=["y"] * 100_000)], ((), ())
    )

    [group] = groups
    assert all(5_000 > len(value) for value in (group.difference.old, group.difference.new))


def test_examples_are_the_first_and_as_many_as_asked_for():
    groups = DifferenceGroups(limit=2)
    for number in range(3):
        found = VersionDifference("output", "flow", field="f", old=number, new=-number)
        groups.add(f"p:{number}", [found, found], ((), ()))

    [group] = groups
    assert 3 == group.count
    assert ["p:0", "p:1"] == [each.place for each in group.examples]


def test_after_ctrl_c_what_was_compared_so_far_is_told(monkeypatch, compare, write):
    run, places = VersionRunner.run, []

    def interrupted_run(runner, workflow, payload, at):
        places.append(payload.place)
        if len(set(places)) > 2:
            raise KeyboardInterrupt
        return run(runner, workflow, payload, at)

    monkeypatch.setattr(VersionRunner, "run", interrupted_run)
    old, new = write("old.json", version([ADD])), write("new.json", version([OTHER]))

    with compare(old, new, [{}] * 9) as compared:
        shown = compared.shown()

    assert (True, 2) == (compared.interrupted, compared.compared)
    assert ["completed"] == [pair.new.run.status for pair, _ in shown[0].runs]


def test_copies_that_are_kept_have_the_runs_and_others_are_gone(engine, write, tmp_path):
    path = write("flow.json", version([ADD]))
    kept = tmp_path / "kept"
    for keep in (None, kept):
        with comparison.compared(engine, (path, path), CONDITIONS, keep) as running:
            files = [Path(side.org.store.path) for side in (running.sides.old, running.sides.new)]
        assert [keep is kept] * 2 == [file.exists() for file in files]

    with (
        pytest.raises(UsageError, match="already exists"),
        comparison.compared(engine, (path, path), CONDITIONS, kept),
    ):
        pass


def test_payloads_that_nobody_can_read_are_counted_and_the_first_kept():
    rejects = RejectCount()
    for number in range(9):
        rejects.add(f"p:{number}", "it is no JSON")

    assert 9 == rejects.count
    assert ["p:0", "p:1", "p:2", "p:3", "p:4"] == [each.place for each in rejects.first]


def test_the_value_of_a_variable_is_in_no_example(engine, compare, write, loaded):
    step = {"id": "add", "action": "kustomer.customer.create"}
    loaded([step | {"params": {"name": "{{variables.token}} A"}}], "flow")
    variables.set_value(engine.org, "flow", "token", "top-secret")
    new = write("new.json", version([step | {"params": {"name": "{{variables.token}} B"}}]))

    with compare("flow", new, [{}]) as compared:
        groups = list(compared.groups)

    assert ("*** A", "*** B") in {(group.difference.old, group.difference.new) for group in groups}
    assert not [group for group in groups if "top-secret" in repr(group.examples)]
