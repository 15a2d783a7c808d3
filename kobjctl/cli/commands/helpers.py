"""`kobjctl helpers`: what a template may call as `{{NAME}}`."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Helpers.")


def _complete(_ctx: typer.Context, incomplete: str) -> list[str]:
    from kobjctl.expressions.handlebars import HELPERS

    return [name for name in HELPERS if name.startswith(incomplete)]


@app.command(cls=Command)
def helpers(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="One helper.", autocompletion=_complete)
    ] = None,
) -> None:
    """List the helpers that templates may call, or show one with examples.

    \b
    Examples:
      kobjctl helpers
      kobjctl helpers dateFormat
    """
    from kobjctl.expressions.handlebars import HELPERS

    session = session_of(ctx)
    if name is None:
        from kobjctl.cli.views.catalogue import helper_list

        session.show(*helper_list(HELPERS.values()))
        return
    from kobjctl.app.examples import member
    from kobjctl.cli.views.language import helper_view

    session.show(*helper_view(member("helper", name, HELPERS)))
