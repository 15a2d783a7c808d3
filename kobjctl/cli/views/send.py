"""How it is shown what was sent or called: what was accepted, what ran, and what did not."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kobjctl.app.runs.as_json import if_any, other_workflow_json, pending_json, run_json
from kobjctl.app.runs.send import OtherWorkflow, SendReport
from kobjctl.cli.output.blocks import (
    Block,
    EmptyLine,
    JsonBlock,
    Line,
    Text,
    View,
    bad,
    dim,
    good,
    heading,
    name,
    text,
    warn,
)
from kobjctl.cli.views.run import run_tree
from kobjctl.model.hook import Hook
from kobjctl.model.run import RunReport
from kobjctl.model.values import JsonObject

if TYPE_CHECKING:
    from kobjctl.app.runs.calls import CallResult
    from kobjctl.app.runs.resume import PendingStep, ResumeReport

OTHERS_SHOWN: Final = 3


def sent_view(sent: SendReport, hook: Hook) -> View:
    """Show an accepted payload, the log of each run, and why other workflows stayed silent."""
    said = text(good("accepted"), f' by {hook.type} hook "{hook.name}"  ', dim(sent.event.id))
    return _view(sent, {"transaction": sent.event.transaction()}, said, f'hook "{hook.name}"')


def raised_view(sent: SendReport) -> View:
    """Show an event that was sent, as `sent_view` does a payload."""
    event = sent.event
    value = {"event": {"id": event.id, "name": event.name, "data": event.data}}
    said = text(good("sent"), f' event "{event.name}"  ', dim(event.id))
    return _view(sent, value, said, f'event "{event.name}"')


def _view(sent: SendReport, value: JsonObject, said: Text, source: str) -> View:
    blocks: list[Block] = [Line(said)]
    if not sent.reports:
        blocks.append(Line(warn(f"no enabled workflow listens to {source}")))
    others = [other_workflow_json(each) for each in sent.others]
    return (
        {**value, **_runs(sent.reports), **_pending_json(sent.pending), "otherWorkflows": others},
        [*blocks, *_trees(sent.reports), *_pending(sent.pending), *_other_lines(sent.others)],
    )


def resumed_view(resumed: "ResumeReport") -> View:
    """Show the log of a run that went on, and where it is paused now, if it is."""
    blocks = [*_trees(resumed.reports)[1:], *_pending(resumed.pending)]
    return {**_runs(resumed.reports), **_pending_json(resumed.pending)}, blocks


def _pending_json(steps: Sequence["PendingStep"]) -> JsonObject:
    return if_any("pending", [pending_json(each) for each in steps])


def _pending(steps: Sequence["PendingStep"]) -> Iterator[Block]:
    """Tell what the steps would get before which runs are paused, and how to go on."""
    for step in steps:
        yield EmptyLine()
        yield Line(
            text(
                text(warn("paused"), " before step ", name(f'"{step.id}"')),
                heading(step.display_name),
                step.action or "condition step",
                gap="  ",
            )
        )
        if step.error:
            yield Line(bad(f"its params can't be made: {step.error}"))
        elif step.action:
            yield JsonBlock("It would get", step.params)
        yield Line(dim(f"go on: kobjctl logs resume {step.run}"))


def called_view(called: "CallResult") -> View:
    """Show a call: the log of its runs, and the response."""
    blocks = _trees(called.sent.reports)[1:]
    answer: Block = Line(dim("no response"))
    if called.response is not None:
        answer = JsonBlock("Response", called.response)
    blocks += [EmptyLine(), answer]
    return {"response": called.response, **_runs(called.sent.reports)}, blocks


def rerun_view(reports: Sequence[RunReport]) -> View:
    """Show the log of a rerun, and those of the runs that it set off."""
    return _runs(reports), _trees(reports)[1:]


def _runs(reports: Sequence[RunReport]) -> JsonObject:
    return {"runs": [run_json(report) for report in reports]}


def _trees(reports: Sequence[RunReport]) -> list[Block]:
    return [block for report in reports for block in (EmptyLine(), *run_tree(report))]


def _other_lines(others: Sequence[OtherWorkflow]) -> Iterator[Block]:
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
        yield Line(dim(f"not run: {more} more with other triggers"))


def _source(other: OtherWorkflow) -> str:
    if other.hook:
        return f'hook "{other.hook}"'
    return "calls" if other.is_callable else f'event "{other.workflow.event_name}"'
