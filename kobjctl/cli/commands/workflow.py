"""`kobjctl workflow`: look at workflows, switch them, call them."""

from typing import Annotated

import typer

from kobjctl.cli.body import FORMS, body_of_data
from kobjctl.cli.command import Command, RunningCommand, complete_workflow, group, read_assignments
from kobjctl.cli.ending import exit_by
from kobjctl.cli.output.blocks import Line
from kobjctl.cli.session import session_of
from kobjctl.model.values import JsonObject

app = group("Show, enable, call, export and compare workflows.")

Name = Annotated[str, typer.Argument(help="The workflow's name.", autocompletion=complete_workflow)]


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the workflows and what starts them.

    \b
    Example:
      kobjctl workflow list
    """
    from kobjctl.cli.views.org import workflow_list

    session = session_of(ctx)
    store = session.org.store
    hooks = {hook.event_name: hook.name for hook in store.hooks.all()}
    session.show(*workflow_list(store.workflows.all(), hooks))


@app.command(cls=Command)
def show(ctx: typer.Context, name: Name) -> None:
    """Show a workflow's steps and transitions.

    \b
    Example:
      kobjctl workflow show order
    """
    from kobjctl.app.definitions import workflows
    from kobjctl.cli.views.workflow import workflow_view

    session = session_of(ctx)
    workflow = workflows.get(session.org.store, name)
    hook = session.org.store.hooks.get(workflow.event_name)
    session.show(*workflow_view(workflow, hook.name if hook else ""))


@app.command(cls=Command)
def enable(ctx: typer.Context, name: Name) -> None:
    """Enable a workflow.

    \b
    Example:
      kobjctl workflow enable order
    """
    _switch(ctx, name, enabled=True)


@app.command(cls=Command)
def disable(ctx: typer.Context, name: Name) -> None:
    """Disable a workflow: payloads no longer start it.

    \b
    Example:
      kobjctl workflow disable order
    """
    _switch(ctx, name, enabled=False)


def _switch(ctx: typer.Context, name: str, *, enabled: bool) -> None:
    from kobjctl.app.definitions import workflows

    session = session_of(ctx)
    changed = workflows.set_enabled(session.org, name, enabled=enabled)
    state = "enabled" if enabled else "disabled"
    session.show(
        {"workflow": name, "enabled": enabled, "changed": changed},
        [Line(f'workflow "{name}" is {"now" if changed else "already"} {state}')],
    )


@app.command(cls=RunningCommand)
def call(
    ctx: typer.Context,
    name: Name,
    inputs: Annotated[
        list[str],
        typer.Option(
            "--input",
            "-i",
            metavar="KEY=VALUE",
            help="An input (repeatable); a value that is JSON is read as JSON.",
        ),
    ] = [],  # noqa: B006
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            "--inputs",
            metavar=FORMS,
            help="All inputs as JSON, as @FILE, or - for standard input.",
        ),
    ] = None,
) -> None:
    """Call a callable workflow, show its run and print its response.

    The inputs are checked against the schema of its trigger. Exit status 1 if a run failed.

    \b
    Examples:
      kobjctl workflow call refund --input orderId=1234 --input amount=10.25
      kobjctl workflow call refund --data @refund.json --json
    """
    from kobjctl.app.runs import calls
    from kobjctl.cli.views.send import called_view

    session = session_of(ctx)
    given = _read_inputs(data) | read_assignments(inputs)
    called = calls.call(session.engine, name, given)
    for note in called.sent.notes:
        session.say(f"note: {note}")
    session.show(*called_view(called))
    exit_by(report.run for report in called.sent.reports)


def _read_inputs(data: str | None) -> JsonObject:
    if data is None:
        return {}
    from kobjctl.app.runs.captured import read_inputs
    from kobjctl.files.payloads.payload import read_payload

    body = body_of_data(data)
    return read_inputs(read_payload(body.raw, body.name))


@app.command(cls=Command)
def export(
    ctx: typer.Context,
    names: Annotated[
        list[str],
        typer.Argument(help="The names of the workflows.", autocompletion=complete_workflow),
    ],
    envelope: Annotated[
        bool, typer.Option("--envelope", help="Wrap each workflow as the platform's API does.")
    ] = False,
) -> None:
    """Print workflows as JSON for the platform to import.

    Several workflows are printed as a list.

    \b
    Examples:
      kobjctl workflow export order > order.json
      kobjctl workflow export order nps --envelope
    """
    from kobjctl.app.definitions import workflows

    session = session_of(ctx)
    found = [workflows.get(session.org.store, name) for name in names]
    session.print_json(workflows.export_all(session.org.store, found, envelope=envelope))


@app.command(cls=Command)
def graph(ctx: typer.Context, name: Name) -> None:
    """Print a workflow as a Mermaid flowchart.

    \b
    Example:
      kobjctl workflow graph order > order.mmd
    """
    from kobjctl.app.definitions import workflows
    from kobjctl.app.drawing.mermaid import mermaid

    session = session_of(ctx)
    drawn = mermaid(workflows.get(session.org.store, name))
    session.show({"mermaid": drawn}, [Line(line) for line in drawn.splitlines()])


@app.command(cls=Command)
def paths(
    ctx: typer.Context,
    name: Name,
    step: Annotated[
        str | None, typer.Option(help="List only references that this step may use.")
    ] = None,
) -> None:
    """List the references that a step may use, with sample values.

    The samples come from the example payload of the workflow's hook.

    \b
    Examples:
      kobjctl workflow paths order --step create
      kobjctl workflow paths order --json
    """
    from kobjctl.app.definitions import workflows
    from kobjctl.cli.views.workflow import path_list
    from kobjctl.lint import references

    session = session_of(ctx)
    workflow = workflows.get(session.org.store, name)
    session.show(*path_list(references.paths(session.org, workflow, step)))


@app.command(cls=Command)
def diff(
    ctx: typer.Context,
    old: Annotated[
        str,
        typer.Argument(
            help="A workflow file, or the name of a workflow.", autocompletion=complete_workflow
        ),
    ],
    new: Annotated[
        str,
        typer.Argument(help="Another file or name.", autocompletion=complete_workflow),
    ],
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Show changes without effect too: display names, versions, ids."
        ),
    ] = False,
) -> None:
    """Compare two workflows by what they mean, not by their text.

    It shows steps that were added, removed, renamed or moved, and changes of actions, params,
    branches, conditions, the trigger and the response. Exit status 1 if anything differs, 0 if
    nothing does.

    \b
    Examples:
      kobjctl workflow diff order order.yaml
      kobjctl workflow diff old.json new.yaml --all
    """
    from kobjctl.app.definitions import workflow_diff
    from kobjctl.app.definitions.workflow_sides import sides
    from kobjctl.cli.views.workflow_diff import workflow_difference

    session = session_of(ctx)
    one, other = sides(session.org.store, old, new)
    difference = workflow_diff.compare(one.document, other.document, everything=everything)
    session.show(*workflow_difference(one, other, difference))
    if not difference.is_same:
        raise typer.Exit(1)
