"""`kobjctl test`: run scenarios, and compare what happens with what they expect."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

import typer

from kobjctl.app.words import counted
from kobjctl.cli.command import Command, group
from kobjctl.cli.commands.scenario_init import init
from kobjctl.cli.groups import DefaultGroup
from kobjctl.cli.scenario_options import (
    CoverageOptions,
    ResultFormat,
    complete_report,
    read_coverage_options,
)
from kobjctl.cli.session import Session, error_lines, session_of
from kobjctl.cli.watching import watch as watch_files
from kobjctl.model.errors import KobjctlError, UsageError
from kobjctl.testing.scenarios.matchers import MATCHERS

if TYPE_CHECKING:
    from kobjctl.model.scenario import ScenarioResult
    from kobjctl.testing.scenarios.orgs import StartOrgs
    from kobjctl.testing.scenarios.reading import ScenarioFile
    from kobjctl.testing.scenarios.running_all import Task
    from kobjctl.testing.scenarios.selecting import LastFailed


class TestGroup(DefaultGroup):
    """A group that runs scenarios when none of its commands is named."""

    default: ClassVar[str] = "run"


app = group("Run the scenarios of workflows, or write the first ones.", TestGroup)
app.command(cls=Command)(init)

_MARGIN = 24


def _matchers() -> str:
    """Tell what may be expected in place of a value."""
    lines = ["\b", "Matchers that you may expect in place of a value:"]
    for matcher in MATCHERS.values():
        first, *more = wrap(matcher.help, 76 - _MARGIN)
        lines.append(f"  {matcher.example:{_MARGIN}}{first}")
        lines += [" " * (_MARGIN + 2) + each for each in more]
    return "\n".join(lines)


def _complete_name(incomplete: str) -> list[str]:
    """Return the names of scenarios that begin so, in the files of this folder."""
    from kobjctl.testing.scenarios.reading import read

    try:
        files = read([Path()]).files
    except Exception:  # noqa: BLE001 - a shell must not see errors while it completes
        return []
    names = (scenario.name for file in files for scenario in file.scenarios)
    return [name for name in names if name.startswith(incomplete)]


@app.command(cls=Command, epilog=_matchers())
def run(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Scenario files, or folders of *.test.yaml (default: this folder)."),
    ] = None,
    keyword: Annotated[
        str,
        typer.Option(
            "-k",
            metavar="NAME",
            help="Run only scenarios with this in their name.",
            autocompletion=_complete_name,
        ),
    ] = "",
    stop_first: Annotated[bool, typer.Option("-x", help="Stop after the first failure.")] = False,
    last_failed: Annotated[
        bool,
        typer.Option("--lf", "--last-failed", help="Run only scenarios that failed last time."),
    ] = False,
    processes: Annotated[
        int, typer.Option("-n", metavar="N", help="Run in this many processes.", min=1, max=64)
    ] = 1,
    verbose: Annotated[bool, typer.Option("-v", help="Show a line for each scenario.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Write the actual results into the files as snapshots.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Run again after every change, until Ctrl-C.")
    ] = False,
    format_: Annotated[
        ResultFormat, typer.Option("--format", help="Print the results in this format.")
    ] = ResultFormat.TEXT,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Show how much of the workflows the scenarios cover.")
    ] = False,
    coverage_report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT[:FILE]",
            autocompletion=complete_report,
            help="Write coverage as table, mermaid, json or cobertura (repeatable; - is"
            " standard output).",
        ),
    ] = None,
    coverage_source: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH", help="Cover only the workflows in this file or folder (repeatable)."
        ),
    ] = None,
    fail_under: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", min=0, max=100, help="Fail if coverage is below this percentage."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite existing files of any kind.")
    ] = False,
) -> None:
    """Run scenarios, each in a fresh org with a fixed clock and no network.

    A scenario file names a workflow, the records and stubs it starts with, and scenarios: what each
    sends, and what it expects. kobjctl help scenarios describes it in full. kobjctl test init
    writes one for a workflow, with a scenario for each path through it.

    Coverage counts the steps that ran, the transitions and error cases that were taken, and whether
    each condition, and each part of an and/or, both held and did not hold. It covers the workflows
    that the scenario files name, and all workflows in the folders that are searched; one that never
    ran counts with 0 %. A transition that can't be taken, such as one after an "always", is a gap
    too.

    Exit status 1 if a scenario fails or coverage is below --fail-under, 2 if a file is wrong or
    there is nothing to run.

    \b
    Examples:
      kobjctl test
      kobjctl test tests/ -k customer -x
      kobjctl test tests/order.test.yaml --lf -v
      kobjctl test tests/ -n 2 --format json
      kobjctl test tests/ -k "a new customer" --update
      kobjctl test --watch
      kobjctl test init order.yaml
      kobjctl test tests/ --format junit > results.xml
      kobjctl test tests/ --coverage
      kobjctl test --coverage-report cobertura:coverage.xml --fail-under 90
    """
    session = session_of(ctx)
    if update and (watch or stop_first):
        other = "--watch" if watch else "-x"
        raise UsageError(f"--update and {other} can't be combined", hint=f"leave out {other}")
    covering = read_coverage_options(coverage, coverage_report, coverage_source, fail_under)
    options = _TestOptions(
        paths or [Path()],
        keyword,
        last_failed,
        stop_first,
        processes,
        verbose,
        update,
        ResultFormat.JSON if session.json else format_,
        covering and covering._replace(force=force),
    )

    def tested() -> bool:
        return _test(session, options)

    if watch:
        _watch(session, options, tested)
    elif not tested():
        raise typer.Exit(1)


class _TestOptions(NamedTuple):
    """What was asked for: which scenarios, and how they run."""

    paths: list[Path]
    keyword: str
    last_failed: bool
    stop_first: bool
    processes: int
    verbose: bool
    update: bool
    format: ResultFormat
    coverage: CoverageOptions | None


def _test(session: Session, options: _TestOptions) -> bool:
    """Run what was asked for and show it; tell whether all went well."""
    from kobjctl.cli.reports.coverage import check_outputs, project_of, show_coverage
    from kobjctl.cli.reports.scenarios import show_results
    from kobjctl.model.clock import stopwatch
    from kobjctl.testing.scenarios.checking import collect
    from kobjctl.testing.scenarios.orgs import StartOrgs
    from kobjctl.testing.scenarios.running_all import run_all
    from kobjctl.testing.scenarios.selecting import LastFailed

    check_outputs(options.coverage)
    passed = stopwatch()
    orgs = StartOrgs()
    found = collect(options.paths, orgs, updates=options.update)
    found.refuse_problems()
    kept = LastFailed(Path.cwd())
    tasks = _select(session, options, found.files, kept)
    project = project_of(options.coverage, found.files, options.paths)
    results = _update(session, tasks, orgs) if options.update else []
    left = [] if options.update else tasks
    with _progress(len(left), quiet=options.format is ResultFormat.JSON) as count:
        for result in run_all(
            left, orgs, processes=options.processes, stop_first=options.stop_first
        ):
            results.append(result)
            count()
    kept.learn(results)
    covered = project.of(results) if project else None
    show_results(session, options.format, results, passed(), covered, verbose=options.verbose)
    is_enough = show_coverage(session, options.coverage, covered, options.format)
    return is_enough and not any(result.is_bad for result in results)


def _select(
    session: Session, options: _TestOptions, files: "Sequence[ScenarioFile]", kept: "LastFailed"
) -> "list[Task]":
    from kobjctl.testing.scenarios.selecting import tasks_of

    tasks = tasks_of(files, options.keyword)
    if not tasks:
        raise UsageError(
            f'no scenario has "{options.keyword}" in its name',
            hint="kobjctl test -v lists them all",
        )
    if not options.last_failed:
        return tasks
    failed = kept.among(tasks)
    if not failed:
        session.say("none of these failed last time: running all of them")
    return failed or tasks


def _update(session: Session, tasks: "Sequence[Task]", orgs: "StartOrgs") -> "list[ScenarioResult]":
    from kobjctl.testing.scenarios.updating import update

    updated = update(tasks, orgs)
    session.say(f"{counted(updated.written, 'snapshot')} written")
    return updated.results


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show how many have run, where people look on."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from kobjctl.cli.output.render import progress

    with progress("running scenarios", total, sys.stderr) as count:
        yield count


def _watch(session: Session, options: _TestOptions, tested: Callable[[], bool]) -> None:
    from kobjctl.cli.views.problem import problem_lines
    from kobjctl.model.problem import FileProblemsError
    from kobjctl.testing.scenarios.watched import watched

    def act() -> None:
        """Run the scenarios once; what is wrong with the files is shown."""
        try:
            tested()
        except KobjctlError as error:
            if isinstance(error, FileProblemsError):
                session.print(problem_lines(error.problems), sys.stderr)
            session.print(error_lines(error.message, error.hint), sys.stderr)
        sys.stdout.flush()

    watch_files(session, lambda: watched(options.paths), act)
