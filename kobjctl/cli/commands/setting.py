"""`kobjctl setting`: the settings that apps' actions use."""

from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_setting, group
from kobjctl.cli.session import session_of
from kobjctl.cli.value import Env, Value, read_value

app = group("Set the values that actions of apps use.")

Key = Annotated[
    str,
    typer.Argument(help="The setting's key: APP.CATEGORY.NAME.", autocompletion=complete_setting),
]


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the settings, without the values of secrets.

    \b
    Example:
      kobjctl setting list
    """
    from kobjctl.cli.views.app import setting_list

    session = session_of(ctx)
    session.show(*setting_list(session.org.store.settings.all()))


@app.command("set", cls=Command)
def set_(
    ctx: typer.Context,
    key: Key,
    value: Value = None,
    env: Env = None,
    secret: Annotated[
        bool, typer.Option("--secret", help="Hide the value everywhere, also in logs.")
    ] = False,
) -> None:
    """Set a setting.

    For a secret, use - or --env: shells remember what you type.

    \b
    Examples:
      kobjctl setting set parcels.default.days 3
      kobjctl setting set parcels.default.token --env PARCELS_TOKEN
      kobjctl setting set parcels.default.token - < token.txt
    """
    from kobjctl.app.definitions import settings
    from kobjctl.cli.output.blocks import Line
    from kobjctl.cli.views.app import setting_json

    session = session_of(ctx)
    text = read_value(value, env)
    setting = settings.set_value(session.new_org, key, text, secret=secret)
    if not setting.app:
        from kobjctl.model.app import plain_key
        from kobjctl.model.slips import one_slip_away

        known = settings.known_keys(session.org.store)
        close = "" if plain_key(key) in known else one_slip_away(plain_key(key), known)
        meant = f'did you mean "{close}"?' if close else "actions can use it anyway"
        session.say(f'note: no app in the org declares "{key}"; {meant}')
    session.show(setting_json(setting), [Line(f'setting "{setting.key}" is set')])


@app.command(cls=Command)
def unset(ctx: typer.Context, key: Key) -> None:
    """Remove the value of a setting; the app's default applies again.

    \b
    Example:
      kobjctl setting unset parcels.default.days
    """
    from kobjctl.app.definitions import settings
    from kobjctl.cli.output.blocks import Line
    from kobjctl.cli.views.app import setting_json

    session = session_of(ctx)
    setting = settings.unset(session.org, key)
    session.show(setting_json(setting), [Line(f'setting "{setting.key}" is no longer set')])
