"""`kobjctl functions`: what a value may call as `/#fn:NAME,PATH`."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Functions.")


def _complete(_ctx: typer.Context, incomplete: str) -> list[str]:
    from kobjctl.expressions.functions import FUNCTIONS

    return [name for name in FUNCTIONS if name.startswith(incomplete)]


@app.command(cls=Command)
def functions(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="One function.", autocompletion=_complete)
    ] = None,
) -> None:
    """List the functions that values may call, or show one with examples.

    \b
    Examples:
      kobjctl functions
      kobjctl functions parseInt
    """
    from kobjctl.expressions.functions import FUNCTIONS

    session = session_of(ctx)
    if name is None:
        from kobjctl.cli.views.catalogue import function_list

        session.show(*function_list(FUNCTIONS.values()))
        return
    from kobjctl.app.examples import member
    from kobjctl.cli.views.language import function_view

    session.show(*function_view(member("function", name, FUNCTIONS)))
