"""`kobjctl app`: look at apps, give their definitions back."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_app, group
from kobjctl.cli.session import session_of

app = group("Show apps, and export their definitions.")

Name = Annotated[str, typer.Argument(help="The app's name.", autocompletion=complete_app)]


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the apps.

    \b
    Example:
      kobjctl app list
    """
    from kobjctl.cli.views.app import app_list

    session = session_of(ctx)
    session.show(*app_list(session.org.store.apps.all()))


@app.command(cls=Command)
def show(ctx: typer.Context, name: Name) -> None:
    """Show what an app defines, and what has changed since it was loaded.

    \b
    Example:
      kobjctl app show parcels
    """
    from kobjctl.app.definitions import apps
    from kobjctl.cli.views.app import app_view

    session = session_of(ctx)
    found = apps.get(session.org.store, name)
    session.show(*app_view(found, apps.components(session.org.store, found)))


@app.command(cls=Command)
def export(ctx: typer.Context, name: Name) -> None:
    """Print the definition of an app, to register it on the platform.

    Klasses, hooks, workflows and actions are printed as they are in the org now; those that nobody
    changed since the app was loaded are printed word for word.

    \b
    Example:
      kobjctl app export parcels > parcels.json
    """
    from kobjctl.app.definitions import apps

    session = session_of(ctx)
    session.print_json(apps.export(session.org.store, apps.get(session.org.store, name)))
