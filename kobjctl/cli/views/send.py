"""How the sending of a payload is shown: what was accepted, what ran, and what did not."""

from collections.abc import Iterator, Sequence
from typing import Final

from kobjctl.app.runs.as_json import other_workflow_json, run_json
from kobjctl.app.runs.send import OtherWorkflow, SendReport
from kobjctl.cli.output.blocks import Block, EmptyLine, Line, dim, good, name, text, warn
from kobjctl.cli.views.run import run_tree
from kobjctl.model.hook import Hook
from kobjctl.model.values import Json

OTHERS_SHOWN: Final = 3


def sent_view(sent: SendReport, hook: Hook) -> tuple[Json, list[Block]]:
    """Show an accepted payload, the log of each run, and why other workflows stayed silent."""
    value = {
        "transaction": sent.event.transaction(),
        "runs": [run_json(report) for report in sent.reports],
        "otherWorkflows": [other_workflow_json(each) for each in sent.others],
    }
    blocks: list[Block] = [
        Line(text(good("accepted"), f' by {hook.type} hook "{hook.name}"  ', dim(sent.event.id)))
    ]
    if not sent.reports:
        blocks.append(Line(warn(f'no enabled workflow listens to hook "{hook.name}"')))
    for report in sent.reports:
        blocks += [EmptyLine(), *run_tree(report)]
    return value, [*blocks, *other_lines(sent.others)]


def other_lines(others: Sequence[OtherWorkflow]) -> Iterator[Block]:
    """Tell of each workflow that is disabled, and of a few that listen to something else."""
    if others:
        yield EmptyLine()
    elsewhere = [each for each in others if not each.is_disabled]
    for each in others:
        if each.is_disabled:
            hint = f" is disabled (kobjctl workflow enable {each.workflow.name})"
            yield Line(text(dim("not run: "), name(each.workflow.name), dim(hint)))
    for each in elsewhere[:OTHERS_SHOWN]:
        source = dim(f" listens to {_source(each)}")
        yield Line(text(dim("not run: "), name(each.workflow.name), source))
    if len(elsewhere) > OTHERS_SHOWN:
        more = len(elsewhere) - OTHERS_SHOWN
        yield Line(dim(f"not run: {more} more that listen to something else"))


def _source(other: OtherWorkflow) -> str:
    if other.hook:
        return f'hook "{other.hook}"'
    return "calls" if other.is_callable else f'event "{other.workflow.event_name}"'
