"""The report of a replay as one HTML file that needs nothing else, not even scripts.

Whatever comes from payloads, workflows and file names is escaped here and nowhere else: `_cell`
and its kin take text and give HTML.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import compress
from string import Template
from typing import Final, NamedTuple

from kobjctl.files.output import OutputKind
from kobjctl.files.xml_text import escaped
from kobjctl.model.workflow import TRIGGER_ID, Workflow
from kobjctl.replay.chart import TransitionCount, chart, flows
from kobjctl.replay.messages import OTHER, Message, Messages, RunExample
from kobjctl.replay.tally import ReplayTally
from kobjctl.replay.words import share
from kobjctl.replay.workflow_tally import WorkflowTally

# More paths than these make no report that is read; the JSON has all.
_MOST_PATHS: Final = 100


class About(NamedTuple):
    """What a report is of: a title, when it was made, and facts as (name, value).

    Runs that are not `kept` in the log have no number there: examples name their payloads.
    """

    title: str
    made: str
    facts: Sequence[tuple[str, str]] = ()
    kept: bool = True


REPORT: Final = OutputKind(
    "report of a replay", re.compile(rb'.{,300}<meta name="generator" content="kobjctl', re.DOTALL)
)


class _Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def html_report(tally: ReplayTally, workflows: Mapping[str, Workflow], about: About) -> str:
    """Return the report as a whole HTML document; `workflows` are those that ran, by name."""
    template = Template(files(__package__).joinpath("report.html").read_text("utf-8"))
    main = [*_overview(tally, about)]
    for index, (name, each) in enumerate(sorted(tally.workflows.items())):
        main += _workflow(f"w{index}", name, each, workflows.get(name), about)
    main += _slowest(tally, about)
    return template.substitute(
        title=escaped(about.title), made=escaped(about.made), main="\n".join(main)
    )


def _overview(tally: ReplayTally, about: About) -> Iterator[str]:
    facts = [
        ("payloads", f"{tally.accepted + tally.rejected:,}"),
        ("rejected", f"{tally.rejected:,}"),
        ("runs", f"{tally.runs:,}"),
        *([("time", f"{tally.seconds:,.1f} s")] if tally.seconds else []),
        *([("payloads a second", f"{tally.rate:,.0f}")] if tally.seconds else []),
        *about.facts,
    ]
    shown = (
        f"<div><dt>{escaped(name)}</dt><dd>{escaped(value)}</dd></div>" for name, value in facts
    )
    yield f"<dl>{''.join(shown)}</dl>"
    yield from _table(
        "How runs ended",
        ("Runs#", "Share#", "Status", "Workflow"),
        [
            (f"{count:,}", share(count, sum(each.statuses.values())), _status(status), name)
            for name, each in sorted(tally.workflows.items())
            for status, count in each.statuses.items()
        ],
    )
    created = [(f"{count:,}", kind) for kind, count in tally.created.items()]
    yield from _table("Records that steps created", ("Created#", "Kind"), created)
    yield from _table(
        "Payloads that were rejected",
        ("Rejected#", "Why", "Example"),
        [(f"{each.times:,}", _message_text(each), each.example.place) for each in tally.rejections],
    )


def _workflow(
    ids: str, name: str, tally: WorkflowTally, workflow: Workflow | None, about: About
) -> Iterator[str]:
    yield f'<section><h2 id="{ids}">Workflow {escaped(name)}</h2>'
    titles = _titles(workflow)
    if workflow:
        yield from _graph(ids, workflow, tally)
    yield from _paths(tally, titles, about)
    for title, messages in (("Failures", tally.failures), ("Warnings", tally.warnings)):
        yield from _messages(title, messages, titles, about)
    yield "</section>"


def _graph(ids: str, workflow: Workflow, tally: WorkflowTally) -> Iterator[str]:
    drawn = chart(f"{ids}-graph", workflow, tally)
    yield "<h3>Steps and transitions</h3>"
    yield '<p class="soft">The wider a line, the more runs took it; shares are of the runs'
    yield " that came to the step before it. No run took a dashed line.</p>"
    yield f'<div class="scroll">{drawn}</div>' if drawn else "<p>It is too large to draw.</p>"
    yield f"<details{'' if drawn else ' open'}><summary>The same as a table</summary>"
    titles = _titles(workflow)
    columns = ("From", "To", "When", "Runs#", "Share#")
    yield from _table("", columns, [_flow(flow, titles) for flow in flows(workflow, tally)])
    yield "</details>"


def _flow(flow: TransitionCount, titles: Mapping[str, str]) -> Sequence[str]:
    way = flow.way
    when = ": ".join(filter(None, ("on error" if way.on_error else "", flow.label)))
    runs = f"{flow.runs:,}" if flow.runs else "never"
    return _step(way.step, titles), _step(way.target, titles), when, runs, share(flow.runs, flow.at)


def _paths(tally: WorkflowTally, titles: Mapping[str, str], about: About) -> Iterator[str]:
    total = sum(tally.statuses.values())
    rows = []
    for (status, steps, failed), runs, first in tally.paths[:_MOST_PATHS]:
        shown = [
            f"{'✗ ' if place in failed else ''}{titles.get(step) or step}"
            for place, step in enumerate(steps, 1)
            if place > 1 or len(steps) == 1
        ]
        example = _example(first, about)
        rows.append((f"{runs:,}", share(runs, total), _status(status), " → ".join(shown), example))
    yield from _table("Paths", ("Runs#", "Share#", "Status", "Path", "Example"), rows)
    left = len(tally.paths) - len(rows)
    others = sum(tally.others.values())
    if left:
        yield f"<p>{left:,} more paths were taken by fewer runs.</p>"
    if others:
        yield f"<p>{others:,} runs took paths too long or too many to list.</p>"


def _messages(
    title: str, messages: Messages, titles: Mapping[str, str], about: About
) -> Iterator[str]:
    rows = [
        (
            f"{each.times:,}",
            f"{each.handled:,}" if each.handled else "",
            _step(each.step, titles) if each.step else "the run as a whole",
            _message_text(each),
            _example(each.example, about),
        )
        for each in messages
    ]
    yield from _table(title, ("Times#", "Handled#", "Step", "Message", "Example"), rows)


def _slowest(tally: ReplayTally, about: About) -> Iterator[str]:
    rows = [
        (
            f"{each.duration:,.1f} ms",
            _status(each.run["status"]),
            each.run["workflow"],
            each.place,
            _example(RunExample(each.run["number"], each.place), about),
        )
        for each in tally.slowest
    ]
    if rows:
        yield "<section><h2>The slowest runs</h2>"
        columns = ("Duration#", "Status", "Workflow", "Payload", "Example")
        yield from _table("", columns, rows)
        yield "</section>"


def _titles(workflow: Workflow | None) -> dict[str, str]:
    """Return the names that steps are shown by."""
    steps = workflow.steps if workflow else ()
    return {step.id: step.display_name for step in steps if step.display_name}


def _step(step: str, titles: Mapping[str, str]) -> str:
    title = titles.get(step, "trigger" if step == TRIGGER_ID else "")
    return _Html(f"{escaped(title)} <code>{escaped(step)}</code>".strip())


def _status(status: str) -> str:
    return _Html(f'<span class="keep {status.replace(" ", "-")}">{escaped(status)}</span>')


def _message_text(message: Message) -> str:
    return "other messages" if message.text == OTHER else message.text


def _example(example: RunExample, about: About) -> str:
    if about.kept and example.run:
        return _Html(f'<code class="keep">kobjctl logs {example.run}</code>')
    return example.place


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table under a title, without columns that are empty; nothing when it has no rows.

    `#` marks columns of numbers.
    """
    filled = [any(cells) for cells in zip(*rows, strict=True)]
    if not filled:
        return
    columns = [*compress(columns, filled)]
    cells = ["".join(map(_cell, columns, compress(row, filled))) for row in rows]
    if title:
        yield f"<h3>{escaped(title)}</h3>"
    heads = "".join(
        f'<th scope="col"{_number(each)}>{escaped(each.rstrip("#"))}</th>' for each in columns
    )
    yield f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'
    yield from (f"<tr>{each}</tr>" for each in cells)
    yield "</tbody></table></div>"


def _cell(column: str, value: str) -> str:
    shown = value if isinstance(value, _Html) else escaped(value)
    return f"<td{_number(column)}>{shown}</td>"


def _number(column: str) -> str:
    return ' class="n"' if column.endswith("#") else ""
