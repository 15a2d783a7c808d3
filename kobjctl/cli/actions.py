"""`kobjctl actions`: what a step may do."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, group, session_of
from kobjctl.model.errors import UnknownNameError

app = group("Actions.")


def _complete(incomplete: str) -> list[str]:
    from kobjctl.actions import ACTIONS

    return [name for name in ACTIONS if name.startswith(incomplete)]


@app.command(cls=Command)
def actions(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="One action.", autocompletion=_complete)
    ] = None,
) -> None:
    """List the actions a step may name, or show one.

    \b
    Examples:
      kobjctl actions
      kobjctl actions kustomer.kobject.create-with-customer
    """
    from kobjctl.actions import ACTIONS
    from kobjctl.cli.views_catalogue import action_list, action_view

    session = session_of(ctx)
    if name is None:
        session.show(*action_list(ACTIONS.values()))
    elif name in ACTIONS:
        session.show(*action_view(ACTIONS[name]))
    else:
        raise UnknownNameError("action", name, ACTIONS, otherwise="kobjctl actions lists them")
