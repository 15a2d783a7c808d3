"""Groups of commands: one that loads them late, and one that runs a command of its own accord."""

from collections.abc import Mapping
from importlib import import_module
from inspect import cleandoc
from typing import ClassVar

import click
import typer
from click.shell_completion import CompletionItem
from click.utils import make_default_short_help
from typer.core import TyperGroup

from kobjctl.model.errors import UnknownNameError


class LateGroup(TyperGroup):
    """A group whose commands are modules of `kobjctl.cli`, imported when they are used."""

    modules: tuple[str, ...] = ()
    # Commands whose modules are not called as they are.
    module_of: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Give the names of the commands in the order of the table."""
        return list(self.modules)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and give its command; None for an unknown name."""
        if cmd_name not in self.modules:
            return None
        if cmd_name not in self.commands:
            command = typer.main.get_command(self._app(cmd_name))
            command.name = cmd_name
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what each is for, without making all that is below them."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [(each, make_default_short_help(_summary(self._app(each)), limit)) for each in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _app(self, command: str) -> typer.Typer:
        name = self.module_of.get(command, command)
        app: typer.Typer = import_module(f"kobjctl.cli.{name}").app
        return app

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Give the command that was named; a misspelled one is answered with the closest."""
        if args and args[0] not in self.modules and not ctx.resilient_parsing:
            raise UnknownNameError(
                "command", args[0], self.modules, otherwise="kobjctl --help lists them"
            )
        return super().resolve_command(ctx, args)


def _summary(app: typer.Typer) -> str:
    """Give the help of a module's group, or that of the one command it has."""
    if len(app.registered_commands) > 1:
        return cleandoc(str(app.info.help))
    return cleandoc(app.registered_commands[0].callback.__doc__ or "")


class DefaultGroup(TyperGroup):
    """A group that runs one of its commands, the `default`, when none is named."""

    default: ClassVar[str] = "show"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default in front unless a command is named."""
        # A shell that completes asks what may stand here: that is left open.
        asked = ctx.resilient_parsing and not args
        if not asked and (not args or args[0] not in self.commands):
            args.insert(0, self.default)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands, and what may follow when none is named."""
        command = self.commands[self.default]
        with command.make_context(self.default, [], parent=ctx, resilient_parsing=True) as inner:
            offered = command.shell_complete(inner, incomplete)
        return [*super().shell_complete(ctx, incomplete), *offered]
