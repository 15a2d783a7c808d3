"""`kobjctl schedule`: runs that are to start later."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, RunningCommand, group
from kobjctl.cli.ending import exit_by
from kobjctl.cli.options import Limit
from kobjctl.cli.output.blocks import Line
from kobjctl.cli.parameters import MOST
from kobjctl.cli.session import session_of

app = group("List, start and cancel scheduled runs.")


@app.command("list", cls=Command)
def list_(
    ctx: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="List scheduled runs that have started, too.")
    ] = False,
    limit: Limit = 20,
) -> None:
    """List the scheduled runs, the next one first.

    \b
    Example:
      kobjctl schedule list
    """
    from kobjctl.cli.views.event import schedule_list

    session = session_of(ctx)
    store = session.org.store.schedules
    found = store.all(limit) if every else store.waiting(limit)
    session.show(*schedule_list(found, every=every))


@app.command("run-due", cls=RunningCommand)
def run_due(
    ctx: typer.Context,
    advance: Annotated[
        str | None,
        typer.Option(
            help="Move the clock forward, such as 90s, 2h or 7d, and start all runs due by then."
        ),
    ] = None,
) -> None:
    """Start the scheduled runs that are due.

    It also starts the runs that these schedule, once they are due. With --advance, each run sees
    the time it is due at, so a test needn't wait. As on the platform, at most 1,000 runs start
    within 15 minutes; the others wait until these have passed. Exit status 1 if a run failed.

    \b
    Examples:
      kobjctl schedule run-due
      kobjctl schedule run-due --advance 2h
      kobjctl schedule run-due --now 2026-01-02T03:04:05Z --seed 1
    """
    from kobjctl.app.runs import schedules
    from kobjctl.cli.views.event import due_view
    from kobjctl.cli.views.logs import follow_line
    from kobjctl.files.times import later

    session = session_of(ctx)
    engine = session.engine
    until = later(advance, engine.org.now()) if advance is not None else engine.org.now()
    ran, dropped = [], 0
    for schedule, reports in schedules.run_due(engine, until):
        ran += [report.summary for report in reports]
        if not reports:
            dropped += 1
            session.say(
                f"note: scheduled run {schedule.number} was dropped: workflow"
                f' "{schedule.workflow_name}" is disabled'
            )
        for report in reports if not session.json else ():
            session.show_line(*follow_line(report.summary))
    session.show(*due_view(ran, dropped, schedules.backlog(engine.org, until)))
    exit_by(each.run for each in ran)


@app.command(cls=Command)
def cancel(
    ctx: typer.Context,
    number: Annotated[
        int, typer.Argument(help="The number that kobjctl schedule list shows.", min=1, max=MOST)
    ],
) -> None:
    """Cancel a scheduled run before it starts.

    \b
    Example:
      kobjctl schedule cancel 3
    """
    from kobjctl.app.runs import schedules
    from kobjctl.app.runs.as_json import schedule_json

    session = session_of(ctx)
    schedule = schedules.cancel(session.org.store, number)
    line = f"cancelled scheduled run {number} of {schedule.workflow_name}"
    session.show(schedule_json(schedule) | {"deleted": True}, [Line(line)])
