"""The command line: words in, words out.

The groups are modules beside this one; the table below names them, and each is imported when it
is used. Errors that kobjctl expects end here as one line, a hint and an exit status.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from kobjctl import __version__
from kobjctl.cli import completion
from kobjctl.cli.late_group import LateGroup
from kobjctl.cli.options import use_database, use_json
from kobjctl.cli.process import end_by_signals, open_closed_streams
from kobjctl.cli.session import Session, error_lines, session_of
from kobjctl.cli.typer_versions import WrongUsage
from kobjctl.cli.usage import usage_error
from kobjctl.files.source import NOTE, cannot_read
from kobjctl.model.errors import KobjctlError, PlatformError, UsageError
from kobjctl.model.problem import FileProblemsError

if TYPE_CHECKING:
    import sqlite3

COMMANDS = (
    "apply",
    "validate",
    "test",
    "klass",
    "hook",
    "payload",
    "workflow",
    "event",
    "schedule",
    "replay",
    "variable",
    "app",
    "setting",
    "logs",
    "diff",
    "eval",
    "customer",
    "kobject",
    "actions",
    "operators",
    "functions",
    "helpers",
    "explain",
    "schema",
    "doctor",
    "help",
)

ARGUMENTS = "kobjctl.arguments"

HELP = """Run, inspect and test Kustomer workflows on your own machine.

\b
Examples:
  kobjctl apply sample_workflows/            load klasses, hooks and workflows
  kobjctl validate sample_workflows/         find mistakes before a run does
  kobjctl test sample_workflows/             run scenarios, see what fails
  kobjctl hook send order.json               send a payload, see every step
  kobjctl logs --step 1                      what the newest run got, to copy
  kobjctl logs 7                             why run 7 took its branches
  kobjctl eval '/#steps.1.attributes.data'   evaluate an expression
  kobjctl customer timeline test@example.com
  kobjctl help getting-started               from an empty folder to CI
  kobjctl help                               the topics of the manual
"""
EPILOG = """\b
Exit status:
  0    done
  1    the result is bad (a run failed, a file has errors)
  2    the usage or the input is wrong
  3    a bug in kobjctl
  130  stopped by Ctrl-C

\b
The org is one SQLite file: --db PATH, or $KOBJCTL_DB, or the nearest
kobjctl.db in this folder or above, or a new kobjctl.db in this folder.
"""


class Exit(IntEnum):
    """The exit statuses of kobjctl."""

    DONE = 0
    BAD = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class Root(LateGroup):
    """The command `kobjctl`, with the one place where expected errors end."""

    modules = COMMANDS
    # A module called `test` would be taken for tests.
    module_of: ClassVar[Mapping[str, str]] = {
        "test": "scenarios",
        **{each: f"language:{each}" for each in ("functions", "helpers", "operators")},
    }

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the arguments, to be looked at where errors are told."""
        ctx.meta[ARGUMENTS] = list(args)
        with _told_errors(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; an error that kobjctl expects becomes a line, a hint and a status."""
        NOTE.set(session_of(ctx).say)
        with _told_errors(ctx):
            _check_text(ctx.meta[ARGUMENTS])
            return super().invoke(ctx)


@contextmanager
def _told_errors(ctx: Any) -> Iterator[None]:
    """End with a line, a hint and a status where something fails that kobjctl expects to."""
    session, failure = session_of(ctx), None
    try:
        yield
    except (KobjctlError, WrongUsage, _database_error()) as error:
        failure = _expected(error, ctx)
    except OSError as error:
        failure = _of_path(error)
    except KeyboardInterrupt:
        ctx.exit(Exit.INTERRUPTED)
    finally:
        session.close()
    if failure:
        _tell(failure, session)
        ctx.exit(failure.exit_status)


def _tell(failure: KobjctlError, session: Session) -> None:
    if isinstance(failure, FileProblemsError):
        from kobjctl.cli.views.problem import problem_lines

        session.print(problem_lines(failure.problems), sys.stderr)
    session.print(error_lines(failure.message, failure.hint), sys.stderr)


def _of_path(error: OSError) -> KobjctlError:
    """Describe which path an error is about; raises it again where that is none, but the output."""
    if error.filename is not None:
        return cannot_read(error.filename, error)
    if isinstance(error, FileNotFoundError):
        return UsageError("this folder no longer exists", hint="change to another folder")
    raise error


def _database_error() -> "type[sqlite3.Error]":
    """Return the error of SQLite, which only the commands that open an org load before one."""
    import sqlite3

    return sqlite3.Error


def _check_text(arguments: list[str]) -> None:
    """Raise UsageError for an argument whose bytes are no UTF-8: no database could keep it."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            raise UsageError(
                f'the argument "{argument}" is not UTF-8', hint="check the terminal's encoding"
            ) from error


def _expected(error: Any, ctx: Any) -> KobjctlError:
    """Return the error of ours that says what an error of a library means."""
    if isinstance(error, PlatformError) and not error.hint:
        error.hint = f"the platform answers {error.status} {error.code}"
    if isinstance(error, KobjctlError):
        return error
    if isinstance(error, WrongUsage):
        return usage_error(error, ctx)
    from kobjctl.app.org.database import find_database
    from kobjctl.store.failure import explain, is_outer

    if not is_outer(error):
        raise error
    return explain(error, str(find_database(session_of(ctx).database)))


app = typer.Typer(
    cls=Root,
    help=HELP,
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(ctx: typer.Context, value: bool) -> None:
    if not value:
        return
    session = session_of(ctx)
    if session.json:
        from kobjctl.app.versions import versions

        session.print_json(versions().as_json())
    else:
        sys.stdout.write(f"kobjctl {__version__}\n")
    raise typer.Exit


@app.callback()
def root(
    database: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="PATH", callback=use_database, help="Use the org in this database."
        ),
    ] = None,
    json: Annotated[
        bool,
        # Eager: known when the version is printed, wherever it stands.
        typer.Option("--json", callback=use_json, is_eager=True, help="Print one JSON document."),
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that come before the command."""


def main() -> None:
    """Run the command line, and end the process with its exit status."""
    open_closed_streams()
    end_by_signals()
    try:
        _check_completion()
        app()
    except OSError as error:
        _cannot_write(error)
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise
        if completion.is_asked():
            # Whoever types a command line must not find a traceback in it.
            sys.exit(Exit.BUG)
        import traceback

        traceback.print_exc()
        sys.stderr.write(
            "\nerror: this is a bug in kobjctl; please report it with the lines above\n"
        )
        sys.exit(Exit.BUG)
    finally:
        try:
            sys.stdout.flush()
        except OSError as error:
            _cannot_write(error)


def _check_completion() -> None:
    if not completion.is_asked():
        return
    try:
        completion.check()
    except UsageError as error:
        Session().print(error_lines(error.message, error.hint), sys.stderr)
        sys.exit(error.exit_status)


def _cannot_write(error: OSError) -> None:
    """End when nobody takes the output: in silence when the reader went away."""
    # Python flushes once more at its end, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        sys.stderr.write(f"error: can't write the output: {(error.strerror or '').lower()}\n")
        sys.stderr.write("hint: check the disk or program it goes to; the command itself is done\n")
    sys.exit(Exit.BAD)
