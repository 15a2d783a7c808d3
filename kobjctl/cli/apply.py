"""`kobjctl apply`: load files into the org."""

from pathlib import Path
from typing import Annotated

import typer

from kobjctl.cli.command import Command, group, session_of

app = group("Load files.")


@app.command(cls=Command)
def apply(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Workflow files, app files, or folders.")],
) -> None:
    """Load klasses, hooks, workflows and apps from files.

    A file may be what the platform gives out: a workflow, an answer of its API (one or a list),
    an app definition; each in JSON or YAML. Do it as often as you like. All files are checked
    first; when one has a problem, nothing is loaded.

    \b
    Examples:
      kobjctl apply sample_workflows/
      kobjctl apply order.yaml nps.json --json
    """
    from kobjctl.app.apply import load, read
    from kobjctl.cli.views_org import applied
    from kobjctl.cli.views_problem import problem_lines

    session = session_of(ctx)
    files = read(paths, session.present_org)
    # What is refused anyway makes no org.
    org = session.org if files.has_errors else session.new_org
    result = load(org, files)
    for block in problem_lines(result.warnings):
        session.say(block)
    session.show(*applied(result))
