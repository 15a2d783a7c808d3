"""How starting what is due is told: its lines never say two different things."""

import pytest

from kobjctl.app.runs.schedules import Backlog
from kobjctl.cli.output.plain import render
from kobjctl.cli.views.event import due_view
from kobjctl.model.run import Schedule

NOON = "2026-01-02T12:00:00.000Z"
LIMIT = "1,000 scheduled runs start within 15 minutes, as on the platform"
FIRST = Schedule("", 1, "", "callee", {}, NOON, None, NOON)


@pytest.mark.parametrize(
    ("dropped", "backlog", "expected"),
    [
        (0, Backlog(0, None), ["no runs are due"]),
        (1, Backlog(0, None), ["no run started"]),
        (
            0,
            Backlog(2, FIRST),
            ["no runs are due", "2 waiting, the next one is due at 2026-01-02 12:00:00 UTC"],
        ),
        (
            0,
            Backlog(2, FIRST, is_due=True),
            [
                "no run started",
                "2 waiting, the next one has been due since 2026-01-02 12:00:00 UTC",
            ],
        ),
        (
            0,
            Backlog(2, FIRST, held_until="2026-01-02T12:15:00.000Z"),
            [
                "no run started",
                f"{LIMIT}: the next starts at 2026-01-02 12:15:00 UTC",
            ],
        ),
    ],
)
def test_what_waits_is_told_as_due_only_where_it_is(dropped, backlog, expected):
    lines = []
    render(due_view([], dropped, backlog)[1], lines.append)

    assert expected == "".join(lines).splitlines()
