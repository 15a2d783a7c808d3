"""The ways through a workflow, against naive answers to the same questions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kobjctl.model.graph import (
    ancestors,
    certain,
    descendants,
    find_cycles,
    immediate_dominators,
    reachable,
    successors,
)
from kobjctl.model.workflow import ALWAYS, TRIGGER_ID, Step, Transition, Workflow


def ways(targets=()):
    return tuple(Transition(target, ALWAYS) for target in targets)


def graph(trigger, *steps):
    """Build a workflow of `(id, targets)` or `(id, targets, targets of error cases)`."""
    return Workflow(
        id="",
        name="graph",
        event_name="",
        trigger=Step(TRIGGER_ID, ways(trigger)),
        steps=tuple(
            Step(step_id, ways(targets), error_cases=ways(*failed))
            for step_id, targets, *failed in steps
        ),
        document={},
    )


# Two ways from a to d, and a step that nothing leads to.
DIAMOND = graph("a", ("d", "e"), ("c", "d"), ("b", "d"), ("a", "bc"), ("e", ""), ("x", "d"))


def test_successors_stand_in_the_order_they_are_tried():
    workflow = graph("ab", ("b", ""), ("a", "bb", "1"))

    assert {"1": ("a", "b"), "b": (), "a": ("b", "1")} == successors(workflow)


def test_an_unknown_target_is_no_successor():
    assert {"1": ("a",), "a": ()} == successors(graph("xa", ("a", "y")))


def test_steps_that_share_an_id_count_as_one():
    workflow = graph("a", ("a", "b"), ("b", ""), ("a", "c"), ("c", ""))

    assert {"1": ("a",), "a": ("b", "c"), "b": (), "c": ()} == successors(workflow)


def test_a_step_that_nothing_leads_to_is_not_reachable():
    assert {"1", "a", "b", "c", "d", "e"} == reachable(DIAMOND)


def test_an_error_case_leads_on_too():
    assert {"1", "a", "b"} == reachable(graph("a", ("a", "", "b"), ("b", "")))


def test_ancestors_stand_in_document_order():
    assert ("1", "d", "c", "b", "a") == ancestors(DIAMOND, "e")


def test_a_step_on_one_branch_is_no_ancestor_of_the_other():
    assert ("1", "a") == ancestors(DIAMOND, "b")


def test_a_step_on_a_cycle_is_its_own_ancestor():
    assert ("1", "a", "b") == ancestors(graph("a", ("a", "b"), ("b", "a")), "a")


def test_only_what_lies_on_every_path_is_certain():
    assert ("1", "d", "a") == certain(DIAMOND, "e")


def test_the_last_certain_step_dominates_immediately():
    assert {"d": "a", "c": "a", "b": "a", "a": "1", "e": "d"} == immediate_dominators(DIAMOND)


def test_nothing_runs_before_the_trigger_an_unreachable_or_an_unknown_step():
    for step_id in ("1", "x", "nobody"):
        assert () == ancestors(DIAMOND, step_id)
        assert () == certain(DIAMOND, step_id)


def test_a_workflow_without_loops_has_no_cycle():
    assert [] == find_cycles(DIAMOND)


def test_a_cycle_starts_where_a_run_enters_it():
    assert [["b", "c", "a"]] == find_cycles(graph("b", ("a", "b"), ("b", "c"), ("c", "a")))


def test_a_step_that_leads_to_itself_is_a_cycle():
    assert [["a"]] == find_cycles(graph("a", ("a", "a")))


def test_a_way_back_to_the_trigger_is_a_cycle():
    assert [["1", "a"]] == find_cycles(graph("a", ("a", "1")))


def test_an_error_case_can_close_a_cycle():
    assert [["a", "b"]] == find_cycles(graph("a", ("a", "b"), ("b", "", "a")))


def test_each_group_of_steps_gives_one_cycle_and_unreachable_ones_count():
    workflow = graph("a", ("x", "y"), ("y", "x"), ("a", "bc"), ("b", "a"), ("c", "ab"))

    assert [["x", "y"], ["a", "b"]] == find_cycles(workflow)


def test_ten_thousand_steps_in_a_row_are_no_trouble():
    names = [f"s{index}" for index in range(10_000)]
    workflow = graph(names[:1], *((here, [after]) for here, after in pairwise([*names, "s0"])))

    assert 10_001 == len(reachable(workflow))
    assert [names] == find_cycles(workflow)
    assert 10_000 == len(certain(workflow, names[-1]))


def test_ten_thousand_steps_with_one_error_handler_are_no_trouble():
    names = [f"s{index}" for index in range(10_000)]
    steps = [(here, [after], ["end"]) for here, after in pairwise([*names, "end"])]
    workflow = graph(names[:1], *steps, ("end", []))

    assert ("1", "s0") == certain(workflow, "end")


NAMES = "1abcdef"
targets = st.lists(st.sampled_from([*NAMES, "unknown"]), max_size=4)
graphs = st.builds(
    lambda trigger, steps: graph(trigger, *steps),
    targets,
    st.lists(st.tuples(st.sampled_from(NAMES), targets, targets), max_size=8),
)


def naive_edges(workflow):
    nodes = [workflow.trigger, *workflow.steps]
    known = {step.id for step in nodes}
    return {
        (step.id, way.target)
        for step in nodes
        for way in step.transitions + step.error_cases
        if way.target in known
    }


def naive_pairs(edges):
    """Give all pairs of which the first leads to the second, by joining until nothing is new."""
    pairs = set(edges)
    while more := {(a, d) for a, b in pairs for c, d in edges if b == c} - pairs:
        pairs |= more
    return pairs


def paths(edges, path):
    """Give every path that goes on from `path` and meets no step twice."""
    yield path
    for here, after in edges:
        if here == path[-1] and after not in path:
            yield from paths(edges, [*path, after])


def in_order(workflow, step_ids):
    return tuple(step_id for step_id in successors(workflow) if step_id in step_ids)


@given(graphs)
def test_reachable_agrees_with_a_naive_closure(workflow):
    pairs = naive_pairs(naive_edges(workflow))

    assert {"1"} | {after for here, after in pairs if here == "1"} == reachable(workflow)


@given(graphs, st.sampled_from(NAMES))
def test_ancestors_agree_with_a_naive_closure(workflow, step_id):
    pairs = naive_pairs(naive_edges(workflow))
    alive = {"1"} | {after for here, after in pairs if here == "1"}
    expected = {here for here, after in pairs if after == step_id and here in alive}

    assert in_order(workflow, expected) == ancestors(workflow, step_id)


@given(graphs, st.sampled_from(NAMES))
def test_certain_agrees_with_the_enumeration_of_all_paths(workflow, step_id):
    found = [set(path) for path in paths(naive_edges(workflow), ["1"]) if path[-1] == step_id]
    expected = set.intersection(*found) - {step_id} if found else set()

    assert in_order(workflow, expected) == certain(workflow, step_id)


@given(graphs)
def test_there_is_one_cycle_for_each_group_of_steps_that_lead_to_each_other(workflow):
    pairs = naive_pairs(naive_edges(workflow))
    groups = {
        frozenset(other for other in NAMES if {(here, other), (other, here)} <= pairs)
        for here, after in pairs
        if here == after
    }
    cycles = find_cycles(workflow)

    assert len(groups) == len(cycles)
    assert all(any(set(cycle) <= group for cycle in cycles) for group in groups)


@given(graphs)
def test_a_cycle_follows_edges_and_meets_no_step_twice(workflow):
    edges = naive_edges(workflow)
    for cycle in find_cycles(workflow):
        assert len(set(cycle)) == len(cycle)
        assert set(pairwise([*cycle, cycle[0]])) <= edges


def test_what_can_come_after_a_step_is_all_that_its_ways_lead_to():
    assert {
        "1": set("abcde"),
        "a": set("bcde"),
        "b": set("de"),
        "c": set("de"),
        "d": {"e"},
        "e": set(),
        "x": set("de"),
    } == descendants(DIAMOND)


def test_a_step_on_a_cycle_comes_after_itself():
    assert {"a", "b"} == descendants(graph("a", ("a", "b"), ("b", "a")))["a"]
