"""`kobjctl doctor`: what kobjctl works with, and what is wrong with it."""

import sys

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Doctor.")


@app.command(cls=Command)
def doctor(ctx: typer.Context) -> None:
    """Check versions, database, terminal and settings.

    Paste the output into a bug report: it holds no secrets and no contents of the org. The command
    changes nothing; it also describes a database that is damaged or was made by a newer kobjctl.
    Exit status 1 if something is wrong.

    \b
    Examples:
      kobjctl doctor
      kobjctl doctor --db old.db --json
    """
    from kobjctl.app.diagnosis import diagnose
    from kobjctl.cli.terminal import describe_terminal
    from kobjctl.cli.views.doctor import diagnosis_view

    session = session_of(ctx)
    diagnosis, terminal = diagnose(session.database), describe_terminal(sys.stdout)
    session.show(*diagnosis_view(diagnosis, terminal))
    if diagnosis.errors or terminal.errors:
        raise typer.Exit(1)
