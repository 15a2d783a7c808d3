"""`kobjctl event`: send an event by hand, and see what workflows listen to."""

from typing import Annotated

import typer

from kobjctl.cli.body import Data, body_of
from kobjctl.cli.command import Command, RunningCommand, completing, group
from kobjctl.cli.ending import exit_by
from kobjctl.cli.session import session_of
from kobjctl.files.source import STDIN, look
from kobjctl.model.errors import UsageError

app = group("Send events, and list those that start workflows.")

complete_event = completing(
    lambda store: sorted({workflow.event_name for workflow in store.workflows.all()})
)


@app.command("list", cls=Command)
def list_(ctx: typer.Context) -> None:
    """List the events that workflows listen to.

    \b
    Example:
      kobjctl event list
    """
    from kobjctl.cli.views.event import event_list

    session = session_of(ctx)
    store = session.org.store
    session.show(*event_list(store.workflows.all(), store.hooks.all()))


@app.command(cls=RunningCommand)
def send(
    ctx: typer.Context,
    event: Annotated[
        str | None,
        typer.Argument(
            help="The event's name, such as kustomer.customer.create; a captured event has one.",
            autocompletion=complete_event,
        ),
    ] = None,
    file: Annotated[
        str | None, typer.Argument(help="The file with its data; - is standard input.")
    ] = None,
    data: Data = None,
) -> None:
    """Send an event and show what happens.

    The file holds the fields of step 1, a record as the API returns it, or a captured event;
    records are flattened as on the platform. Exit status 1 if a run failed.

    \b
    Examples:
      kobjctl event send kustomer.customer.create customer.json
      kobjctl event send webhook.json --json
      kobjctl event send orders.paid --data '{"orderId": "1"}'
    """
    from kobjctl.app.runs import events
    from kobjctl.app.runs.captured import read
    from kobjctl.cli.views.send import raised_view
    from kobjctl.files.payloads.payload import payload_reading

    session = session_of(ctx)
    if file is None and data is None:
        # One word alone is the file.
        event, file = None, _file_of(event)
    body = body_of(file, data, "event")
    document, losses = payload_reading(body.raw, body.name)
    engine = session.engine
    name, fields, notes = read(event, document)
    sent = events.send(engine, name, fields, losses)
    for note in (*notes, *sent.notes):
        session.say(f"note: {note}")
    if close := events.meant(engine.org.store, name):
        session.say(f'note: no workflow listens to "{name}"; did you mean "{close}"?')
    session.show(*raised_view(sent))
    exit_by(report.run for report in sent.reports)


def _file_of(word: str | None) -> str | None:
    """Return the file that a word is; raises UsageError for what may be the name of an event."""
    if word in (None, STDIN) or look(word) is not None:
        return word
    raise UsageError(
        f'no file is called "{word}"',
        hint="name the event and a FILE, - for standard input, or --data JSON",
    )
