"""`kobjctl apply`: load files into the org."""

from pathlib import Path
from typing import Annotated

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import Session, session_of

app = group("Load files.")


@app.command(cls=Command)
def apply(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Workflow files, app files or folders.")],
    force: Annotated[
        bool, typer.Option("--force", help="Load files with errors too, as far as possible.")
    ] = False,
) -> None:
    """Load klasses, hooks, workflows and apps from files.

    A file is YAML or JSON: a workflow file, an app definition, a workflow that the platform
    exported, or an answer of its API (one workflow or a list). All files are validated first, as
    kobjctl validate does; if one has an error, nothing is loaded. You may load the same files again
    at any time.

    With --force, everything with a valid structure is loaded, and the exit status is 1 if anything
    was skipped.

    \b
    Examples:
      kobjctl apply sample_workflows/
      kobjctl apply order.yaml nps.json --json
      kobjctl apply order.yaml --force
    """
    from kobjctl.app.definitions.apply import LOADED, load, read
    from kobjctl.cli.views.org import applied
    from kobjctl.cli.views.problem import problem_lines

    session = session_of(ctx)
    present = session.present_org
    files = read(paths, present and present.store)
    if not force:
        # What is refused makes no org.
        files.refuse_errors(LOADED)
    result = load(session.new_org, files, force=force)
    for block in problem_lines(result.problems):
        session.say(block)
    session.show(*applied(result))
    _tell_lacking(session, [each.name for each in result.changes if each.kind == "app"])
    if result.left_out:
        _tell_left_out(session, result.left_out)
        raise typer.Exit(1)


def _tell_lacking(session: Session, apps: list[str]) -> None:
    """Say which settings of apps are still to be set."""
    if not apps:
        return
    from kobjctl.app.definitions.settings import lacking

    for key in lacking(session.new_org.store, apps):
        session.say(f'the setting "{key}" is required and empty: kobjctl setting set {key} VALUE')


def _tell_left_out(session: Session, count: int) -> None:
    noun = "object was" if count == 1 else "objects were"
    session.say(f"{count:,} {noun} skipped: see the errors above")
