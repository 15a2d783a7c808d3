"""A group of commands that are loaded when they are used."""

from collections.abc import Mapping
from importlib import import_module
from inspect import cleandoc
from typing import Any, ClassVar, Final

import typer

from kobjctl.cli.groups import Group
from kobjctl.model.errors import UnknownNameError, UsageError

# Commands that people try, by what other tools call them.
_MEANT: Final = {
    "import": "kobjctl apply loads files",
    "lint": "kobjctl validate finds mistakes in workflows",
    "run": "kobjctl hook send starts workflows, kobjctl test runs scenarios",
    "send": "kobjctl hook send sends a payload, kobjctl event send an event",
    "version": "kobjctl --version shows it",
}


class LateGroup(Group):
    """A group whose commands are modules of `kobjctl.cli.commands`, imported when they are used.

    Each kind of record is one, too, which its entry makes if no module does.
    """

    modules: tuple[str, ...] = ()
    # Commands that stand in another module: its name, with that of the command if not `app`.
    module_of: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the names of the commands in the order of the table."""
        return self.names()

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and give its command; None for an unknown name."""
        if cmd_name not in self.modules and cmd_name not in self.names():
            return None
        if cmd_name not in self.commands:
            command = typer.main.get_command(self._app(cmd_name))
            command.name = cmd_name
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def helps(self) -> Mapping[str, str]:
        """Return the help of each command, without making all that is below it."""
        return {name: _summary(self._app(name)) for name in self.names()}

    def unknown(self, name: str, _ctx: Any) -> Exception:
        """Return what is said when no command has a name."""
        if meant := _MEANT.get(name.lower()):
            return UsageError(f'no command is called "{name}"', hint=meant)
        return UnknownNameError(
            "command", name, self.names(), otherwise="kobjctl --help lists them"
        )

    def names(self) -> list[str]:
        """Return the names of all commands in their order; the kinds stand where customers do."""
        from kobjctl.model.kinds import KINDS

        place = self.modules.index("customer")
        return list(dict.fromkeys([*self.modules[:place], *KINDS, *self.modules[place:]]))

    def _app(self, command: str) -> typer.Typer:
        if command not in self.modules:
            from kobjctl.cli.record_group import record_group
            from kobjctl.model.kinds import KINDS

            return record_group(KINDS[command])
        module, _, name = self.module_of.get(command, command).partition(":")
        app: typer.Typer = getattr(import_module(f"kobjctl.cli.commands.{module}"), name or "app")
        return app


def _summary(app: typer.Typer) -> str:
    """Return the help of a module's group, or that of the one command it has."""
    if len(app.registered_commands) > 1:
        return cleandoc(str(app.info.help))
    return cleandoc(app.registered_commands[0].callback.__doc__ or "")
