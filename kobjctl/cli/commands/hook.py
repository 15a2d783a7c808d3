"""`kobjctl hook`: make hooks and send payloads to them."""

from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.body import Data, InputBody, body_of
from kobjctl.cli.command import Command, SendingCommand, complete_hook, complete_payload, group
from kobjctl.cli.ending import exit_by
from kobjctl.cli.session import session_of
from kobjctl.model.errors import UsageError
from kobjctl.model.hook import HOOK_TYPES

if TYPE_CHECKING:
    from kobjctl.app.runs.payload import Payload
    from kobjctl.model.hook import Hook
    from kobjctl.store.store import Store

app = group("Make hooks, show them, and send payloads to them.")

Name = Annotated[str, typer.Argument(help="The hook's name.", autocompletion=complete_hook)]
HookChoice = Annotated[
    str | None,
    typer.Option(
        help="Send to this hook (default: the only one, or the one named like the file).",
        autocompletion=complete_hook,
    ),
]


@app.command(cls=Command)
def create(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="The name of the new hook.")],
    type_: Annotated[
        str, typer.Option("--type", help=f"The hook's type: {', '.join(HOOK_TYPES)}.")
    ] = "form",
    description: Annotated[str, typer.Option(help="The hook's purpose, in your words.")] = "",
    key: Annotated[
        str, typer.Option(help="The script's data-kustomer-key, for an email hook.")
    ] = "",
) -> None:
    """Make a hook.

    \b
    Examples:
      kobjctl hook create orders --type form
      kobjctl hook create receipts --type email --key order
    """
    from kobjctl.app.definitions import hooks
    from kobjctl.cli.views.org import hook_view

    session = session_of(ctx)
    hooks.check(name, type_)
    hook = hooks.create(session.new_org, name, hook_type=type_, description=description, key=key)
    session.show(*hook_view(hook, session.org.store.org_id))


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the hooks.

    \b
    Example:
      kobjctl hook list
    """
    from kobjctl.cli.views.org import hook_list

    session = session_of(ctx)
    store = session.org.store
    session.show(*hook_list(store.hooks.all(), store.org_id))


@app.command(cls=Command)
def show(ctx: typer.Context, name: Name) -> None:
    """Show a hook: its address, event name and example payload.

    \b
    Example:
      kobjctl hook show orders
    """
    from kobjctl.app.definitions import hooks
    from kobjctl.cli.views.org import hook_view

    session = session_of(ctx)
    hook = hooks.get(session.org.store, name)
    session.show(*hook_view(hook, session.org.store.org_id))


@app.command(cls=SendingCommand)
def send(
    ctx: typer.Context,
    file: Annotated[
        str | None, typer.Argument(help="The file with the payload; - is standard input.")
    ] = None,
    data: Data = None,
    saved: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Send the payload that has this name (see kobjctl payload).",
            autocompletion=complete_payload,
        ),
    ] = None,
    hook: HookChoice = None,
) -> None:
    """Send a payload to a hook and show what happens.

    kobjctl keeps the payload and runs the workflows that listen to the hook, one after the other,
    then those that listen to the changes that these made. It shows the log of each run. Exit status
    1 if a run failed.

    \b
    Examples:
      kobjctl hook send order.json
      kobjctl hook send order.json --hook orders --json
      kobjctl hook send --hook orders --data '{"orderId": "1"}'
      kobjctl hook send --saved big-order
      kobjctl hook send order.json --stop-before create-customer
      kobjctl hook send order.json --now 2026-01-02T03:04:05Z --seed 1
      kobjctl hook send order.json --allow-host api.example.com --record s.yaml
      kobjctl hook send order.json --stubs stubs.yaml
      curl -s https://example.com/order/1 | kobjctl hook send - --hook orders
    """
    from kobjctl.app.runs.receive import to_hook
    from kobjctl.app.runs.send import send
    from kobjctl.cli.views.send import sent_view

    session = session_of(ctx)
    if saved is not None and (file is not None or data is not None):
        raise UsageError("two payloads were given", hint="leave out FILE and --data, or --saved")
    body = None if saved is not None else body_of(file, data, "payload")
    engine = session.engine
    store = engine.org.store
    to, payload = _read(store, body, hook) if body else _saved(store, str(saved), hook)
    sent = send(engine, to_hook(to, payload))
    for note in sent.notes:
        session.say(f"note: {note}")
    session.show(*sent_view(sent, to))
    exit_by(report.run for report in sent.reports)


def _read(store: "Store", body: InputBody, hook: str | None) -> tuple["Hook", "Payload"]:
    from kobjctl.app.definitions import hooks
    from kobjctl.app.runs.payload import read_body

    to = hooks.choose(store, hook, body.file)
    return to, read_body(to, body.raw, body.name)


def _saved(store: "Store", name: str, hook: str | None) -> tuple["Hook", "Payload"]:
    from kobjctl.app.definitions import hooks, payloads

    payload = payloads.find(store, name)
    return hooks.choose(store, hook or payload.hook_name or None, name), payloads.read(payload)


@app.command(cls=Command)
def example(
    ctx: typer.Context,
    name: Name,
    file: Annotated[
        str | None,
        typer.Argument(help="The file with the new example payload; - is standard input."),
    ] = None,
    data: Data = None,
) -> None:
    """Show or set a hook's example payload.

    It is the "Example Webhook Data" of the platform's editor, and the source of the samples in
    kobjctl workflow paths. Unless you set one, the first payload that a hook gets becomes its
    example.

    \b
    Examples:
      kobjctl hook example orders
      kobjctl hook example orders order.json
      kobjctl hook example orders --data '{"orderId": "1"}'
    """
    from kobjctl.app.definitions import hooks
    from kobjctl.app.runs.payload import read_body
    from kobjctl.cli.output.blocks import JsonBlock
    from kobjctl.model.values import MISSING

    session = session_of(ctx)
    hook = hooks.get(session.org.store, name)
    if file is not None or data is not None:
        body = body_of(file, data, "payload")
        value = read_body(hook, body.raw, body.name).data
        hooks.set_example(session.org.store, hook, value)
        session.say(f'set the example of hook "{hook.name}"')
    else:
        value = hook.example
        if value is MISSING:
            raise UsageError(
                f'hook "{name}" has no example yet',
                hint=f"send it a payload, or kobjctl hook example {name} FILE",
            )
    session.show(value, [JsonBlock("", value)])
