"""`kobjctl schema`: the JSON Schema of workflow and app files."""

import typer

from kobjctl.cli.command import Command, group
from kobjctl.cli.session import session_of

app = group("Schema.")


@app.command(cls=Command)
def schema(ctx: typer.Context) -> None:
    """Print the JSON Schema of workflow and app files for editors.

    An editor that has it completes keys, actions, params and operators, and underlines what doesn't
    fit.

    \b
    Example:
      kobjctl schema > kobjctl.schema.json
    """
    from kobjctl.lint.editor_schema import editor_schema

    session_of(ctx).print_json(editor_schema())
