"""What a replay's tally looks like, in a pipe and on a narrow terminal."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from kobjctl.cli.output.plain import render
from kobjctl.cli.output.render import render as render_rich
from kobjctl.cli.views.replay import tally_view
from kobjctl.model.run import Run, StepLog
from kobjctl.replay.tally import ReplayTally

SHOWN = """\
6 payloads  1 rejected  5 runs  1.5 s  4 payloads/s

Rejected payloads
rejected  example           why
       1  orders.ndjson:17  it is no JSON

Runs
runs   share  status     workflow
   4  80.0 %  completed  order
   1  20.0 %  failed     order

Paths
runs   share  example run  status     path
   3  60.0 %            1  completed  lookup → found → add
   1  20.0 %            4  completed  ✗ lookup → sorry
   1  20.0 %            5  failed     ✗ lookup

Failures
failed  example run  step    message
     2            4  lookup  no customer has the id "<id>" (1 handled)

Warnings
warned  example run  step  message
     3            1  add   the parameter "x" was cast

Records
created  kind
      3  note

Slowest runs
run  duration  status     workflow  payload
  5    5.0 ms  failed     order     orders.ndjson:5
  4    4.0 ms  completed  order     orders.ndjson:4
  3    3.0 ms  completed  order     orders.ndjson:3
  2    2.0 ms  completed  order     orders.ndjson:2
  1    1.0 ms  completed  order     orders.ndjson:1
"""


def step(step_id, action=None, error="", warnings=()):
    told = {"message": error} if error else None
    return StepLog(1, step_id, "", action, "completed", {}, {}, told, "", 0, [*warnings])


FOUND = (
    step("1"),
    step("lookup"),
    step("found"),
    step("add", "kustomer.note.create", warnings=['the parameter "x" was cast']),
)
BROKEN = (step("1"), step("lookup", error='no customer has the id "5f75c63cd5c0384ad82a17ae"'))


def add(tally, number, status, steps, workflow="order"):
    run = Run("", number, "", "", "", None, "", workflow, 1, status, "", float(number))
    tally.accept()
    tally.add(run, steps, f"orders.ndjson:{number}")


@pytest.fixture
def tally():
    tally = ReplayTally()
    for number in (1, 2, 3):
        add(tally, number, "completed", FOUND)
    add(tally, 4, "completed", (*BROKEN, step("sorry")))
    add(tally, 5, "failed", BROKEN)
    tally.reject("it is no JSON", "orders.ndjson:17")
    tally.seconds = 1.5
    return tally


def shown(tally, **facts):
    lines = []
    render(tally_view(tally, **facts)[1], lines.append)
    return "".join(lines)


def test_a_tally_shows_what_the_runs_came_to(tally):
    assert SHOWN == shown(tally)


def test_runs_that_are_not_kept_are_named_by_their_payloads(tally):
    lines = shown(tally, kept=False).splitlines()

    assert "   3  60.0 %  orders.ndjson:1  completed  lookup → found → add" in lines
    assert "duration  status     workflow  payload" in lines


def test_of_many_paths_the_most_frequent_are_shown(tally):
    for number in range(20):
        add(tally, 100 + number, "completed", (step("1"), step(f"s{number}")))

    lines = shown(tally).splitlines()
    assert "and 13 more paths: --json and --html have them" in lines
    assert 10 == len([line for line in lines if " %  " in line and "order" not in line])


def test_several_workflows_are_told_apart(tally):
    add(tally, 6, "stopped", (step("1"),), workflow="nps")

    text = shown(tally)
    assert all(title in text for title in ("Paths of nps", "Paths of order", "Failures of order"))


def test_nothing_is_shown_where_there_was_nothing():
    assert "0 payloads  0 runs\n\nRuns\nno workflow ran\n" == shown(ReplayTally())


@pytest.mark.parametrize("width", [80, 50, 30])
def test_it_fits_a_narrow_terminal(tally, width):
    out = io.StringIO()
    render_rich(tally_view(tally)[1], Console(file=out, width=width))

    assert width >= max(cell_len(line) for line in out.getvalue().splitlines())
