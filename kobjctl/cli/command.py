"""What all commands have in common: how they are read, their help, and completion."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand

from kobjctl.cli.groups import Group
from kobjctl.cli.help_page import argument_name, write_parameters
from kobjctl.cli.options import (
    fixing_options,
    host_options,
    house_options,
    limit_options,
    options_with_org,
    pause_options,
    stub_options,
)
from kobjctl.cli.parameters import DeclaredParameter, declared_parameters
from kobjctl.cli.session import session_of
from kobjctl.cli.typer_versions import params_of
from kobjctl.cli.usage import help_of, read_params, wrong_usage
from kobjctl.model.errors import UsageError


class Command(TyperCommand):
    """A command that takes `--db` and `--json` like every other."""

    # What it takes beside its own parameters.
    further: ClassVar[tuple[Callable[..., None], ...]] = (house_options,)

    @cached_property
    def declared(self) -> Mapping[str, DeclaredParameter]:
        """What each parameter takes, by its name."""
        functions = (self.callback, *self.further)
        return {name: each for one in functions for name, each in declared_parameters(one).items()}

    @cached_property
    def _all_params(self) -> list[Any]:
        return [*self.params, *(each for one in self.further for each in params_of(one))]

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the command's own params, then those of the house, `--help` last."""
        params = [*self._all_params, super().get_params(ctx)[-1]]
        read_params(params, self.declared)
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; raises UsageError for what is wrong with them, in our words."""
        ctx.allow_extra_args = True
        with wrong_usage(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            noun = "argument" if len(rest) == 1 else "arguments"
            raise UsageError(f"got unexpected extra {noun} ({' '.join(rest)})", hint=help_of(ctx))
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; after Ctrl-C, say what became of its runs."""
        session = session_of(ctx)
        try:
            result = super().invoke(ctx)
        except (KeyboardInterrupt, typer.Exit) as ending:
            if isinstance(ending, typer.Exit) and not session.is_interrupted:
                raise
        else:
            if not session.is_interrupted:
                return result
        session.tell_of_interruption()
        raise KeyboardInterrupt

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """Return the words of the usage line that follow the command."""
        arguments = (each for each in self.params if each.param_type_name == "argument")
        return ["[OPTIONS]", *map(argument_name, arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the help of the arguments and the options."""
        write_parameters(formatter, self.get_params(ctx), self.declared)


class CheckingCommand(Command):
    """A command that checks files, with or without an org."""

    further = (
        options_with_org("Count what the org in this database has, too (default: $KOBJCTL_DB)."),
    )


class RunningCommand(Command):
    """A command that runs workflows: it also takes what runs depend on."""

    further: ClassVar[tuple[Callable[..., None], ...]] = (
        fixing_options("Run at this fixed time", "ids and random values"),
        limit_options,
        host_options,
        stub_options,
        house_options,
    )


class SendingCommand(RunningCommand):
    """A command whose runs can be told to pause."""

    further = (pause_options, *RunningCommand.further)


class ResumingCommand(Command):
    """A command that goes on with a run under the conditions that it began with."""

    further = (pause_options, host_options, house_options)


class MakingCommand(Command):
    """A command that makes a record: its time and its id can be said."""

    further = (fixing_options("Make it at this time", "its id"), house_options)


def group(text: str, cls: type[Group] = Group) -> typer.Typer:
    """Make a group of commands with its help."""
    return typer.Typer(
        help=text,
        cls=cls,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def completing(list_names: Callable[[Any], list[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Return a completion of names from the org's database; no database, no names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        """Return the names that begin with what is typed."""
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
    from kobjctl.files.payloads.payload import PayloadError, read_payload

    read: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UsageError(f'"{text}" is not KEY=VALUE', hint="such as email=test@example.com")
        try:
            read[key] = read_payload(value.encode(), key)
        except PayloadError:
            read[key] = value
    return read


def complete_code(incomplete: str) -> list[str]:
    """Complete the code of a rule."""
    from kobjctl.lint.explanations import explanations

    return [code for code in explanations() if code.startswith(incomplete.upper())]


def complete_record(kind: str) -> Callable[[typer.Context, str], list[str]]:
    """Return a completion of what finds the records of a kind: `company`, `conversation`, ..."""
    if kind == "customer":
        return complete_customer
    return completing(lambda store: store.records(kind).names())


complete_klass = completing(lambda store: store.klasses.names())
complete_hook = completing(lambda store: store.hooks.names())
complete_workflow = completing(lambda store: store.workflows.names())
complete_payload = completing(lambda store: store.payloads.names())
complete_app = completing(lambda store: store.apps.names())
complete_app_action = completing(lambda store: store.app_actions.names())
complete_setting = completing(lambda store: store.settings.keys())
complete_customer = completing(lambda store: store.customers.identity_values())
