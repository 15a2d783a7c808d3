"""`kobjctl operators`: what a condition may ask."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Operators.")


def _complete(_ctx: typer.Context, incomplete: str) -> list[str]:
    from kobjctl.expressions.operators import OPERATORS

    return [name for name in OPERATORS if name.startswith(incomplete)]


@app.command(cls=Command)
def operators(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="One operator.", autocompletion=_complete)
    ] = None,
) -> None:
    """List the operators a condition may use, or show one with examples.

    \b
    Examples:
      kobjctl operators
      kobjctl operators contains
    """
    from kobjctl.expressions.operators import OPERATORS

    session = session_of(ctx)
    if name is None:
        from kobjctl.cli.views.catalogue import operator_list

        session.show(*operator_list(OPERATORS.values()))
        return
    from kobjctl.cli.views.language import operator_view
    from kobjctl.expressions.operator_names import operator_named

    session.show(*operator_view(operator_named(name)))
