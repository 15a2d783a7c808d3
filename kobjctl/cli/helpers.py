"""`kobjctl helpers`: what a template may call as `{{NAME}}`."""

import typer

from kobjctl.cli.command import Command, group, session_of

app = group("Helpers.")


@app.command(cls=Command)
def helpers(ctx: typer.Context) -> None:
    """List the helpers that templates may call.

    \b
    Example:
      kobjctl helpers
    """
    from kobjctl.cli.views_catalogue import helper_list
    from kobjctl.expressions.handlebars import HELPERS

    session_of(ctx).show(*helper_list(HELPERS.values()))
