"""How one workflow is shown: its steps, and the references that they may use."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kobjctl.app.definitions import workflows as workflows_app
from kobjctl.app.drawing.conditions import condition_text
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    Table,
    Tree,
    View,
    dim,
    heading,
    known_fields,
    name,
    text,
)
from kobjctl.cli.output.escape import short_json
from kobjctl.model.values import MISSING
from kobjctl.model.workflow import Step, Transition, Workflow

if TYPE_CHECKING:
    from kobjctl.lint.references import ReferencePath


def workflow_view(workflow: Workflow, hook: str) -> View:
    """Show a workflow: what starts it, each step, and the ways on with their conditions.

    `hook` names the hook of its event; empty when it is no hook's.
    """
    fields = known_fields(
        ("workflow", name(workflow.name)),
        ("id", workflow.id),
        ("rev", str(workflow.rev)),
        ("enabled", "yes" if workflow.enabled else "no"),
        ("started by", f"hook {hook}" if hook else workflow.event_name or "another workflow"),
        ("event name", workflow.event_name if hook else ""),
        ("description", str(workflow.document.get("description") or "")),
    )
    blocks: list[Block] = [fields, EmptyLine()]
    blocks += [
        Tree(_title(step), [Tree(line) for line in _ways(step)])
        for step in (workflow.trigger, *workflow.steps)
    ]
    return workflows_app.resource(workflow), blocks


def _title(step: Step) -> Cell:
    kind = "trigger" if step.id == "1" else "condition step"
    return text(heading(step.id), step.display_name, name(step.action or kind), gap="  ")


def _ways(step: Step) -> Iterable[Cell]:
    for transition in step.transitions:
        yield _way(transition)
    for transition in step.error_cases:
        yield text("on error: ", _way(transition))
    if not step.transitions:
        yield dim("the end")


def _way(transition: Transition) -> Cell:
    label = f"{transition.label}: " if transition.label else ""
    condition = condition_text(transition.condition) or "always"
    return text(label, "→ ", name(transition.target), "   ", dim(condition))


def path_list(paths: "Sequence[ReferencePath]") -> View:
    """Show references with their types and samples."""
    columns = (Column("reference"), Column("type", keep=True), Column("sample"))
    rows = [
        (
            text(name(each.reference), "" if each.always else dim(" (not on every path here)")),
            each.type,
            "" if each.sample is MISSING else short_json(each.sample, 40),
        )
        for each in paths
    ]
    value = [
        {
            "reference": each.reference,
            "type": each.type,
            "always": each.always,
            **({} if each.sample is MISSING else {"sample": each.sample}),
        }
        for each in paths
    ]
    return value, [Table(columns, rows, "no references")]
