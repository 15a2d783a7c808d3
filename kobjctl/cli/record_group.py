"""The commands of a kind of record: what its entry says is all that they are made of."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import typer

from kobjctl.cli.command import Command, MakingCommand, complete_record, group, read_assignments
from kobjctl.cli.options import Limit
from kobjctl.cli.session import session_of
from kobjctl.model.kinds.kind import RecordField, RecordKind, kebab_case

_SET: Final = typer.Option(
    "--set", metavar="KEY=VALUE", help="Any other field, such as custom.tierStr=gold (repeatable)."
)


def record_group(kind: RecordKind) -> typer.Typer:
    """Make the commands of one kind of record."""
    app = group(f"Make and show {kind.summary[:1].lower()}{kind.summary[1:]}")
    of_whom = "--customer test@example.com" if "customer" in kind.relations else ""
    for name, cls, function, sentence, example in (
        ("list", Command, _list(kind), f"List the newest {kind.plural}.", of_whom),
        ("show", Command, _show(kind), f"Show a {kind.name}.", kind.shown),
        ("create", MakingCommand, _create(kind), f"Make a {kind.name}.", kind.made),
    ):
        command = f"kobjctl {kind.name} {name} {example}".rstrip()
        text = f"{sentence}\n\n\b\nExample:\n  {command}"
        app.command(name, cls=cls, help=text)(function)
    return app


def _list(kind: RecordKind) -> Callable[..., None]:
    def list_(ctx: typer.Context, limit: int, **of: str | None) -> None:
        """List the newest records."""
        from kobjctl.cli.views.core import record_list
        from kobjctl.records import lookup

        session = session_of(ctx)
        named = {name: value for name, value in of.items() if value is not None}
        found = lookup.newest(session.org.store, kind.name, named, limit)
        session.show(*record_list(kind.name, found, session.org.store.org_id))

    options = [_option(kind.by_name[name]) for name in kind.relations]
    return _with_params(list_, [*options, _param("limit", Limit, 20)])


def _show(kind: RecordKind) -> Callable[..., None]:
    def show(ctx: typer.Context, record: str) -> None:
        """Show one record."""
        from kobjctl.cli.views.core import record_view
        from kobjctl.records import lookup
        from kobjctl.records.details import details

        session = session_of(ctx)
        found = lookup.find(session.org.store, kind.name, record)
        session.show(*record_view(details(session.org.store, found), session.org.store.org_id))

    argument = typer.Argument(
        metavar=kind.name.upper(),
        help=f"The {kind.name}'s {kind.ways}.",
        autocompletion=complete_record(kind.name),
    )
    return _with_params(show, [_param("record", Annotated[str, argument], Parameter.empty)])


def _create(kind: RecordKind) -> Callable[..., None]:
    def create(ctx: typer.Context, set_: list[str], **options: str | None) -> None:
        """Make a record and show it."""
        from kobjctl.cli.views.core import record_view
        from kobjctl.records import services
        from kobjctl.records.details import details
        from kobjctl.store.opening import MEMORY

        session = session_of(ctx)
        fields = services.assigned_fields(options, read_assignments(set_))
        org = session.tried_org
        made, warnings = services.create(org, kind.name, fields)
        if org.store.path == MEMORY:
            # So far it was only tried: what is refused makes no database.
            org = session.new_org
            made, warnings = services.create(org, kind.name, fields)
        for warning in warnings:
            session.say(warning)
        session.show(*record_view(details(org.store, made), org.store.org_id))

    options = [_option(each) for each in kind.fields if each.help]
    return _with_params(create, [*options, _param("set_", Annotated[list[str], _SET], [])])


def _option(field: RecordField) -> Parameter:
    option = typer.Option(
        f"--{kebab_case(field.name)}",
        help=field.help,
        autocompletion=complete_record(field.of) if field.of else None,
    )
    return _param(field.name, Annotated[str | None, option], None)


def _param(name: str, annotation: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _with_params(function: Callable[..., None], params: list[Parameter]) -> Callable[..., None]:
    """Return a function the params that Typer reads of it."""
    ctx = _param("ctx", typer.Context, Parameter.empty)
    function.__annotations__ = {param.name: param.annotation for param in (ctx, *params)}
    function.__signature__ = Signature([ctx, *params])  # type: ignore[attr-defined] # Typer does
    return function
