"""What the groups `company`, `conversation`, `message`, `note`, `user` and `tag` are made of."""

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, Final, NamedTuple

import typer

from kobjctl.cli.command import (
    MOST,
    Command,
    MakingCommand,
    complete_customer,
    complete_record,
    group,
    read_assignments,
)
from kobjctl.cli.session import session_of


class RecordWords(NamedTuple):
    """What the commands say of one kind of record.

    `names` says what finds one, `relations` are the records it is of, and `fields` those that
    `create` has an option for; the examples are what follows `list`, `show` and `create`.
    """

    kind: str
    plural: str
    summary: str
    names: str
    fields: tuple[str, ...]
    show_example: str
    create_example: str
    relations: tuple[str, ...] = ()
    list_example: str = ""


_HELP: Final[Mapping[str, str]] = {
    "customer": "A customer's email, phone number, external id or id.",
    "conversation": "A conversation's id or external id.",
    "name": "The name.",
    "external_id": "Another system's id.",
    "email": "The email address.",
    "color": "A CSS colour, as in #64943E.",
    "channel": "As in email, sms, chat or voice.",
    "app": "What brought the message, as in postmark.",
    "direction": "in: from the customer; or out.",
    "preview": "The text.",
    "body": "The text.",
}
_COMPLETIONS: Final[Mapping[str, Callable[..., list[str]]]] = {
    "customer": complete_customer,
    "conversation": complete_record("conversation"),
}
_SET: Final = typer.Option(
    "--set", metavar="KEY=VALUE", help="Any other field, as in custom.tierStr=gold."
)


def record_group(words: RecordWords) -> typer.Typer:
    """Make the commands of one kind of record."""
    app = group(words.summary)
    for name, cls, function, sentence, example in (
        ("list", Command, _list(words), f"List the newest {words.plural}.", words.list_example),
        ("show", Command, _show(words), f"Show a {words.kind}.", words.show_example),
        ("create", MakingCommand, _create(words), f"Make a {words.kind}.", words.create_example),
    ):
        command = f"kobjctl {words.kind} {name} {example}".rstrip()
        text = f"{sentence}\n\n\b\nExample:\n  {command}"
        app.command(name, cls=cls, help=text)(function)
    return app


def _list(words: RecordWords) -> Callable[..., None]:
    def list_(ctx: typer.Context, limit: int, **of: str | None) -> None:
        """List the newest records."""
        from kobjctl.cli.views.core import record_list
        from kobjctl.records import lookup

        session = session_of(ctx)
        named = {name: value for name, value in of.items() if value is not None}
        found = lookup.newest(session.org, words.kind, named, limit)
        session.show(*record_list(words.kind, found, session.org.store.org_id))

    limit = Annotated[int, typer.Option("--limit", "-n", help="How many.", min=1, max=MOST)]
    options = [_option(name) for name in words.relations]
    return _with_params(list_, [*options, _param("limit", limit, 20)])


def _show(words: RecordWords) -> Callable[..., None]:
    def show(ctx: typer.Context, record: str) -> None:
        """Show one record."""
        from kobjctl.cli.views.core import record_view
        from kobjctl.records import lookup
        from kobjctl.records.details import details

        session = session_of(ctx)
        found = lookup.find(session.org, words.kind, record)
        session.show(*record_view(details(session.org, found), session.org.store.org_id))

    argument = typer.Argument(
        metavar=words.kind.upper(),
        help=f"Its {words.names}.",
        autocompletion=complete_record(words.kind),
    )
    return _with_params(show, [_param("record", Annotated[str, argument], Parameter.empty)])


def _create(words: RecordWords) -> Callable[..., None]:
    def create(ctx: typer.Context, set_: list[str], **options: str | None) -> None:
        """Make a record and show it."""
        from kobjctl.cli.views.core import record_view
        from kobjctl.records import making
        from kobjctl.records.details import details
        from kobjctl.store.opening import MEMORY

        session = session_of(ctx)
        fields = making.assigned_fields(options, read_assignments(set_))
        world = session.tried_org
        made, warnings = making.create(world, words.kind, fields)
        if world.store.path == MEMORY:
            # So far it was only tried: what is refused makes no database.
            world = session.new_org
            made, warnings = making.create(world, words.kind, fields)
        for warning in warnings:
            session.say(warning)
        session.show(*record_view(details(world, made), world.store.org_id))

    options = [_option(name) for name in (*words.relations, *words.fields)]
    return _with_params(create, [*options, _param("set_", Annotated[list[str], _SET], [])])


def _option(name: str) -> Parameter:
    option = typer.Option(help=_HELP[name], autocompletion=_COMPLETIONS.get(name))
    return _param(name, Annotated[str | None, option], None)


def _param(name: str, annotation: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _with_params(function: Callable[..., None], params: list[Parameter]) -> Callable[..., None]:
    """Return a function the params that Typer reads of it."""
    ctx = _param("ctx", typer.Context, Parameter.empty)
    function.__annotations__ = {param.name: param.annotation for param in (ctx, *params)}
    function.__signature__ = Signature([ctx, *params])  # type: ignore[attr-defined] # Typer does
    return function
