"""Send something in, carry out what it starts, and see which workflows did not run on it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kobjctl.app.runs.execute import carry_out_reported
from kobjctl.app.runs.receive import AcceptedEvent, IncomingEvent, receive
from kobjctl.engine.engine import Engine
from kobjctl.model.event import Event
from kobjctl.model.run import RunReport
from kobjctl.model.workflow import Workflow
from kobjctl.store.store import Store

if TYPE_CHECKING:
    from kobjctl.app.runs.resume import PendingStep


class OtherWorkflow(NamedTuple):
    """A workflow that an event did not start: `hook` is the name of the hook that it listens to,
    if that is one; `is_disabled` tells that it listens to this very event, but is disabled.
    """

    workflow: Workflow
    hook: str
    is_disabled: bool

    @property
    def is_callable(self) -> bool:
        """Return whether it starts when it is called."""
        return self.workflow.document["trigger"].get("callable") is True


class SendReport(NamedTuple):
    """What sending one payload or event did; `pending` are the steps before which runs paused."""

    event: Event
    reports: tuple[RunReport, ...]
    others: tuple[OtherWorkflow, ...]
    notes: tuple[str, ...]
    pending: tuple["PendingStep", ...] = ()


def send(engine: Engine, incoming: IncomingEvent) -> SendReport:
    """Keep what comes in, carry out the runs that it starts, in order, and give their logs."""
    if engine.limits.stop_before:
        from kobjctl.app.runs.resume import check_step  # noqa: PLC0415 - see `_pending`

        check_step(engine)
    return carried_out(engine, receive(engine.org, incoming), incoming.payload.notes)


def carried_out(engine: Engine, accepted: AcceptedEvent, notes: tuple[str, ...]) -> SendReport:
    """Carry out the runs that an accepted event started, in order, and give their logs."""
    reports = carry_out_reported(engine, accepted)
    event = accepted.event
    # What the payload lost stands in the log, if there is one.
    said = notes if reports else (*notes, *event.losses)
    others = _others(engine.org.store, event.name, reports)
    return SendReport(event, reports, others, said, _pending(engine, reports))


def _pending(engine: Engine, reports: Sequence[RunReport]) -> tuple["PendingStep", ...]:
    if not engine.limits.stop_before:
        return ()
    from kobjctl.app.runs.resume import pending_steps  # noqa: PLC0415 - few runs are to pause

    return pending_steps(engine, reports)


def _others(
    store: Store, event_name: str, reports: Sequence[RunReport]
) -> tuple[OtherWorkflow, ...]:
    """Return the workflows of the org that did not run on an event."""
    hooks = {each.event_name: each.name for each in store.hooks.all()}
    ran = {report.run.workflow_id for report in reports}
    return tuple(
        OtherWorkflow(
            workflow,
            hooks.get(workflow.event_name, ""),
            not workflow.enabled and workflow.event_name == event_name,
        )
        for workflow in store.workflows.all()
        if workflow.id not in ran
    )
