"""`kobjctl diff`: what would change with a new version of a workflow, on real payloads."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.cli.command import RunningCommand, complete_hook, complete_workflow, group
from kobjctl.cli.session import Session, session_of
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.compare.comparison import Comparison, Conditions
    from kobjctl.compare.payloads import Entrance, InputPayload, RejectCount
    from kobjctl.replay.payloads import Payloads

app = group("Two versions of a workflow on the same payloads.")

_SEED = 1
# So many seconds pass before the bar is drawn again.
_PAUSE = 0.1


@app.command(cls=RunningCommand)
def diff(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            help="A file, a folder, or the name of a workflow in the org.",
            autocompletion=complete_workflow,
        ),
    ],
    new: Annotated[
        str, typer.Argument(help="Another file, folder or name.", autocompletion=complete_workflow)
    ],
    payloads: Annotated[
        list[str],
        typer.Option(
            "--payloads",
            "-p",
            metavar="FILE",
            help="Run the payloads in this file or folder: NDJSON, arrays, gzipped or not;"
            " - is standard input (repeatable).",
        ),
    ] = [],  # noqa: B006
    from_log: Annotated[
        bool, typer.Option("--from-log", help="Run the payloads in the log.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            help="With --from-log, run only payloads since this time, such as 2h, 7d or 2026-01-02."
        ),
    ] = None,
    hook: Annotated[
        str | None,
        typer.Option(
            help="Send the payloads in files to this hook, if several listen.",
            autocompletion=complete_hook,
        ),
    ] = None,
    workflow: Annotated[
        str | None,
        typer.Option(
            help="Send the payloads in files to this workflow, if several could run.",
            autocompletion=complete_workflow,
        ),
    ] = None,
    ignore: Annotated[
        list[str],
        typer.Option(help="Ignore this field, such as title or custom.priceStr (repeatable)."),
    ] = [],  # noqa: B006
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep both copies of the org in this folder, as old.db and new.db.",
        ),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(min=1, max=100, help="Show at most this many examples of each difference."),
    ] = 1,
) -> None:
    """Compare two versions of a workflow on the same payloads.

    Each version runs all payloads on a copy of the org (or on an empty one), with the same clock
    and chance; the org stays as it is. Differences are counted in paths, ends, failures, outputs,
    records, HTTP calls, warnings, runs set off and runs scheduled. New ids and times don't count.
    Payloads in the log run at the time they came in, unless you set --now. Exit status 1 if
    anything differs, 0 if nothing does.

    \b
    Examples:
      kobjctl diff order-v1.yaml order-v2.yaml --payloads orders.ndjson
      kobjctl diff order order-v2.yaml --from-log --since 7d
      kobjctl diff order order-v2.yaml -p orders.json.gz --ignore title --json
      kobjctl diff order order-v2.yaml -p orders.ndjson --keep copies
    """
    from kobjctl.cli.views.versions import comparison_view
    from kobjctl.compare.comparison import compared
    from kobjctl.compare.payloads import RejectCount, choose, of_files
    from kobjctl.replay.payloads import Payloads

    session = session_of(ctx)
    _check(payloads, from_log, since, {"--hook": hook, "--workflow": workflow})
    for option, value in (("--keep", keep), *(("--ignore", each) for each in ignore)):
        if value == "":
            raise UsageError(f"{option} is empty", hint="kobjctl diff --help")
    conditions = _conditions(session, from_log, limit, ignore)
    rejects = RejectCount()
    folder = Path(keep) if keep is not None else None
    with compared(session.engine, (old, new), conditions, folder) as comparison:
        for note in comparison.sides.notes:
            session.say(f"note: {note}")
        source = Payloads(payloads) if payloads else None
        given = (
            of_files(source, choose(comparison.sides, hook, workflow, payloads), rejects)
            if source
            else _recorded(session, comparison, since)
        )
        with _gauge(session, source) as tell:
            for done in comparison.run(given):
                tell(done)
        if not comparison.compared and not comparison.interrupted:
            _refuse(rejects, from_log)
        session.show(*comparison_view(comparison, rejects, comparison.shown(), folder))
    if comparison.differing or comparison.interrupted:
        raise typer.Exit(1)


def _check(
    payloads: list[str], from_log: bool, since: str | None, only_files: dict[str, str | None]
) -> None:
    """Raise UsageError unless there is one word on where payloads come from."""
    hint = "add --payloads FILE, or --from-log --since 7d"
    if from_log and payloads:
        raise UsageError(
            "--payloads and --from-log can't be combined", hint="leave out one of them"
        )
    if not (from_log or payloads):
        raise UsageError("no payloads are named", hint=hint)
    if since is not None and not from_log:
        raise UsageError("--since needs --from-log", hint="add --from-log")
    for option, value in only_files.items():
        if from_log and value is not None:
            raise UsageError(
                f"{option} can't be combined with --from-log",
                hint=f"leave out {option}: the log knows where each payload came in",
            )


def _conditions(session: Session, moves: bool, examples: int, ignore: list[str]) -> "Conditions":
    from kobjctl.compare.comparison import Conditions

    running = session.running
    if running.record:
        raise UsageError(
            "kobjctl diff can't record: it runs two versions",
            hint="record with kobjctl hook send --record FILE, then add --stubs FILE here",
        )
    return Conditions(
        seed=_SEED if running.seed is None else running.seed,
        moves=moves and not running.now,
        examples=examples,
        ignored=tuple(tuple(each.split(".")) for each in ignore),
    )


def _recorded(
    session: Session, comparison: "Comparison", since: str | None
) -> "Iterator[tuple[InputPayload, Entrance]]":
    from kobjctl.compare.payloads import entrances, of_log
    from kobjctl.files.times import read_time

    org = session.org
    start = read_time(since, org.now()) if since is not None else ""
    return of_log(org.store, entrances(comparison.sides), start)


@contextmanager
def _gauge(session: Session, source: "Payloads | None") -> "Iterator[Callable[[int], None]]":
    """Return what shows how far it has come: on a terminal a bar, else nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from kobjctl.cli.output.render import gauge

    tick, told = session.org.tick, 0.0
    with gauge("comparing", source.size if source else None, sys.stderr) as show:

        def tell(done: int) -> None:
            nonlocal told
            if tick() - told > _PAUSE:
                told = tick()
                show(source.bytes_read if source else done, f"{done:,} payloads")

        yield tell


def _refuse(rejects: "RejectCount", from_log: bool) -> None:
    """Raise UsageError: nothing was compared."""
    if from_log:
        raise UsageError(
            "the log has no payload for these workflows", hint="kobjctl logs lists the runs"
        )
    first = rejects.first[0] if rejects.first else None
    reason = f": {first.place}: {first.reason}" if first else ""
    raise UsageError(f"no payload could be read{reason}", hint="each payload is one JSON value")
