"""How a scenario file that was drafted is told of."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from kobjctl.app.words import counted
from kobjctl.cli.output.blocks import Block, Line, Tree, View, dim, name, text, warn
from kobjctl.model.values import JsonObject
from kobjctl.testing.drafting.file import DraftedFile
from kobjctl.testing.drafting.layout import left_out


def written_view(written: DraftedFile, target: Path | None) -> View:
    """Show what was written: how many scenarios, what is left to do, which ways were left out."""
    value: JsonObject = {
        "file": str(target) if target else None,
        "scenarios": [
            {
                "name": each.name,
                "workflow": each.workflow,
                "path": each.path,
                "status": each.status,
                "todo": each.todo or None,
            }
            for each in written.scenarios
        ],
        "paths": [
            {
                "workflow": workflow,
                "scenarioCount": len(routes.chosen),
                "total": routes.total,
                "exactTotal": not routes.more,
                "missedBranches": routes.missed,
            }
            for workflow, routes in written.routes
        ],
    }
    if target is None:
        value["text"] = written.text
    return value, list(_lines(written, target))


def _lines(written: DraftedFile, target: Path | None) -> Iterator[Block]:
    count = counted(len(written.scenarios), "scenario")
    open_ = f", {written.open:,} to complete" if written.open else ""
    if target:
        yield Line(text("wrote ", name(str(target)), f": {count}{open_}"))
    for workflow, routes in written.routes:
        if routes.total > len(routes.chosen):
            yield Line(f"{workflow}: {left_out(routes)}; --limit allows more")
    for each in written.scenarios:
        if each.todo:
            yield Tree(text(warn("skipped"), f" {each.name}"), [Tree(dim(each.todo))])
    if target:
        yield Line(dim(f"run them: kobjctl test {quote(str(target))}"))
