"""How the org's definitions are shown: klasses, hooks, workflows, and what loading did."""

from collections.abc import Iterable, Mapping, Sequence

from kobjctl.app.definitions import hooks as hooks_app
from kobjctl.app.definitions import workflows as workflows_app
from kobjctl.app.definitions.apply import ApplyReport
from kobjctl.app.runs.as_json import if_any
from kobjctl.cli.output.blocks import (
    Block,
    Cell,
    Column,
    EmptyLine,
    JsonBlock,
    Line,
    Table,
    View,
    dim,
    good,
    known_fields,
    name,
    text,
    warn,
)
from kobjctl.lint.formats.as_json import problem_json
from kobjctl.model.hook import Hook
from kobjctl.model.klass import Attribute, Klass
from kobjctl.model.values import MISSING
from kobjctl.model.workflow import Workflow

_RESULT = {"created": good, "updated": warn, "unchanged": dim, "removed": warn}


def applied(result: ApplyReport) -> View:
    """Show what loading did, object by object."""
    columns = (
        Column("result", keep=True),
        Column("kind", keep=True),
        Column("name"),
        Column("file"),
    )
    rows = [
        (_RESULT[each.result](each.result), each.kind, name(each.name), each.file)
        for each in result.changes
    ]
    value = {
        "changes": [each._asdict() for each in result.changes],
        "warnings": [problem_json(problem) for problem in result.of("warning")],
        "notes": [problem_json(problem) for problem in result.of("note")],
        **if_any("errors", [problem_json(problem) for problem in result.of("error")]),
    }
    return value, [Table(columns, rows, "the files define nothing")]


def klass_list(klasses: Sequence[tuple[Klass, int]]) -> View:
    """Show klasses with the number of their KObjects."""
    columns = (
        Column("name", keep=True),
        Column("display name"),
        Column("icon"),
        Column("attributes", right=True),
        Column("kobjects", right=True),
    )
    rows = [
        (name(each.name), each.display_name, each.icon, str(len(each.attributes)), f"{count:,}")
        for each, count in klasses
    ]
    value = [each.definition() | {"id": each.id, "kobjectCount": count} for each, count in klasses]
    empty = 'no klasses yet; make one: kobjctl klass create order --attribute "Order ID:Str"'
    return value, [Table(columns, rows, empty)]


def klass_view(klasses: Sequence[Klass]) -> View:
    """Show klasses in full, with the API names of their attributes."""
    blocks: list[Block] = []
    for klass in klasses:
        blocks += [*([EmptyLine()] if blocks else []), *_klass(klass)]
    values = [klass.definition() | {"id": klass.id} for klass in klasses]
    return (values[0] if len(values) == 1 else values), blocks


def _klass(klass: Klass) -> Iterable[Block]:
    fields = known_fields(
        ("klass", name(klass.name)),
        ("id", klass.id),
        ("display name", klass.display_name),
        ("icon", klass.icon),
        ("color", klass.color),
        ("standard", "yes" if klass.standard else ""),
        ("status", klass.status),
    )
    yield fields
    if klass.attributes:
        columns = (
            Column("attribute", keep=True),
            Column("label"),
            Column("type"),
            Column("options"),
        )
        yield EmptyLine()
        yield Table(columns, [_attribute(each) for each in klass.attributes.values()])
    else:
        yield Line(dim("no attributes"))


def _attribute(attribute: Attribute) -> tuple[Cell, ...]:
    reference = f"refers to {attribute.target}" if attribute.target else ""
    tree = "a tree" if attribute.tree is not None else ""
    options = ", ".join(attribute.options) or reference or tree
    return name(attribute.name), attribute.display_name, attribute.suffix, options


def hook_list(hooks: Sequence[Hook], org_id: str) -> View:
    """Show hooks with their addresses."""
    columns = (Column("name", keep=True), Column("type", keep=True), Column("event name"))
    rows = [(name(each.name), each.type, each.event_name) for each in hooks]
    value = [hooks_app.resource(each, org_id) for each in hooks]
    return value, [Table(columns, rows, "no hooks yet; make one: kobjctl hook create orders")]


def hook_view(hook: Hook, org_id: str) -> View:
    """Show a hook with its address and example payload."""
    fields = known_fields(
        ("hook", name(hook.name)),
        ("id", hook.id),
        ("type", hook.type),
        ("event name", hook.event_name),
        ("address", hook.address(org_id)),
        ("key", hook.key),
        ("description", hook.description),
        ("created", hook.created_at),
    )
    blocks: list[Block] = [fields]
    value = hooks_app.resource(hook, org_id)
    if hook.example is not MISSING:
        blocks += [EmptyLine(), JsonBlock("example", hook.example)]
        value["attributes"]["example"] = hook.example
    return value, blocks


def workflow_list(workflows: Sequence[Workflow], hooks: Mapping[str, str]) -> View:
    """Show workflows and what starts them; `hooks` names the hook of an event."""
    columns = (
        Column("name", keep=True),
        Column("enabled", keep=True),
        Column("rev", right=True),
        Column("steps", right=True),
        Column("started by"),
    )
    rows = [
        (
            name(each.name),
            good("yes") if each.enabled else warn("no"),
            str(each.rev),
            str(len(each.steps)),
            _started_by(each, hooks),
        )
        for each in workflows
    ]
    value = [workflows_app.resource(each) for each in workflows]
    return value, [Table(columns, rows, "no workflows yet; load one: kobjctl apply FILE")]


def _started_by(workflow: Workflow, hooks: Mapping[str, str]) -> Cell:
    hook = hooks.get(workflow.event_name)
    return text("hook ", name(hook)) if hook else workflow.event_name
