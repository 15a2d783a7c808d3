"""How the sending of a payload is shown: what was accepted, what ran, and what did not."""

from collections.abc import Iterator, Sequence
from typing import Final

from kobjctl.app.runs.send import NotRun, SendReport
from kobjctl.cli.output.blocks import Block, EmptyLine, Line, dim, good, name, text, warn
from kobjctl.cli.views.logs import run_json
from kobjctl.cli.views.run import run_tree
from kobjctl.model.hook import Hook
from kobjctl.model.values import Json

OTHERS_SHOWN: Final = 3


def sent_view(sent: SendReport, hook: Hook) -> tuple[Json, list[Block]]:
    """Show an accepted payload, the log of each run, and why other workflows stayed silent."""
    value = {
        "transaction": sent.event.transaction(),
        "runs": [run_json(report) for report in sent.reports],
        "notRun": not_run_json(sent.not_run),
    }
    blocks: list[Block] = [
        Line(text(good("accepted"), f' by {hook.type} hook "{hook.name}"  ', dim(sent.event.id)))
    ]
    if not sent.reports:
        blocks.append(Line(warn(f'no enabled workflow listens to hook "{hook.name}"')))
    for report in sent.reports:
        blocks += [EmptyLine(), *run_tree(report)]
    return value, [*blocks, *not_run_lines(sent.not_run)]


def not_run_json(silent: Sequence[NotRun]) -> Json:
    """Return the workflows that did not run as JSON."""
    return [
        {"workflow": each.workflow, "listensTo": each.listens_to, "disabled": each.disabled}
        for each in silent
    ]


def not_run_lines(silent: Sequence[NotRun]) -> Iterator[Block]:
    """Tell of each workflow that is disabled, and of a few that listen to something else."""
    if silent:
        yield EmptyLine()
    others = [each for each in silent if not each.disabled]
    for each in silent:
        if each.disabled:
            hint = f" is disabled (kobjctl workflow enable {each.workflow})"
            yield Line(text(dim("not run: "), name(each.workflow), dim(hint)))
    for each in others[:OTHERS_SHOWN]:
        heard = dim(f" listens to {each.listens_to}")
        yield Line(text(dim("not run: "), name(each.workflow), heard))
    if len(others) > OTHERS_SHOWN:
        more = len(others) - OTHERS_SHOWN
        yield Line(dim(f"not run: {more} more that listen to something else"))
