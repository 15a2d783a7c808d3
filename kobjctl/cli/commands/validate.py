"""`kobjctl validate`: find what is wrong with workflows before they run."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kobjctl.cli.command import Command, complete_code, group
from kobjctl.cli.options import check_format
from kobjctl.cli.session import session_of
from kobjctl.cli.views.report import ProblemFormat, show_report
from kobjctl.cli.watching import watch as watch_files
from kobjctl.files.reader import workflow_files
from kobjctl.model.errors import UsageError

app = group("Validate files.")


@app.command(cls=Command)
def validate(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Workflow files, app files, or folders.")
    ] = None,
    format_: Annotated[
        ProblemFormat | None,
        typer.Option("--format", help="What to print the problems as (else text)."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only look for this.", autocompletion=complete_code),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Don't look for this.", autocompletion=complete_code),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A host that requests may go to; those of $KOBJCTL_ALLOW_HOSTS too.",
        ),
    ] = None,
    stubs: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Stubs that will answer runs.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Judge what comes in; the paths are its project.")
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The file that --stdin will be (else stdin); .json is JSON.",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Judge anew after every change, until Ctrl-C.")
    ] = False,
) -> None:
    """Find what is wrong with workflows, before they run.

    The files are judged together, and no database is needed: a workflow may name hooks and
    klasses that another of the files defines. Those of an org count as well when you name it
    with --db or KOBJCTL_DB; the nearest kobjctl.db is not looked at, so that the answer is the
    same on every machine.

    A comment in a YAML file silences a problem on its line, or alone on a line those of the next
    one, by its code or name: # kobjctl: ignore WF403. What it means: kobjctl explain WF403.

    Exit status 1 when there is an error, with --strict also when there is a warning. A note, such
    as that no public source confirms an operator, never counts.

    \b
    Examples:
      kobjctl validate sample_workflows/
      kobjctl validate order.yaml --ignore WF604 --strict
      kobjctl validate workflows/ --format github
      kobjctl validate workflows/ --allow-host api.example.com --stubs stubs.yaml
      kobjctl validate workflows/ --watch
      kobjctl validate --stdin --stdin-filename order.yaml workflows/ < buffer
    """
    from kobjctl.cli.commands.hook import read_input
    from kobjctl.lint.project.files import EditorBuffer
    from kobjctl.lint.validation import ProblemSelection, read_reach
    from kobjctl.lint.validation import validate as validate_files
    from kobjctl.model.run import environment_hosts

    session = session_of(ctx)
    _check_usage(paths, stdin=stdin, watch=watch)
    check_format(session, format_)
    if stdin_filename and not stdin:
        raise UsageError(
            "--stdin-filename names what --stdin brings", hint=f"add --stdin < {stdin_filename}"
        )
    asked = ProblemSelection(_codes(select), _codes(ignore))
    reach = read_reach((*(allow_host or ()), *environment_hosts()), stubs or ())
    unsaved = EditorBuffer(stdin_filename or "stdin", read_input("-")) if stdin else None

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
        raise UsageError("nothing says what to validate", hint="name files or folders, or --stdin")
    if stdin and watch:
        raise UsageError(
            "--stdin comes in once and can't be watched", hint="--watch goes with files"
        )


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        with suppress(UsageError):
            yield from workflow_files([path])
