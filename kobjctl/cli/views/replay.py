"""How a replay's tally is shown: what the runs came to, by path, by failure, and the slowest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kobjctl.app.words import counted, duration
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Line,
    Table,
    Text,
    View,
    dim,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.output.escape import shorten
from kobjctl.cli.views.run import status_text
from kobjctl.replay.messages import OTHER, Message, RunExample
from kobjctl.replay.tally import ReplayTally, SlowRun
from kobjctl.replay.words import path_text, share
from kobjctl.replay.workflow_tally import TakenPath, WorkflowTally

# More rows than these say little; the report and the JSON have all.
_MOST_ROWS: Final = 10
_PATH_LIMIT: Final = 60
_MESSAGE_LIMIT: Final = 160
_PLACE_LIMIT: Final = 32


def tally_view(tally: ReplayTally, *, kept: bool = True) -> View:
    """Show what the runs of many payloads came to.

    Runs that are not `kept` in the log have no number there: examples name their payloads.
    """
    blocks = [
        Line(_payloads(tally)),
        *_rejections(tally),
        *_section("Runs", _runs(tally.workflows)),
    ]
    several = len(tally.workflows) > 1
    for each in sorted(tally.workflows):
        of = f" of {each}" if several else ""
        blocks += _workflow(tally.workflows[each], of, kept=kept)
    created = [(f"{count:,}", name(kind)) for kind, count in tally.created.items()]
    columns = (Column("created", right=True), Column("kind"))
    blocks += _section("Records", [Table(columns, created)] if created else [])
    return tally.as_json(), [*blocks, *_section("Slowest runs", _slowest(tally.slowest, kept=kept))]


def _payloads(tally: ReplayTally) -> Text:
    read = tally.accepted + tally.rejected
    seconds = duration(tally.seconds * 1000) if tally.seconds else ""
    return text(
        heading(counted(read, "payload")),
        warn(f"{tally.rejected:,} rejected") if tally.rejected else "",
        counted(tally.runs, "run"),
        seconds,
        dim(f"{tally.rate:,.0f} payloads/s") if tally.seconds else "",
        gap="  ",
    )


def _rejections(tally: ReplayTally) -> Iterator[Block]:
    columns = (Column("rejected", right=True), Column("example"), Column("why"))
    rows = [
        (f"{each.times:,}", shorten(each.example.place, _PLACE_LIMIT), _message(each))
        for each in tally.rejections
    ]
    yield from _section("Rejected payloads", _cut(columns, rows, "reasons"))


def _runs(workflows: Mapping[str, WorkflowTally]) -> Iterator[Block]:
    columns = (Column("runs", right=True), Column("share", right=True), Column("status", keep=True))
    rows = []
    for each, tally in sorted(workflows.items()):
        total = sum(tally.statuses.values())
        rows += [
            (f"{count:,}", share(count, total), status_text(status), name(each))
            for status, count in tally.statuses.items()
        ]
    yield Table((*columns, Column("workflow")), rows, "no workflow ran")


def _workflow(tally: WorkflowTally, of: str, *, kept: bool) -> Iterator[Block]:
    yield from _section(f"Paths{of}", _paths(tally, kept=kept))
    yield from _section(f"Failures{of}", _messages(tally.failures, "failed", kept=kept))
    yield from _section(f"Warnings{of}", _messages(tally.warnings, "warned", kept=kept))


def _paths(tally: WorkflowTally, *, kept: bool) -> Iterator[Block]:
    total = sum(tally.statuses.values())
    columns = (
        Column("runs", right=True),
        Column("share", right=True),
        _example_column(kept=kept),
        Column("status", keep=True),
        Column("path"),
    )
    rows = [_path(taken, total, kept=kept) for taken in tally.paths]
    yield from _cut(columns, rows, "paths")
    if tally.others:
        others = sum(tally.others.values())
        yield Line(dim(f"{others:,} runs took paths too long or too many to list"))


def _path(taken: TakenPath, total: int, *, kept: bool) -> Sequence[Cell]:
    return (
        f"{taken.runs:,}",
        share(taken.runs, total),
        _example(taken.first, kept=kept),
        status_text(taken.path.status),
        path_text(taken.path, _PATH_LIMIT),
    )


def _messages(messages: Iterable[Message], verb: str, *, kept: bool) -> Iterator[Block]:
    columns = (
        Column(verb, right=True),
        _example_column(kept=kept),
        Column("step"),
        Column("message"),
    )
    rows = [
        (
            f"{each.times:,}",
            _example(each.example, kept=kept),
            name(each.step) if each.step else dim("the run"),
            text(_message(each), dim(f" ({each.handled:,} handled)") if each.handled else ""),
        )
        for each in messages
    ]
    yield from _cut(columns, rows, "messages")


def _example_column(*, kept: bool) -> Column:
    return Column("example run", right=True) if kept else Column("example payload")


def _example(example: RunExample, *, kept: bool) -> str:
    return str(example.run) if kept else shorten(example.place, _PLACE_LIMIT)


def _message(message: Message) -> str:
    return shorten(message.text, _MESSAGE_LIMIT) if message.text != OTHER else "others"


def _slowest(slowest: Sequence[SlowRun], *, kept: bool) -> Iterator[Block]:
    run = (Column("run", right=True),) if kept else ()
    columns = (
        *run,
        Column("duration", right=True),
        Column("status", keep=True),
        Column("workflow"),
        Column("payload"),
    )
    rows: list[Sequence[Cell]] = [
        (
            *([str(each.run["number"])] if kept else []),
            duration(each.duration),
            status_text(each.run["status"]),
            name(each.run["workflow"]),
            shorten(each.place, _PLACE_LIMIT),
        )
        for each in slowest
    ]
    if rows:
        yield Table(columns, rows)


def _section(title: str, blocks: Iterable[Block]) -> list[Block]:
    """Put a title over blocks; nothing where there are none."""
    inner = list(blocks)
    return [EmptyLine(), Line(heading(title)), *inner] if inner else []


def _cut(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], noun: str) -> Iterator[Block]:
    if rows:
        yield Table(columns, rows[:_MOST_ROWS])
    if len(rows) > _MOST_ROWS:
        left = len(rows) - _MOST_ROWS
        yield Line(dim(f"and {left:,} more {noun}: --json and --html have them"))
