"""`kobjctl functions`: what a value may call as `/#fn:NAME,PATH`."""

import typer

from kobjctl.cli.command import Command, group, session_of

app = group("Functions.")


@app.command(cls=Command)
def functions(ctx: typer.Context) -> None:
    """List the functions that values may call.

    \b
    Example:
      kobjctl functions
    """
    from kobjctl.cli.views_catalogue import function_list
    from kobjctl.expressions.functions import FUNCTIONS

    session_of(ctx).show(*function_list(FUNCTIONS.values()))
