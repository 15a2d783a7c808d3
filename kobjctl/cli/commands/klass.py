"""`kobjctl klass`: define Klasses and their attributes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kobjctl.cli.command import Command, MakingCommand, complete_klass, group
from kobjctl.cli.session import Session, error_lines, session_of
from kobjctl.model.errors import UsageError
from kobjctl.model.values import JsonObject

app = group("Make, show and change klasses, the types of custom objects.")

Name = Annotated[str, typer.Argument(help="The klass's name.", autocompletion=complete_klass)]
Attributes = Annotated[
    list[str],
    typer.Option(
        "--attribute",
        "-a",
        metavar="LABEL:TYPE[:NAME]",
        help='An attribute, such as "Order ID:Str" (repeatable). Types: Str Txt Num At'
        " Bool Url Id Tree.",
    ),
]
Options = Annotated[
    list[str],
    typer.Option(metavar="NAME=A,B,C", help="The values that an attribute allows (repeatable)."),
]
Targets = Annotated[
    list[str],
    typer.Option(
        metavar="NAME=KIND",
        help="What an Id attribute refers to, such as kobject.order (repeatable).",
    ),
]
DisplayName = Annotated[str | None, typer.Option(help="The name that people see.")]
Icon = Annotated[str | None, typer.Option(help="A Material Design icon, such as cart.")]
Color = Annotated[str | None, typer.Option(help="A CSS colour, such as #64943E.")]


@app.command(cls=MakingCommand)
def create(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(help="The name of the new klass.")] = None,
    display_name: DisplayName = None,
    icon: Icon = None,
    color: Color = None,
    attribute: Attributes = [],  # noqa: B006 - Typer copies it
    option: Options = [],  # noqa: B006
    target: Targets = [],  # noqa: B006
    file: Annotated[
        Path | None, typer.Option(help="A YAML or JSON file with the definition.")
    ] = None,
) -> None:
    """Make a klass from options, from a file, or from your answers.

    \b
    Examples:
      kobjctl klass create order --attribute "Order ID:Str" --attribute "Qty:Num"
      kobjctl klass create review --attribute "Mood:Str" --option moodStr=good,bad
      kobjctl klass create --file order.yaml
    """
    from kobjctl.app.definitions import klasses
    from kobjctl.cli.views.org import klass_view

    session = session_of(ctx)
    if file is not None:
        if display_name or icon or color or attribute or option or target:
            raise UsageError(
                "--file can't be combined with other options",
                hint="put them into the file, or change the klass later with kobjctl klass edit",
            )
        definitions = klasses.read_file(file, name)
    else:
        if name is None:
            name, display_name, icon, attribute = _ask(session, display_name, icon, attribute)
        specs = klasses.AttributeSpecs(attribute, option, target)
        attributes = klasses.read_attributes(specs)
        definitions = [_definition(name, display_name, icon, color, attributes)]
    klasses.check(definitions)
    made = klasses.create(session.new_org, definitions)
    session.show(*klass_view(made))


def _definition(
    name: str,
    display_name: str | None,
    icon: str | None,
    color: str | None,
    attributes: JsonObject,
) -> JsonObject:
    fields = {"displayName": display_name, "icon": icon, "color": color}
    properties = {key: attribute.as_json() for key, attribute in attributes.items()}
    return {
        "name": name,
        **{key: value for key, value in fields.items() if value is not None},
        "metadata": {"properties": properties},
    }


def _ask(
    session: Session, display_name: str | None, icon: str | None, attributes: list[str]
) -> tuple[str, str, str, list[str]]:
    if not sys.stdin.isatty():
        raise UsageError(
            "the klass's name is missing",
            hint='kobjctl klass create NAME --attribute "Order ID:Str", or --file FILE',
        )
    from kobjctl.model.kinds import check_klass_name
    from kobjctl.model.klass import SUFFIXES, title_of

    name = typer.prompt("Name (such as order)", err=True)
    check_klass_name(name)
    display_name = display_name or typer.prompt("Display name", default=title_of(name), err=True)
    icon = icon or typer.prompt("Icon", default="shopping", err=True)
    session.say(f"Attributes, such as Order ID:Str; the types are {' '.join(SUFFIXES)}")
    return name, str(display_name), str(icon), [*attributes, *_ask_attributes(session)]


def _ask_attributes(session: Session) -> Iterator[str]:
    """Ask until the answer is empty; what is no attribute is told, and asked again."""
    from kobjctl.app.definitions.klasses import read_attribute

    question = "Attribute (empty to end)"
    while answer := typer.prompt(question, default="", show_default=False, err=True):
        try:
            read_attribute(answer)
        except UsageError as error:
            session.print(error_lines(error.message, error.hint), sys.stderr)
        else:
            yield answer


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the klasses.

    \b
    Example:
      kobjctl klass list
    """
    from kobjctl.cli.views.org import klass_list

    session = session_of(ctx)
    store = session.org.store
    klasses = store.klasses.all()
    session.show(*klass_list([(each, store.kobjects.count(each.name)) for each in klasses]))


@app.command(cls=Command)
def show(ctx: typer.Context, name: Name) -> None:
    """Show a klass with its attributes and their API names.

    \b
    Example:
      kobjctl klass show order
    """
    from kobjctl.cli.views.org import klass_view
    from kobjctl.records import lookup

    session = session_of(ctx)
    session.show(*klass_view([lookup.klass(session.org.store, name)]))


@app.command(cls=Command)
def edit(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    name: Name,
    display_name: DisplayName = None,
    icon: Icon = None,
    color: Color = None,
    attribute: Attributes = [],  # noqa: B006
    option: Options = [],  # noqa: B006
    target: Targets = [],  # noqa: B006
) -> None:
    """Change how a klass looks, and its attributes.

    You may add attributes and change their labels and options. As on the platform, the name of a
    klass and the type of an attribute never change.

    \b
    Examples:
      kobjctl klass edit order --icon basket
      kobjctl klass edit order --attribute "Shipped:At"
    """
    from kobjctl.app.definitions import klasses
    from kobjctl.cli.views.org import klass_view

    session = session_of(ctx)
    fields = {"display_name": display_name, "icon": icon, "color": color}
    specs = klasses.AttributeSpecs(attribute, option, target)
    session.show(*klass_view([klasses.edit(session.org, name, fields, specs)]))


@app.command(cls=Command)
def delete(ctx: typer.Context, name: Name) -> None:
    """Delete a klass that has no KObjects.

    \b
    Example:
      kobjctl klass delete order
    """
    from kobjctl.app.definitions import klasses
    from kobjctl.cli.output.blocks import Line

    session = session_of(ctx)
    klasses.delete(session.org.store, name)
    session.show({"klass": name, "deleted": True}, [Line(f'deleted klass "{name}"')])
