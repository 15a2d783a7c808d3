"""How often runs took each transition of a workflow, drawn on its graph."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kobjctl.app.drawing.svg import Edge, Node, draw, shortened
from kobjctl.model.workflow import TRIGGER_ID, Step, Workflow
from kobjctl.replay.words import share
from kobjctl.replay.workflow_tally import RunTransition, WorkflowTally

# A larger graph is no picture any more; the tables tell all of it.
MOST_STEPS: Final = 150


class TransitionCount(NamedTuple):
    """A way of the workflow, with its label, and how many of the runs `at` its step took it."""

    way: RunTransition
    label: str
    runs: int
    at: int


def flows(workflow: Workflow, tally: WorkflowTally) -> list[TransitionCount]:
    """Return all ways of a workflow with how often they were taken, in their order.

    Ways from a step to the same target are one. Runs of an older revision may have taken others.
    """
    taken, at = tally.ways, visits(tally)
    labels: dict[RunTransition, list[str]] = {}
    for step in (workflow.trigger, *workflow.steps):
        for on_error, transitions in ((False, step.transitions), (True, step.error_cases)):
            for transition in transitions:
                way = RunTransition(step.id, transition.target, on_error)
                labels.setdefault(way, []).append(transition.label)
    return [
        TransitionCount(way, " / ".join(filter(None, names)), taken.get(way, 0), at[way.step])
        for way, names in labels.items()
    ]


def visits(tally: WorkflowTally) -> Counter[str]:
    """Count how often each step ran."""
    begun = sum(runs for path, runs, _ in tally.paths if path.steps) + tally.others.total()
    counts = Counter({TRIGGER_ID: begun})
    for way, times in tally.ways.items():
        counts[way.target] += times
    return counts


def chart(name: str, workflow: Workflow, tally: WorkflowTally) -> str:
    """Return the graph as an `svg` element whose ids begin with `name`; empty for a graph too
    large.

    Its classes are `node` and `way`, `label`, and of these `never` for what no run took, `failed`
    for a step that failed and `error` for the way on from there.
    """
    if len(workflow.steps) > MOST_STEPS:
        return ""
    all_flows = flows(workflow, tally)
    most = max((flow.runs for flow in all_flows), default=0)
    never = sum(not flow.runs for flow in all_flows)
    description = (
        f"The steps of the workflow and the {len(all_flows)} transitions between them, of which"
        f" {never} were never taken. The table below has the same numbers."
    )
    edges = [_edge(flow, most) for flow in all_flows]
    title = f"How often runs took each transition of {workflow.name}"
    return draw(name, title, list(_nodes(workflow, tally, all_flows)), edges, description)


def _edge(flow: TransitionCount, most: int) -> Edge:
    way = flow.way
    label = shortened(f"on error: {flow.label}" if way.on_error else flow.label).rstrip(": ")
    times = f"{share(flow.runs, flow.at)} · {flow.runs:,}" if flow.runs else "never"
    hint = f"{way.step} → {way.target}: {flow.label}: {flow.runs:,} of {flow.at:,} runs"
    classes = " ".join([*(["error"] if way.on_error else []), *([] if flow.runs else ["never"])])
    lines = [each for each in (label, times) if each]
    return Edge(
        source=way.step,
        target=way.target,
        lines=lines,
        share=flow.runs / most if most else 0.0,
        hint=hint,
        classes=classes,
    )


def _nodes(
    workflow: Workflow, tally: WorkflowTally, all_flows: Sequence[TransitionCount]
) -> Iterator[Node]:
    steps: dict[str, Step] = {}
    for step in (workflow.trigger, *workflow.steps):
        steps.setdefault(step.id, step)
    counts = _StepCounts(visits(tally), tally, all_flows)
    for step in steps.values():
        yield _node(step, counts, workflow.event_name)
    for target in dict.fromkeys(flow.way.target for flow in all_flows):
        if target not in steps:
            yield Node(
                id=target,
                shape="box",
                title=shortened(target),
                lines=[("", "no such step")],
                hint=target,
                classes="never",
            )


class _StepCounts:
    """What is told of each step: how often it ran, failed, and was the last though ways lead on."""

    def __init__(
        self, ran: Mapping[str, int], tally: WorkflowTally, all_flows: Sequence[TransitionCount]
    ) -> None:
        self.ran = ran
        self.failed: Counter[str] = Counter()
        self.stopped: Counter[str] = Counter()
        for flow in all_flows:
            self.stopped[flow.way.step] = ran[flow.way.step]
        for message in tally.failures:
            self.failed[message.step] += message.times
            self.stopped[message.step] -= message.times - message.handled
        for way, times in tally.ways.items():
            self.stopped[way.step] -= times


def _node(step: Step, counts: _StepCounts, event_name: str) -> Node:
    ran, failed, stopped = counts.ran[step.id], counts.failed[step.id], counts.stopped[step.id]
    is_trigger = step.id == TRIGGER_ID
    kind = (event_name if is_trigger else step.action or "condition step").removeprefix("kustomer.")
    facts = [f"{ran:,} runs" if ran != 1 else "1 run"] if ran else ["never reached"]
    facts += [f"✗ {failed:,} failed"] if failed else []
    facts += [f"{stopped:,} stopped here"] if stopped > 0 else []
    shape = "stadium" if is_trigger else "box" if step.action else "hexagon"
    title = step.display_name or ("trigger" if is_trigger else step.id)
    return Node(
        id=step.id,
        shape=shape,
        title=shortened(title),
        lines=[("kind", shortened(kind)), ("", " · ".join(facts))],
        hint=f"step {step.id}: {title} ({kind}): {', '.join(facts)}",
        classes="failed" if failed else "" if ran else "never",
    )
