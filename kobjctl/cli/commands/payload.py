"""`kobjctl payload`: keep payloads under names."""

from typing import Annotated

import typer

from kobjctl.cli.body import Data, body_of
from kobjctl.cli.command import Command, complete_hook, complete_payload, group
from kobjctl.cli.session import session_of
from kobjctl.model.errors import UsageError

app = group("Save payloads under names, to send them again.")

Name = Annotated[str, typer.Argument(help="The payload's name.", autocompletion=complete_payload)]


@app.command(cls=Command)
def save(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The payload's new name.")],
    file: Annotated[
        str | None, typer.Argument(help="The file with the payload; - is standard input.")
    ] = None,
    data: Data = None,
    run: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Save what started this run: its number, id, or last."),
    ] = None,
    hook: Annotated[
        str | None,
        typer.Option(help="The hook that it is for.", autocompletion=complete_hook),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over the payload that has this name.")
    ] = False,
) -> None:
    """Save a payload under a name.

    kobjctl hook send --saved NAME sends it, to its hook if you say none.

    \b
    Examples:
      kobjctl payload save big-order order.json --hook orders
      kobjctl payload save broken --run 7
      kobjctl payload save empty --data '{}'
    """
    from kobjctl.app.definitions import hooks, payloads
    from kobjctl.app.runs.payload import read_any, read_body
    from kobjctl.cli.views.payload import payload_line

    session = session_of(ctx)
    if run is not None:
        if file is not None or data is not None or hook is not None:
            raise UsageError(
                "--run has the payload and its hook", hint="leave out FILE, --data and --hook"
            )
        saved = payloads.save_of_run(session.org, name, run, force=force)
    else:
        body = body_of(file, data, "payload")
        to = hooks.get(session.org.store, hook) if hook is not None else None
        payload = read_body(to, body.raw, body.name) if to else read_any(body.raw, body.name)
        saved = payloads.save(session.org, name, payload, to, force=force)
    session.show(*payload_line(saved, "saved"))


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the saved payloads.

    \b
    Example:
      kobjctl payload list
    """
    from kobjctl.cli.views.payload import payload_list

    session = session_of(ctx)
    session.show(*payload_list(session.org.store.payloads.all()))


@app.command(cls=Command)
def show(ctx: typer.Context, name: Name) -> None:
    """Show a saved payload.

    \b
    Example:
      kobjctl payload show big-order
    """
    from kobjctl.app.definitions import payloads
    from kobjctl.cli.views.payload import payload_view

    session = session_of(ctx)
    saved = payloads.find(session.org.store, name)
    session.show(*payload_view(saved, payloads.shown(session.org.store, saved)))


@app.command(cls=Command)
def delete(ctx: typer.Context, name: Name) -> None:
    """Delete a saved payload.

    \b
    Example:
      kobjctl payload delete big-order
    """
    from kobjctl.app.definitions import payloads
    from kobjctl.cli.views.payload import payload_line

    session = session_of(ctx)
    session.show(*payload_line(payloads.delete(session.org.store, name), "deleted"))
