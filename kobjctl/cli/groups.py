"""Groups of commands, and one that runs a command of its own accord."""

import sys
from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from typer.core import TyperGroup

from kobjctl.cli.help_page import write_commands, write_parameters
from kobjctl.cli.parameters import DeclaredParameter, declared_parameters
from kobjctl.cli.usage import help_of, read_params, wrong_usage
from kobjctl.model.errors import UsageError, did_you_mean


class Group(TyperGroup):
    """A group that shows its help when nothing is asked of it."""

    @cached_property
    def declared(self) -> Mapping[str, DeclaredParameter]:
        """What each parameter takes, by its name."""
        return declared_parameters(self.callback)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the group's own options, those for completion, and `--help` last."""
        params = super().get_params(ctx)
        read_params(params, self.declared)
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; raises UsageError for what is wrong with them, in our words."""
        if not args and not ctx.resilient_parsing:
            sys.stderr.write(f"{ctx.get_help()}\n")
            ctx.exit(2)
        with wrong_usage(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that was named; a misspelled one is answered with the closest."""
        if not self.get_command(ctx, args[0]) and not ctx.resilient_parsing:
            raise self.unknown(args[0], ctx)
        return super().resolve_command(ctx, args)

    def unknown(self, name: str, ctx: Any) -> Exception:
        """Return what is said when no command has a name."""
        hint = did_you_mean(name, self.list_commands(ctx)) or help_of(ctx)
        return UsageError(f'no such command "{name}"', hint=hint)

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """Return the words of the usage line that follow the group."""
        return ["[OPTIONS]", "COMMAND [ARGS]..."]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the options and of the commands."""
        write_parameters(formatter, self.get_params(ctx), self.declared)
        write_commands(formatter, self.helps())

    def helps(self) -> Mapping[str, str]:
        """Return the help of each command, by its name."""
        return {name: str(each.help) for name, each in self.commands.items()}


class DefaultGroup(Group):
    """A group that runs one of its commands, the `default`, when none is named."""

    default: ClassVar[str] = "show"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default in front unless a command is named."""
        # A shell that completes asks what may stand here: that is left open.
        asked = ctx.resilient_parsing and not args
        if not asked and (not args or args[0] not in self.commands):
            args.insert(0, self.default)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the commands, and what may follow when none is named."""
        command = self.commands[self.default]
        with command.make_context(self.default, [], parent=ctx, resilient_parsing=True) as inner:
            offered = command.shell_complete(inner, incomplete)
        return [*super().shell_complete(ctx, incomplete), *offered]
