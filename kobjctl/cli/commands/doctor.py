"""`kobjctl doctor`: what kobjctl works with, and what is wrong with it."""

import sys

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Doctor.")


@app.command(cls=Command)
def doctor(ctx: typer.Context) -> None:
    """Show versions, database, terminal and settings, and what is wrong with them.

    One paste for the report of a bug: no secrets, no contents of the org. Nothing is changed, and a
    database that is damaged or of a newer kobjctl is told as such. Exit status 1 when something is
    wrong.

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
