"""`kobjctl logs`: what runs did, and why."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.app.words import counted
from kobjctl.cli.command import Command, ResumingCommand, RunningCommand, complete_workflow, group
from kobjctl.cli.commands.rerun import diff, rerun
from kobjctl.cli.commands.resume import resume
from kobjctl.cli.groups import DefaultGroup
from kobjctl.cli.output.blocks import Line
from kobjctl.cli.parameters import MOST
from kobjctl.cli.run_filter import complete_status, run_filter
from kobjctl.cli.session import Session, session_of
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.store.runs import RunFilter

app = group("Show what runs did, step by step, and why.", DefaultGroup)

FOLLOW_EVERY = 0.3


@app.command(cls=Command)
def show(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    run: Annotated[str | None, typer.Argument(help="A run: its number, its id, or last.")] = None,
    step: Annotated[
        str | None,
        typer.Option(help="Show this step, by its id or its number (default: of the newest run)."),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            help="List only runs with this status, such as failed.", autocompletion=complete_status
        ),
    ] = None,
    workflow: Annotated[
        str | None,
        typer.Option(help="List only runs of this workflow.", autocompletion=complete_workflow),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="List only runs since this time, such as 2h, 7d or 2026-01-02."),
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(
            help="Show what this JSONPath finds in the step's output (default: the trigger's)."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", help="List at most this many runs.", min=1, max=MOST)
    ] = 20,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Show each run as it ends, until Ctrl-C.")
    ] = False,
) -> None:
    """List recent runs, or show one run or one of its steps.

    A run is shown as a tree of its steps and branches. In a pipe, --step prints only the step's
    output, as JSON. kobjctl logs prune deletes old runs.

    \b
    Examples:
      kobjctl logs                               recent runs, newest first
      kobjctl logs 7                             each step and branch of run 7
      kobjctl logs --step 1                      what the newest run received
      kobjctl logs last --step lookup            one step, by its id
      kobjctl logs --status failed --since 2h
      kobjctl logs --path '$.attributes.data.email'
    """
    from kobjctl.store.runs import RunFilter

    session = session_of(ctx)
    if (run or step) and (status or workflow or since or follow):
        raise UsageError(
            "a run can't be combined with options that select runs",
            hint="leave out the run to list runs by --status, --workflow, --since or --follow",
        )
    if follow:
        _follow(session, run_filter(session, status, workflow, since))
    elif step is not None:
        _show_step(session, run, step, path)
    elif run is not None:
        _show_run(session, run, path)
    else:
        from kobjctl.app.runs import runs
        from kobjctl.cli.views.logs import found_list, run_list

        wanted = run_filter(session, status, workflow, since)
        if path is not None:
            session.show(*found_list([*runs.find(session.org.store, wanted, limit, path)], path))
        else:
            filtered = wanted != RunFilter()
            session.show(
                *run_list(runs.search(session.org.store, wanted, limit), filtered=filtered)
            )


def _show_run(session: Session, run: str, path: str | None) -> None:
    from kobjctl.app.runs import runs
    from kobjctl.app.runs.as_json import run_json
    from kobjctl.cli.views.run import run_tree

    if path is not None:
        _show_step(session, run, "1", path)
        return
    report = runs.report(session.org.store, run)
    session.show(run_json(report), run_tree(report))


def _show_step(session: Session, run: str | None, step: str, path: str | None) -> None:
    from kobjctl.app.runs import runs
    from kobjctl.app.runs.as_json import step_json
    from kobjctl.cli.output.blocks import JsonBlock
    from kobjctl.cli.views.run import step_tree, step_view
    from kobjctl.files import jsonpath

    org = session.org
    log = runs.step_of(org.store, runs.find_run(org.store, run or runs.LAST), step)
    if path is not None:
        found = jsonpath.find(path, log.output)
        if not found:
            raise UsageError(
                f'"{path}" finds nothing in the output of step "{log.step_id}"',
                hint=f"kobjctl logs --step {log.step_id} shows the output",
            )
        session.show(found, [JsonBlock("", value) for value in found])
    else:
        # A program gets what it can copy.
        blocks = step_view(log) if session.is_terminal else [JsonBlock("", log.output)]
        session.show(step_json(log), blocks)
        if log.error and not (session.is_terminal or session.json):
            session.print([step_tree(log)], sys.stderr)


def _follow(session: Session, wanted: "RunFilter") -> None:
    from kobjctl.app.runs import runs
    from kobjctl.cli.views.logs import follow_line

    org = session.new_org
    session.say("waiting for runs; stop with Ctrl-C")
    newest = org.store.runs.newest()
    seen = newest.number if newest else 0
    try:
        while True:
            for summary in runs.ended_after(org.store, wanted, seen):
                session.show_line(*follow_line(summary))
                seen = summary.run.number
            time.sleep(FOLLOW_EVERY)
    except KeyboardInterrupt:
        return


@app.command(cls=Command)
def prune(
    ctx: typer.Context,
    keep: Annotated[
        int | None, typer.Option(help="Keep this many of the newest runs.", min=0, max=MOST)
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(help="Delete runs from before this time, such as 30d or 2026-01-02."),
    ] = None,
    vacuum: Annotated[
        bool,
        typer.Option(
            "--vacuum",
            help="Rewrite the database as small as possible; nobody else can write meanwhile.",
        ),
    ] = False,
) -> None:
    """Delete old runs with their logs and payloads.

    kobjctl never deletes runs by itself. Workflows can run meanwhile. The space goes back to the
    disk, unless an older kobjctl made the database: then run it once with --vacuum.

    \b
    Examples:
      kobjctl logs prune --keep 1000
      kobjctl logs prune --older-than 30d
    """
    from kobjctl.app.runs.pruning import prune as prune_runs
    from kobjctl.cli.views.logs import room_line
    from kobjctl.files.times import read_time

    if keep is None and older_than is None and not vacuum:
        raise UsageError(
            "no option says which runs to delete", hint="add --keep 1000 or --older-than 30d"
        )
    session = session_of(ctx)
    org = session.org
    before = read_time(older_than, org.now()) if older_than is not None else ""
    pruned = prune_runs(org.store, keep=keep, before=before, rebuild=vacuum)
    session.show({"deletedCount": pruned.runs}, [Line(f"deleted {counted(pruned.runs, 'run')}")])
    if line := room_line(pruned.given_back, pruned.unused):
        session.say(line)


app.command(cls=RunningCommand)(rerun)
app.command(cls=ResumingCommand)(resume)
app.command(cls=Command)(diff)
