"""`kobjctl schema`: the JSON Schema of workflow and app files."""

import typer

from kobjctl.cli.command import Command, group, session_of

app = group("Schema.")


@app.command(cls=Command)
def schema(ctx: typer.Context) -> None:
    """Print the JSON Schema of workflow and app files, for editors.

    An editor that has it completes keys and names and underlines what doesn't fit.

    \b
    Example:
      kobjctl schema > kobjctl.schema.json
    """
    from kobjctl.actions import ACTIONS
    from kobjctl.expressions.operators import OPERATORS
    from kobjctl.files.json_schema import json_schema

    session_of(ctx).print_json(json_schema(ACTIONS, OPERATORS))
