"""How runs are shown: the list, one run as a tree, one step with its input and output.

Every view of a run answers "why did it not go there?": each branch that was looked at stands
with its verdict, its operator and the values that the operator saw.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from kobjctl.app.words import duration, instant
from kobjctl.cli.output.blocks import (
    Block,
    EmptyLine,
    JsonBlock,
    Line,
    Text,
    Tree,
    bad,
    dim,
    good,
    heading,
    in_mood,
    name,
    text,
    warn,
)
from kobjctl.cli.output.escape import short_json, shorten
from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.run import STATUSES, Run, RunReport, StepLog
from kobjctl.model.values import JsonObject
from kobjctl.model.workflow import TRIGGER_ID

_REFERENCE_LIMIT: Final = 120


def run_tree(report: RunReport, upto: int | None = None) -> list[Block]:
    """Return a run with all its steps, the branches looked at, and how it ended; or only so many of
    its steps.
    """
    run = report.run
    header = text(
        heading(f"run {run.number}"),
        text(name(run.workflow_name), f" rev {run.workflow_rev}"),
        status_text(run.status),
        duration(run.duration),
        dim(f"{instant(run.started_at)} UTC"),
        gap="  ",
    )
    root = text(*(dim(fact) for fact in _facts(run)), gap="  ")
    steps = [step_tree(step) for step in report.steps[:upto]]
    left = len(report.steps) - len(steps)
    if left:
        more = Tree(dim(f"{left} more {'step' if left == 1 else 'steps'}"))
        return [Line(header), Tree(root, [*steps, more])]
    return [Line(header), Tree(root, steps), *_ending(report), *_consequences(report)]


def _facts(run: Run) -> Iterator[str]:
    yield f"id {run.id}"
    if run.hook_name:
        yield f"transaction {run.event_id}"
        yield f"hook {run.hook_name}"
    else:
        yield f"event {run.event_name}"
    if run.rerun_of:
        yield f"rerun of run {run.rerun_of}"
    elif run.cause:
        yield f"set off by run {run.cause}"


def step_tree(step: StepLog) -> Tree:
    """Return a step as a run shows it: on a line, with its input and branches beneath."""
    return Tree(_step_line(step), list(_beneath(step)))


def step_view(step: StepLog) -> list[Block]:
    """Return one step as the platform's logger does: its input and its output, ready to copy."""
    given = Line(dim("no input")) if step.input is None else JsonBlock("Input", step.input)
    blocks: list[Block] = [Line(_step_line(step)), EmptyLine(), given, EmptyLine()]
    blocks += [JsonBlock("Output", step.output), EmptyLine()]
    if made := _made(step):
        blocks += [JsonBlock("Requests", list(made)), EmptyLine()]
    if step.error is not None:
        blocks += [JsonBlock("Error", step.error), EmptyLine()]
    blocks += [Line(_warning(warning)) for warning in step.warnings]
    branches = [_branch(decision) for decision in step.decisions]
    title = heading("Branches checked") if branches else dim("no branches were checked")
    return [*blocks, Tree(title, branches)]


def status_text(status: str) -> Text:
    """Return a run or step status in its style."""
    return in_mood(status, STATUSES[status].mood)


def _step_line(step: StepLog) -> Text:
    kind = "trigger" if step.step_id == TRIGGER_ID else "condition step"
    return text(
        text(f"{step.sequence}. step ", name(f'"{step.step_id}"')),
        heading(step.display_name),
        step.action or kind,
        status_text(step.status),
        dim("from the log" if step.taken_over else duration(step.duration)),
        gap="  ",
    )


def _beneath(step: StepLog) -> Iterator[Tree]:
    for warning in step.warnings:
        yield Tree(_warning(warning))
    if step.error is not None:
        hint = step.error.get("hint")
        yield Tree(bad(f"error: {_message(step)}"), [Tree(dim(f"hint: {hint}"))] if hint else [])
    for param, value in (step.input or {}).items():
        yield Tree(text(dim(f"input {param} = "), short_json(value)))
    if _found_nothing(step):
        yield Tree(dim("found nothing"))
    for request in _made(step):
        body = text("" if "body" not in request else short_json(request["body"]))
        answer = f"→ {request['status']}" if "status" in request else "→ no answer"
        sent = text(name(request["method"]), request["url"], body, answer, gap=" ")
        yield Tree(text(dim("sent "), sent))
    for decision in step.decisions:
        yield _branch(decision)


def _found_nothing(step: StepLog) -> bool:
    """Return whether a look-up was done, and nothing found."""
    if not step.action or step.output or step.status != "completed":
        return False
    from kobjctl.actions import ACTIONS

    action = ACTIONS.get(step.action)
    return action is not None and action.lookup


def _made(step: StepLog) -> Sequence[JsonObject]:
    """Return the requests that the action made of its input, which doesn't say them itself."""
    return () if "uri" in (step.input or {}) else step.requests


def _warning(warning: str) -> Text:
    return warn(f"warning: {warning}")


def _branch(decision: JsonObject) -> Tree:
    """Return a transition that was looked at: where it leads, and why it was taken or not."""
    label = text(decision.get("name") or "", "→", name(decision["target"]), gap=" ")
    if decision.get("onError"):
        label = text(warn("on error: "), label)
    return condition_tree(decision, label)


def condition_tree(condition: JsonObject, label: Text) -> Tree:
    """Return a condition that was decided, with the values it saw, after a label."""
    sign = good("✓ ") if condition.get("holds") else warn("✗ ")
    parts = [condition_tree(part, text("")) for part in condition.get("parts", ())]
    note = [Tree(dim(f"note: {condition['note']}"))] if condition.get("note") else []
    return Tree(text(sign, text(label, _test(condition), gap="   ")), parts + note)


def _test(condition: JsonObject) -> Text:
    op = str(condition.get("op", ""))
    values = condition.get("values", ())
    operator = OPERATORS.get(op)
    if operator is None:
        return text(op)
    if operator.comparison == "always":
        return text("always")
    operands = [piece for value in values for piece in (", ", _operand(value))][1:]
    literal = operator.idiom and values and "expression" not in values[0]
    remark = dim(" (a literal: always the same)") if literal else ""
    label = operator.label and (f": {operator.label}" if operator.parts else f" ({operator.label})")
    return text(text(f"{op}{label}", text(*operands), gap=" "), remark)


def _operand(value: JsonObject) -> Text:
    expression = value.get("expression", "")
    source = name(shorten(expression, _REFERENCE_LIMIT)) if expression else text("")
    if value.get("missing"):
        return text(source, warn("missing"), gap=" = ")
    return text(source, short_json(value.get("value")), gap=" = ")


def _ending(report: RunReport) -> Iterator[Block]:
    """Say plainly how a run ended that did not complete."""
    run, steps = report.run, report.steps
    failed = next((step for step in reversed(steps) if step.status == "failed"), None)
    if run.status == "failed" and failed is not None:
        yield Line(bad(f'step "{failed.step_id}" failed: {_message(failed)}'))
    elif run.status == "failed":
        yield Line(bad(f"the run failed: {run.error}"))
    elif (meaning := STATUSES[run.status]).ending:
        last = f'step "{steps[-1].step_id}"' if steps else "the trigger"
        reason = f": {run.error}" if run.error else ""
        ending = meaning.ending.format(step=last) + reason
        yield Line(in_mood(ending, meaning.mood))


def _consequences(report: RunReport) -> Iterator[Block]:
    """Tell of the runs that this one set off, and of those that it scheduled."""
    for run in report.set_off:
        why = dim(f"by {run.event_name}")
        set_off = text("set off run ", str(run.number), " ", name(run.workflow_name))
        yield Line(text(set_off, status_text(run.status), why, gap="  "))
    for schedule in report.scheduled:
        when = dim(f"for {instant(schedule.run_at)} UTC")
        what = text(f"scheduled run {schedule.number} of ", name(schedule.workflow_name))
        yield Line(text(what, when, dim("kobjctl schedule list"), gap="  "))


def _message(step: StepLog) -> str:
    return str((step.error or {}).get("message", "no reason"))
