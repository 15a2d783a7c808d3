"""What all commands have in common: `--db` and `--json`, and completion."""

from collections.abc import Callable, Iterable
from typing import Any

import click
import typer
from typer.core import TyperCommand, TyperGroup

from kobjctl.cli.session import Session
from kobjctl.model.errors import UsageError

# More than any list has, and not more than SQLite can count.
MOST = 1_000_000_000


def session_of(ctx: click.Context) -> Session:
    """Give the session of a command's context."""
    session = ctx.find_object(Session)
    if session is None:
        session = ctx.find_root().obj = Session()
    return session


def _set_database(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    use_database(ctx, value)


def use_database(ctx: click.Context, value: str | None) -> None:
    """Take the org that was named; raises UsageError for a name that is empty, as that of a shell
    variable which is not set: the nearest org is not what was meant.
    """
    if value == "":
        raise click.UsageError("--db names no database", ctx)
    if value is not None:
        session_of(ctx).database = value


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        session_of(ctx).json = True


def check_format(session: Session, shape: str | None) -> None:
    """Raise UsageError where --json and --format say two different things."""
    if session.json and shape not in (None, "json"):
        raise UsageError(
            f"--json and --format {shape} ask for two outputs at once", hint="leave one of them out"
        )


def _house_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--db"],
            metavar="PATH",
            expose_value=False,
            callback=_set_database,
            help="The org's database (else $KOBJCTL_DB, else the nearest kobjctl.db).",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_set_json,
            help="Print one JSON document.",
        ),
    ]


def _keep_running(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value == "":
        raise click.UsageError(f"{param.opts[0]} is empty", ctx)
    if value is not None:
        setattr(session_of(ctx).running, str(param.name), value)


def _running_option(name: str, text: str, **facts: Any) -> click.Option:
    return click.Option([name], expose_value=False, callback=_keep_running, help=text, **facts)


def _fixing_options(now: str, seed: str) -> list[click.Parameter]:
    return [
        _running_option("--now", f"{now}, as in 2026-01-02T03:04:05Z.", metavar="TIME"),
        _running_option("--seed", f"Make {seed} the same every time.", metavar="N", type=int),
    ]


def _running_options() -> list[click.Parameter]:
    return [
        *_fixing_options("The time that runs see, standing still", "ids and chance"),
        _running_option(
            "--time-limit",
            "Stop a run after so many seconds (else 300).",
            metavar="SECONDS",
            type=click.IntRange(min=0),
        ),
        _running_option(
            "--step-limit",
            "Stop a run after so many steps (else 1000).",
            metavar="N",
            type=click.IntRange(min=1),
        ),
        _running_option(
            "--chain-limit",
            "Cut a chain of runs that set each other off (else after 50).",
            metavar="N",
            type=click.IntRange(min=1),
        ),
        *_web_options(),
    ]


def _web_options() -> list[click.Parameter]:
    return [
        _running_option(
            "--allow-host",
            "A host that workflows may reach, as api.example.com, api.example.com:8443 or"
            " *.example.com (repeatable; those of $KOBJCTL_ALLOW_HOSTS too).",
            metavar="HOST",
            multiple=True,
        ),
        _running_option(
            "--stubs",
            "A file with answers in place of the web and of actions (repeatable).",
            metavar="FILE",
            type=click.Path(),
            multiple=True,
        ),
        _running_option(
            "--record",
            "Write what was sent and answered to a file of stubs.",
            metavar="FILE",
            type=click.Path(),
        ),
        _running_option(
            "--force",
            "Write over files that are there, whatever they are, and where links lead.",
            is_flag=True,
        ),
    ]


class Command(TyperCommand):
    """A command that takes `--db` and `--json` like every other."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Give the command's own params, then those of the house, `--help` last."""
        *own, help_option = super().get_params(ctx)
        return [*own, *self._house(), help_option]

    def _house(self) -> list[click.Parameter]:
        if not hasattr(self, "_house_params"):
            self._house_params = self.house_options()
        return self._house_params

    def house_options(self) -> list[click.Parameter]:
        """Make the options that every command of this kind takes."""
        return _house_options()


class RunningCommand(Command):
    """A command that runs workflows: it also takes what runs depend on."""

    def house_options(self) -> list[click.Parameter]:
        """Make the options of runs, and those that every command takes."""
        return [*_running_options(), *super().house_options()]


class MakingCommand(Command):
    """A command that makes a record: its time and its id can be said."""

    def house_options(self) -> list[click.Parameter]:
        """Make the options of what is made, and those that every command takes."""
        return [*_fixing_options("The time it is made at", "its id"), *super().house_options()]


def group(text: str, cls: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """Make a group of commands with its help."""
    return typer.Typer(
        help=text,
        cls=cls,
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def completing(list_names: Callable[[Any], list[str]]) -> Callable[[click.Context, str], list[str]]:
    """Give a completion of names from the org's database; no database, no names."""

    def complete(ctx: click.Context, incomplete: str) -> list[str]:
        try:
            session = session_of(ctx)
            session.completes = True
            names = list_names(session.org.store)
        except Exception:  # noqa: BLE001 - a shell must not see errors while it completes
            return []
        return [name for name in names if name.startswith(incomplete)]

    return complete


def read_assignments(texts: Iterable[str]) -> dict[str, Any]:
    """Read `KEY=VALUE` texts; a value that is JSON is what it says, any other is text.

    Raises UsageError for a text without a `=`.
    """
    from kobjctl.files.payload import PayloadError, read_payload

    read: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(f'"{text}" is not KEY=VALUE', hint="as in email=test@example.com")
        try:
            read[key] = read_payload(value.encode(), key)
        except PayloadError:
            read[key] = value
    return read


def complete_record(kind: str) -> Callable[[click.Context, str], list[str]]:
    """Give a completion of what finds the records of a kind: `company`, `conversation`, ..."""
    return completing(lambda store: store.records(kind).names())


complete_klass = completing(lambda store: store.klasses.names())
complete_hook = completing(lambda store: store.hooks.names())
complete_workflow = completing(lambda store: store.workflows.names())
complete_app = completing(lambda store: store.apps.names())
complete_app_action = completing(lambda store: store.app_actions.names())
complete_setting = completing(lambda store: store.settings.keys())
complete_customer = completing(lambda store: store.customers.identity_values())
