"""What carries out the runs of an org: what they may reach, how far they may go."""

from typing import NamedTuple

from kobjctl.engine.plan import Plan, compile_workflow
from kobjctl.model.errors import UsageError
from kobjctl.model.run import LIMITS, Limits
from kobjctl.records.context import Http, RunContext, Stub, no_stub, refuse_every_host
from kobjctl.records.interruption import Interruption
from kobjctl.records.outbox import Outbox
from kobjctl.records.requests import RequestLog
from kobjctl.store.org import Org
from kobjctl.store.runs import OpenRun


class Engine(NamedTuple):
    """An org whose runs can be carried out, and what holds for each of them.

    `interruption` is the wish to stop. `plans` keeps what was compiled, by workflow id and rev.
    """

    org: Org
    interruption: Interruption
    plans: dict[tuple[str, int], Plan]
    http: Http = refuse_every_host
    stub: Stub = no_stub
    limits: Limits = LIMITS

    def on(self, org: Org) -> "Engine":
        """Return an engine like this one for another org."""
        # What was compiled is known by the ids and revs of workflows, which each org gives anew.
        return self._replace(org=org, plans={})

    def context(self, run: int, depth: int) -> RunContext:
        """Return what a run has that begins, or goes on, now: its number, its place in a chain."""
        return RunContext(
            org=self.org,
            outbox=Outbox(self.org.store, run, depth, self.limits.chain),
            requests=RequestLog(),
            interruption=self.interruption,
            http=self.http,
            stub=self.stub,
            limits=self.limits,
            deadline=self.org.tick() + self.limits.seconds,
        )

    def compiled(self, opened: OpenRun) -> Plan:
        """Return the compiled workflow of a run; raises UsageError when it is gone."""
        key = (opened.workflow_id, opened.workflow_rev)
        plan = self.plans.get(key)
        if plan is None:
            workflow = self.org.store.workflows.get(opened.workflow_id)
            if workflow is None:
                raise UsageError(f"the workflow of run {opened.number} no longer exists")
            plan = self.plans[key] = compile_workflow(workflow)
        return plan


def engine_of(org: Org, limits: Limits = LIMITS) -> Engine:
    """Return an engine for an org that reaches no host and has no stubs."""
    return Engine(org, Interruption(), {}, limits=limits)
