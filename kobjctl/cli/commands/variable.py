"""`kobjctl variable`: the values that workflows use and no file holds."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_workflow, group
from kobjctl.cli.output.blocks import Line
from kobjctl.cli.session import session_of
from kobjctl.cli.value import Env, Value, read_value

app = group("Set and list the variables of workflows, such as API keys.")

Workflow = Annotated[
    str, typer.Argument(help="The workflow's name.", autocompletion=complete_workflow)
]
Name = Annotated[str, typer.Argument(help="The variable's name or id.")]


@app.command("set", cls=Command)
def set_(
    ctx: typer.Context,
    workflow: Workflow,
    name: Name,
    value: Value = None,
    env: Env = None,
) -> None:
    """Set a variable of a workflow.

    Templates use it as `{{{variables.NAME}}}`, by its name or by the platform's id. Its value is
    never exported, and logs show `***` in its place.

    \b
    Examples:
      kobjctl variable set order apiKey --env SHOP_KEY
      pass show shop/key | kobjctl variable set order apiKey -
      kobjctl variable set order 63da823147407a231b1bbfce s3cret
    """
    from kobjctl.app.definitions import variables
    from kobjctl.cli.views.event import variable_json

    session = session_of(ctx)
    text = read_value(value, env)
    variable = variables.set_value(session.org, workflow, name, text)
    short = len(text) < variables.SHORT
    if short:
        session.say(
            "note: a value this short is masked only as a whole value, not inside other text"
        )
    session.show(
        variable_json(variable), [Line(f'variable "{variable.name}" of {workflow} is set')]
    )


@app.command("list", cls=Command)
def list_(ctx: typer.Context, workflow: Workflow) -> None:
    """List a workflow's variables, and those that it uses but lacks.

    \b
    Example:
      kobjctl variable list order
    """
    from kobjctl.app.definitions import variables
    from kobjctl.cli.views.event import variable_list

    session = session_of(ctx)
    session.show(*variable_list(variables.all_of(session.org.store, workflow)))


@app.command(cls=Command)
def unset(ctx: typer.Context, workflow: Workflow, name: Name) -> None:
    """Remove a variable of a workflow.

    \b
    Example:
      kobjctl variable unset order apiKey
    """
    from kobjctl.app.definitions import variables
    from kobjctl.cli.views.event import variable_json

    session = session_of(ctx)
    variable = variables.unset(session.org.store, workflow, name)
    session.show(
        variable_json(variable) | {"value": None},
        [Line(f'variable "{variable.name}" of {workflow} is no longer set')],
    )
