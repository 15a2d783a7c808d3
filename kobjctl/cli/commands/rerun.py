"""`kobjctl logs rerun` and `logs diff`: run again, and see what came out otherwise."""

from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.command import complete_workflow
from kobjctl.cli.ending import exit_by
from kobjctl.cli.run_filter import complete_status, run_filter
from kobjctl.cli.session import Session, session_of
from kobjctl.model.errors import UsageError
from kobjctl.model.run import END_STATUSES, OPEN_STATUSES

if TYPE_CHECKING:
    from kobjctl.store.runs import RunFilter


def rerun(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    run: Annotated[str | None, typer.Argument(help="A run: its number, its id, or last.")] = None,
    from_step: Annotated[
        str | None,
        typer.Option(
            help="Begin at this step, by its id or its number; the outputs of earlier"
            " steps come from the log."
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            help="Rerun the runs with this status, such as failed.", autocompletion=complete_status
        ),
    ] = None,
    workflow: Annotated[
        str | None,
        typer.Option(help="Rerun the runs of this workflow.", autocompletion=complete_workflow),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Rerun the runs since this time, such as 2h, 7d or 2026-01-02."),
    ] = None,
) -> None:
    """Run a workflow again with what started an earlier run.

    The workflow runs as it is now, even if it is disabled. The result is a new run, linked to the
    first; what the first one wrote stays. Several runs are rerun in their order; those that were
    rerun before, or that others of them set off, are skipped. Exit status 1 if a run failed.

    \b
    Examples:
      kobjctl logs rerun 7
      kobjctl logs rerun last --from-step add-order
      kobjctl logs rerun --status failed --since 1d
      kobjctl logs rerun --workflow order --status stopped --json
    """
    session = session_of(ctx)
    if run is not None and (status or workflow or since):
        raise UsageError(
            "a run can't be combined with options that select runs",
            hint="leave out the run to rerun several by --status, --workflow or --since",
        )
    if run is None and from_step is not None:
        raise UsageError(
            "--from-step needs a run", hint=f"kobjctl logs rerun RUN --from-step {from_step}"
        )
    if run is None and not (status or workflow or since):
        raise UsageError(
            "no run is named", hint="name one, or select several: --status failed --since 1d"
        )
    if run is not None:
        _rerun_one(session, run, from_step)
    else:
        _rerun_many(session, run_filter(session, status, workflow, since))


def _rerun_one(session: Session, run: str, from_step: str | None) -> None:
    from kobjctl.app.runs import reruns
    from kobjctl.cli.views.send import rerun_view

    reports = reruns.rerun(session.engine, run, from_step)
    session.show(*rerun_view(reports))
    exit_by(report.run for report in reports)


def _rerun_many(session: Session, wanted: "RunFilter") -> None:
    from kobjctl.app.runs import reruns
    from kobjctl.cli.views.logs import rerun_summary, rerun_tree

    if wanted.status in OPEN_STATUSES:
        raise UsageError(
            f"a run that is {wanted.status} has not ended yet",
            hint=f"choose a status of runs that ended: {', '.join(END_STATUSES)}",
        )
    engine = session.engine
    selection = reruns.select(engine.org.store, wanted)
    done = []
    for reports in reruns.rerun_all(engine, selection.numbers):
        if not reports:
            selection = selection._replace(repeated=selection.repeated + 1)
            continue
        done.append([report.summary for report in reports])
        if not session.json:
            session.print(rerun_tree(reports))
    session.show(*rerun_summary(done, selection))
    exit_by(each.run for summaries in done for each in summaries)


def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(help="A run: its number, its id, or last.")],
    new: Annotated[str, typer.Argument(help="Another run, such as a rerun of OLD.")],
) -> None:
    """Compare two runs step by step.

    It shows the steps that only one of them took, the branches that differ, and what differs in the
    input, output and error of steps that both took. Ids and times may differ, as long as the same
    id stands in the same places. Exit status 1 if anything differs, 0 if nothing does.

    \b
    Examples:
      kobjctl logs diff 7 last
      kobjctl logs diff 7 9 --json
    """
    from kobjctl.app.runs import run_diff
    from kobjctl.cli.views.diff import run_difference

    session = session_of(ctx)
    compared = run_diff.compare(session.org.store, old, new)
    session.show(*run_difference(compared))
    if not compared.is_same:
        raise typer.Exit(1)
