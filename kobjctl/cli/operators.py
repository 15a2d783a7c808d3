"""`kobjctl operators`: what a condition may ask."""

import typer

from kobjctl.cli.command import Command, group, session_of

app = group("Operators.")


@app.command(cls=Command)
def operators(ctx: typer.Context) -> None:
    """List the operators a condition may use.

    \b
    Example:
      kobjctl operators
    """
    from kobjctl.cli.views_catalogue import operator_list
    from kobjctl.expressions.operators import OPERATORS

    session_of(ctx).show(*operator_list(OPERATORS.values()))
