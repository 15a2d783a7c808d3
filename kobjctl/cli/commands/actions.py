"""`kobjctl actions`: what a step may do."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_app_action, group
from kobjctl.cli.session import session_of
from kobjctl.model.app import plain_name
from kobjctl.model.errors import UnknownNameError

app = group("Actions.")


def _complete(ctx: typer.Context, incomplete: str) -> list[str]:
    from kobjctl.actions import ACTIONS

    names = [*ACTIONS, *complete_app_action(ctx, incomplete)]
    return [name for name in names if name.startswith(incomplete)]


@app.command(cls=Command)
def actions(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="The name of an action.", autocompletion=_complete)
    ] = None,
) -> None:
    """List the actions that steps may use, or show one.

    Actions of the org's apps are listed, too.

    \b
    Examples:
      kobjctl actions
      kobjctl actions kustomer.kobject.create-with-customer
    """
    from kobjctl.actions import ACTIONS
    from kobjctl.cli.views.catalogue import action_list, action_view, app_action_view

    session = session_of(ctx)
    org = session.present_org
    if name is None:
        own = org.store.app_actions.all() if org else ()
        session.show(*action_list(ACTIONS.values(), own))
    elif name in ACTIONS:
        session.show(*action_view(ACTIONS[name]))
    elif org and (part := org.store.app_actions.get(name)):
        session.show(*app_action_view(part))
    else:
        known = [*ACTIONS, *(map(plain_name, org.store.app_actions.names()) if org else ())]
        raise UnknownNameError("action", name, known, otherwise="kobjctl actions lists them")
