"""`kobjctl setting`: the settings that apps' actions use."""

import os
import sys
from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_setting, group, session_of
from kobjctl.model.errors import UsageError

app = group("Settings: the values that apps' actions use.")

Key = Annotated[
    str,
    typer.Argument(help="The key: APP.CATEGORY.NAME.", autocompletion=complete_setting),
]
STDIN = "-"


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the settings; secret values are not shown.

    \b
    Example:
      kobjctl setting list
    """
    from kobjctl.cli.views_app import setting_list

    session = session_of(ctx)
    session.show(*setting_list(session.org.store.settings.all()))


@app.command("set", cls=Command)
def set_(
    ctx: typer.Context,
    key: Key,
    value: Annotated[
        str | None, typer.Argument(help="The value; - takes it from standard input.")
    ] = None,
    env: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take the value from the environment.")
    ] = None,
    secret: Annotated[
        bool, typer.Option("--secret", help="Never show the value, not in logs either.")
    ] = False,
) -> None:
    """Set a setting. A secret is better given by - or --env: shells remember what is typed.

    \b
    Examples:
      kobjctl setting set parcels.default.days 3
      kobjctl setting set parcels.default.token --env PARCELS_TOKEN
      kobjctl setting set parcels.default.token - < token.txt
    """
    from kobjctl.app import settings
    from kobjctl.cli.blocks import Line
    from kobjctl.cli.views_app import setting_json

    session = session_of(ctx)
    text = _given(key, value, env)
    setting = settings.set_value(session.new_org, key, text, secret=secret)
    if not setting.app:
        session.say(f'no app in the org declares "{key}"; an action may name it all the same')
    session.show(setting_json(setting), [Line(f'setting "{setting.key}" is set')])


@app.command(cls=Command)
def unset(ctx: typer.Context, key: Key) -> None:
    """Forget what a setting was set to; the app's default counts again.

    \b
    Example:
      kobjctl setting unset parcels.default.days
    """
    from kobjctl.app import settings
    from kobjctl.cli.blocks import Line
    from kobjctl.cli.views_app import setting_json

    session = session_of(ctx)
    setting = settings.unset(session.org, key)
    session.show(setting_json(setting), [Line(f'setting "{setting.key}" is no longer set')])


def _given(key: str, value: str | None, env: str | None) -> str:
    if (value is None) == (env is None):
        raise UsageError(
            "say the value once: as an argument, as - or with --env NAME",
            hint=f"kobjctl setting set {key} VALUE",
        )
    if env is not None:
        if env not in os.environ:
            raise UsageError(f'the environment has no "{env}"', hint=f"set it: {env}=VALUE")
        return os.environ[env]
    if value == STDIN:
        return sys.stdin.read().rstrip("\r\n")
    return str(value)
