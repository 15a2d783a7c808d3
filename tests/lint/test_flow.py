"""Which steps have run before a step: held against all ways, walked one by one."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kobjctl.lint.flow import Flow
from kobjctl.model.workflow import Workflow

NAMES = ("a", "b", "c", "d", "e")
targets = st.lists(st.sampled_from(NAMES), max_size=3)


@st.composite
def workflows(draw):
    """Draw a small workflow of any form, cycles and error cases among them."""
    ways = lambda: [{"target": target} for target in draw(targets)]  # noqa: E731
    steps = [{"id": name, "transitions": ways(), "errorCases": ways()} for name in NAMES]
    return Workflow.from_document({"name": "w", "trigger": {"transitions": ways()}, "steps": steps})


def reached(flow, start, without=None):
    """Walk to all that can be reached from a step, not by way of another."""
    seen, todo = set(), [start]
    while todo:
        for target in flow.successors[todo.pop()]:
            if target not in seen and target != without:
                seen.add(target)
                todo.append(target)
    return seen


@given(workflows())
def test_what_may_have_run_is_what_leads_here(workflow):
    flow = Flow(workflow)

    for first in ("1", *NAMES):
        assert reached(flow, first) == {each for each in NAMES if flow.is_possible(first, each)}


@given(workflows())
def test_what_has_surely_run_can_t_be_gone_around(workflow):
    flow = Flow(workflow)
    within_reach = {"1", *reached(flow, "1")}

    for here in within_reach:
        for before in NAMES:
            around = before not in within_reach or here in {"1", *reached(flow, "1", before)}
            sure = before != here and not around
            assert sure is flow.is_certain(before, here)
        assert (here != "1") is flow.is_certain("1", here)


@given(workflows())
def test_the_way_that_is_shown_misses_the_step(workflow):
    flow = Flow(workflow)

    for here in reached(flow, "1"):
        for missed in NAMES:
            way = flow.way_without([missed], here)
            exists = missed != here and here in reached(flow, "1", missed)
            assert bool(way) is exists
            assert missed not in way
            assert all(after in flow.successors[step] for step, after in pairwise(way))


@given(workflows())
def test_an_error_is_known_after_an_error_case(workflow):
    flow = Flow(workflow)
    starts = {case.target for step in workflow.steps for case in step.error_cases}

    assert starts.union(*(reached(flow, start) for start in starts)) == flow.after_error
