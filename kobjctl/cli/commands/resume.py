"""`kobjctl logs resume`: go on with a run that is paused."""

from typing import Annotated

import typer

from kobjctl.cli.command import completing, read_assignments
from kobjctl.cli.ending import exit_by
from kobjctl.cli.session import session_of
from kobjctl.model.run import PAUSED
from kobjctl.store.runs import RunFilter

complete_paused = completing(
    lambda store: [str(run.number) for run in store.runs.list(RunFilter(status=PAUSED), 20)]
)


def resume(
    ctx: typer.Context,
    run: Annotated[
        str,
        typer.Argument(
            help="A paused run: its number, its id, or last.", autocompletion=complete_paused
        ),
    ],
    assignments: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Don't perform the step, but take this as its output (repeatable); a value that is"
            " JSON is read as JSON.",
        ),
    ] = [],  # noqa: B006
) -> None:
    """Go on with a run that was paused before a step.

    It goes on with the time and the stubs that it began with; hosts must be allowed again. Exit
    status 1 if a run failed.

    \b
    Examples:
      kobjctl logs resume 7
      kobjctl logs resume last --stop-before add-order
      kobjctl logs resume 7 --set id=5f75c63cd5c0384ad82a17ae --set name=Ada
    """
    from kobjctl.app.runs.resume import output_of, resume
    from kobjctl.cli.views.send import resumed_view

    session = session_of(ctx)
    output = output_of(read_assignments(assignments)) if assignments else None
    engine = session.engine
    resumed = resume(engine, run, engine.org.conditions, output)
    session.show(*resumed_view(resumed))
    exit_by(report.run for report in resumed.reports)
