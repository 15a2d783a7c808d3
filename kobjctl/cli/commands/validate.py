"""`kobjctl validate`: find what is wrong with workflows before they run."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kobjctl.cli.command import CheckingCommand, complete_code, group
from kobjctl.cli.options import check_format
from kobjctl.cli.session import session_of
from kobjctl.cli.views.report import ProblemFormat, show_report
from kobjctl.cli.watching import watch as watch_files
from kobjctl.files.reader import workflow_files
from kobjctl.model.errors import UsageError

app = group("Validate files.")


@app.command(cls=CheckingCommand)
def validate(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Workflow files, app files or folders.")
    ] = None,
    format_: Annotated[
        ProblemFormat | None,
        typer.Option("--format", help="Print the problems in this format (default: text)."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Report only problems with this code or name (repeatable).",
            autocompletion=complete_code,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Ignore problems with this code or name (repeatable).",
            autocompletion=complete_code,
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="Accept requests to this host (repeatable; $KOBJCTL_ALLOW_HOSTS adds more).",
        ),
    ] = None,
    stubs: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="Check this file of stubs too, and accept requests that it answers (repeatable).",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    stdin: Annotated[
        bool,
        typer.Option(
            "--stdin", help="Check standard input as one more file of the project in PATHS."
        ),
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Read --stdin as the file with this name (default: stdin); .json is JSON.",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again after every change, until Ctrl-C.")
    ] = False,
) -> None:
    """Find mistakes in workflows before they run.

    The files are checked together: a workflow may name hooks and klasses that another file defines.
    No database is needed. To count those of an org too, name its database with --db or KOBJCTL_DB;
    the nearest kobjctl.db is not used, so the result is the same on every machine.

    A comment in a YAML file silences a problem, by its code or name: # kobjctl: ignore WF403. It
    applies to its own line or, if it stands alone, to the next one. kobjctl explain WF403 explains
    the problem.

    Exit status 1 if there is an error, or with --strict a warning. A note, such as that no public
    source confirms an operator, never counts.

    \b
    Examples:
      kobjctl validate sample_workflows/
      kobjctl validate order.yaml --ignore WF604 --strict
      kobjctl validate workflows/ --format github
      kobjctl validate workflows/ --allow-host api.example.com --stubs stubs.yaml
      kobjctl validate workflows/ --watch
      kobjctl validate --stdin --stdin-filename order.yaml workflows/ < buffer
    """
    from kobjctl.cli.body import read_file
    from kobjctl.lint.project.files import EditorBuffer
    from kobjctl.lint.validation import ProblemSelection, read_reach
    from kobjctl.lint.validation import validate as validate_files
    from kobjctl.model.run import environment_hosts

    session = session_of(ctx)
    _check_usage(paths, stdin=stdin, watch=watch)
    check_format(session, format_)
    if stdin_filename and not stdin:
        raise UsageError("--stdin-filename needs --stdin", hint=f"add --stdin < {stdin_filename}")
    asked = ProblemSelection(_codes(select), _codes(ignore))
    reach = read_reach((*(allow_host or ()), *environment_hosts()), stubs or ())
    unsaved = EditorBuffer(stdin_filename or "stdin", read_file("-")) if stdin else None

    def judged() -> bool:
        """Show the report of one validation; return whether the files pass."""
        named = session.named_org
        report = validate_files(
            paths or (), asked, store=named and named.store, unsaved=unsaved, reach=reach
        )
        show_report(session, report, format_ or ProblemFormat.TEXT, strict=strict, unsaved=unsaved)
        return not report.fails(strict=strict)

    if watch:
        watch_files(session, lambda: _files(paths or []), judged)
    elif not judged():
        raise typer.Exit(1)


def _codes(names: list[str] | None) -> Collection[str]:
    if not names:
        return ()
    from kobjctl.lint.explanations import codes

    return codes(names)


def _check_usage(paths: list[Path] | None, *, stdin: bool, watch: bool) -> None:
    if not paths and not stdin:
        raise UsageError("no files are named", hint="name files or folders, or add --stdin")
    if stdin and watch:
        raise UsageError("--watch and --stdin can't be combined", hint="watch files instead")


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        with suppress(UsageError):
            yield from workflow_files([path])
