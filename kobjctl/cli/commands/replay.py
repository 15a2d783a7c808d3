"""`kobjctl replay`: send many payloads, and see what they come to."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kobjctl.app.words import counted, instant
from kobjctl.cli.command import RunningCommand, complete_workflow, group
from kobjctl.cli.commands.hook import HookChoice
from kobjctl.cli.run_filter import complete_status, run_filter
from kobjctl.cli.session import Session, session_of
from kobjctl.model.errors import UsageError

if TYPE_CHECKING:
    from kobjctl.replay.replay import ReplayProgress, ReplayResult, ShowProgress
    from kobjctl.replay.replayer import ReplayOptions
    from kobjctl.replay.sources import PayloadSource
    from kobjctl.replay.targets import SendRequest
    from kobjctl.store.org import Org
    from kobjctl.store.replays import Replay

app = group("Send many payloads, and sum up what their runs did.")


def _refuse(_ctx: typer.Context, value: str | None) -> None:
    """Refuse the options of a replay by several processes, which is no more."""
    if value is not None:
        raise UsageError(
            "-n and --key were removed: a replay runs in one process",
            hint="leave them out, or split the payloads and replay each part into its own --db",
        )


@app.command(cls=RunningCommand)
def replay(  # noqa: PLR0913, PLR0917 - the options of the command
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files with lines of JSON, arrays or single payloads, or folders of"
            " these, gzipped or not; - is standard input."
        ),
    ] = None,
    hook: HookChoice = None,
    event: Annotated[
        str | None, typer.Option(help="Send each payload as this event instead.", metavar="NAME")
    ] = None,
    workflow: Annotated[
        str | None,
        typer.Option(
            help="Call this workflow with each payload instead; with --from-log, send only"
            " what it ran on.",
            autocompletion=complete_workflow,
        ),
    ] = None,
    from_log: Annotated[
        bool,
        typer.Option("--from-log", help="Send the payloads in the log again, as they were sent."),
    ] = False,
    status: Annotated[
        str | None,
        typer.Option(
            help="With --from-log, send only payloads with a run of this status.",
            autocompletion=complete_status,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="With --from-log, send only what ran since this time, such as 2h, 7d or"
            " 2026-01-02."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Work on a copy, and leave the org as it is.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue the same replay where it stopped.")
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="Refuse to send what was replayed before.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first payload that is rejected.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            help="Write rejected payloads to this file (default: FILE.rejects).",
            metavar="FILE",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a report for the browser to this file.", metavar="FILE"),
    ] = None,
    processes: Annotated[
        str | None,
        typer.Option("--processes", "-n", help="Removed.", hidden=True, callback=_refuse),
    ] = None,
    key: Annotated[str | None, typer.Option(help="Removed.", hidden=True, callback=_refuse)] = None,
) -> None:
    """Send many payloads, and sum up what their runs did.

    A payload that can't be read is rejected: it is counted, and kept in a file with its place and
    the reason. Payloads are saved many at a time. Ctrl-C stops after the commit under way, and
    --resume continues there; it does so after a crash, too. Exit status 1 if a run failed, a
    payload was rejected, or the replay stopped.

    \b
    Examples:
      kobjctl replay orders.ndjson
      kobjctl replay archive/ --hook orders --dry-run --html report.html
      kobjctl replay orders.ndjson --resume
      kobjctl replay --from-log --since 7d --workflow order --dry-run --json
      zcat 2026-*.gz | kobjctl replay - --hook orders --strict
    """
    from kobjctl.cli.replay_options import given_options
    from kobjctl.cli.reports.replay import check_outputs, write_report
    from kobjctl.replay.replayer import ReplayOptions
    from kobjctl.replay.targets import SendRequest

    session = session_of(ctx)
    sending = SendRequest(tuple(files or ()), hook, event, workflow, from_log)
    _check(sending, status or since, dry_run=dry_run, resume=resume)
    run_options = given_options(session.running, rejects)
    rejects = rejects or _beside(sending.files)
    check_outputs(session, html, rejects, sending.files)
    org = _org(session, dry_run=dry_run, resume=resume)
    if from_log:
        wanted = run_filter(session, status, workflow, since, org)
        selection = tuple(each or "" for each in (status, workflow, since))
        sending = sending._replace(selection=selection, wanted=wanted)
    source, target = sending.ends(org.store)
    options = ReplayOptions(
        source,
        target,
        rejects,
        run_options,
        strict=strict,
        durable=not dry_run,
        at=org.now() if session.running.now else "",
    )
    done = _run(session, options, resume=resume, once=once)
    _show(session, ctx, done, dry_run=dry_run, lasting=source.is_lasting)
    if html:
        sources = sending.files or ["the log"]
        write_report(session, org, done.tally, html, sources=sources, kept=not dry_run)
    if done.end != "completed" or done.tally.any_bad:
        raise typer.Exit(1)


def _check(sending: "SendRequest", selection: str | None, *, dry_run: bool, resume: bool) -> None:
    if sending.from_log and sending.files:
        raise UsageError("--from-log and files can't be combined", hint="leave out one of them")
    if not sending.from_log and not sending.files:
        raise UsageError("no payloads are named", hint="name files, or add --from-log")
    if sending.from_log and (sending.hook or sending.event):
        raise UsageError(
            "--hook and --event can't be combined with --from-log", hint="leave them out"
        )
    if not sending.from_log and selection:
        raise UsageError("--status and --since need --from-log", hint="add --from-log")
    if sum(map(bool, (sending.hook, sending.event, sending.workflow))) > 1:
        raise UsageError(
            "--hook, --event and --workflow can't be combined",
            hint="use one of them",
        )
    if dry_run and resume:
        raise UsageError("a dry run can't be resumed: it keeps nothing", hint="leave out --resume")


def _beside(files: Sequence[str]) -> Path:
    """Return the file for what is no payload."""
    name = files[0] if files else "log"
    return Path("stdin.rejects" if name == "-" else f"{name.rstrip('/')}.rejects")


def _org(session: Session, *, dry_run: bool, resume: bool) -> "Org":
    """Return the org, or its copy; under which conditions a replay goes on is told by itself."""
    if resume:
        return session.waiting_org
    return (session.copy_engine if dry_run else session.engine).org


def _begin(session: Session, org: "Org", options: "ReplayOptions", *, once: bool) -> "Replay":
    from kobjctl.replay import replay as replays

    begun, earlier = replays.begin(org, options, once=once)
    # A dry run begins nothing anew: what has stopped can still be gone on with.
    if earlier and options.durable:
        _tell_of(session, earlier)
    return begun


def _tell_of(session: Session, earlier: "Replay") -> None:
    if earlier.ended_at:
        session.say(
            f"note: these payloads were replayed before, at {instant(earlier.ended_at)}:"
            f" {counted(earlier.position, 'payload')} (--once refuses to send them again)"
        )
    else:
        session.say(
            f"note: an earlier replay, begun at {instant(earlier.started_at)}, stopped early;"
            " this one starts over (--resume continues the earlier one)"
        )


def _resume(session: Session, options: "ReplayOptions") -> "Replay":
    from kobjctl.cli.replay_options import take_over
    from kobjctl.replay import replay as replays

    begun = replays.resumed(session.waiting_org, options)
    if begun.ended_at:
        session.say(
            f"this replay ended at {instant(begun.ended_at)}; nothing is sent, its report follows"
        )
        return begun
    take_over(session.running, begun.begun["options"])
    session.say(f"continuing the replay begun at {instant(begun.started_at)}")
    return begun


def _run(session: Session, options: "ReplayOptions", *, resume: bool, once: bool) -> "ReplayResult":
    from kobjctl.replay import replay as replays

    with ExitStack() as stack:
        if once or resume:
            stack.enter_context(options.source.read_ahead())
        if resume:
            begun = _resume(session, options)
            engine = session.engine
        else:
            engine = session.engine if options.durable else session.copy_engine
            begun = _begin(session, engine.org, options, once=once)
        show = stack.enter_context(_shown(options.source))
        stack.enter_context(engine.interruption.listening())
        done = replays.replay(engine, options, begun, show)
    # What came through a pipe is known only now.
    is_new = begun.begun["facts"] or done.end != "completed" or not options.durable
    if not is_new and (earlier := replays.replayed_before(engine.org.store, options, begun)):
        _tell_of(session, earlier)
    return done


@contextmanager
def _shown(source: "PayloadSource") -> "Iterator[ShowProgress]":
    """Return what shows the progress: on a terminal, a bar; else nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from kobjctl.cli.output.render import gauge

    with gauge("replaying", source.size, sys.stderr) as show:

        def tell(standing: "ReplayProgress") -> None:
            rate = (standing.done - standing.before) / standing.seconds if standing.seconds else 0
            show(standing.read, f"{standing.done:,} payloads  {rate:,.0f}/s")

        yield tell


def _show(
    session: Session, ctx: typer.Context, done: "ReplayResult", *, dry_run: bool, lasting: bool
) -> None:
    from kobjctl.cli.session import error_lines
    from kobjctl.cli.views.replay import tally_view

    value, blocks = tally_view(done.tally, kept=not dry_run)
    rejects = str(done.rejects) if done.rejects else None
    session.show({**value, "outcome": done.end, "rejectsFile": rejects, "dryRun": dry_run}, blocks)
    if rejects:
        session.say(f"rejected payloads are in {rejects}")
    if done.refused:
        for line in error_lines(done.refused, "correct it and start over, or leave out --strict"):
            session.say(line)
    if done.end != "completed":
        count = counted(done.done, "payload")
        if dry_run or not lasting:
            kept = "a dry run keeps nothing" if dry_run else "standard input can't be resumed"
            session.say(f"stopped after {count}; {kept}")
        else:
            session.say(f"stopped after {count}; continue with: {_again(ctx)}")


def _again(ctx: typer.Context) -> str:
    from kobjctl.cli import ARGUMENTS

    arguments = [each for each in ctx.meta[ARGUMENTS] if each not in {"--resume", "--strict"}]
    return shlex.join(["kobjctl", *arguments, "--resume"])
