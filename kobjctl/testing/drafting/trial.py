"""Try a draft: run it in an org of its own, in memory, and see which way it takes."""

import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import carry_out
from kobjctl.app.definitions import variables
from kobjctl.app.org.conditions import settled_org, with_next_ids
from kobjctl.app.runs import runs
from kobjctl.app.runs.calls import fitted
from kobjctl.app.runs.execute import execute_all
from kobjctl.app.runs.payload import payload_of
from kobjctl.app.runs.receive import AcceptedEvent, IncomingEvent, receive, to_hook, to_workflow
from kobjctl.engine.app_action import PERFORMED_BY
from kobjctl.engine.engine import Engine
from kobjctl.engine.plan import Plan, PlannedStep, compile_workflow
from kobjctl.expressions.operators import OPERATORS
from kobjctl.expressions.scope import Scope
from kobjctl.http.exchange import Exchange
from kobjctl.http.patterns import RequestPattern
from kobjctl.http.stubs import HttpStub, Stubs
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import KobjctlError
from kobjctl.model.hook import Hook
from kobjctl.model.kinds import IN_ORDER_OF_NEED, KINDS
from kobjctl.model.run import LIMITS, Limits, RunReport, StepLog
from kobjctl.model.values import MISSING, Json, JsonObject
from kobjctl.model.web import Request, Response
from kobjctl.model.workflow import Workflow
from kobjctl.records import services
from kobjctl.records.context import RunContext, StubAnswer, outside_runs
from kobjctl.records.interruption import Interruption
from kobjctl.store.org import Org
from kobjctl.store.store import Store
from kobjctl.testing.drafting.draft import Answer, Draft, SeedRecord
from kobjctl.testing.drafting.routes import Leg, Route
from kobjctl.testing.scenarios.orgs import NOW
from kobjctl.testing.scenarios.stage import stubbed

_SECONDS: Final = 5.0
# Where the stubs of a draft stand, as errors say it.
PLACE: Final = "of the draft"
# Whose records stand before those that name them.
_ORDER: Final = ("klass", *(kind.name for kind in IN_ORDER_OF_NEED))


class TrialResult(NamedTuple):
    """What a draft did: the log of the run, and the requests of its steps."""

    steps: tuple[StepLog, ...]
    status: str
    requests: tuple[tuple[str, Request], ...] = ()
    report: RunReport | None = None

    @property
    def by_id(self) -> dict[str, StepLog]:
        """Return the steps by their ids, of one that ran twice the last."""
        return {step.step_id: step for step in self.steps}


@dataclass(slots=True)
class _RunMonitor:
    """What a run is doing: the step that is under way, and what it has sent."""

    step: str = ""
    requests: list[tuple[str, Request]] = field(default_factory=list)


class TrialOrg:
    """An org with what files define, of which each trial gets a copy."""

    def __init__(self, image: bytes, workflow: Workflow) -> None:
        self._image = image
        self.org: Org = settled_org(Store.from_image(image), NOW, "definitions")
        self.workflow = workflow
        self.hook: Hook | None = self.org.store.hooks.get(workflow.event_name)
        self.runs = 0
        self._watch = _RunMonitor()
        self._plans: dict[tuple[str, int], Plan] = {
            (workflow.id, workflow.rev): self._watched(compile_workflow(workflow))
        }

    @property
    def is_called(self) -> bool:
        """Return whether the workflow is one that is called."""
        return self.workflow.document["trigger"].get("callable") is True

    @cached_property
    def trigger_template(self) -> Json:
        """The template of the app's trigger, if there is one."""
        trigger = self.org.store.app_triggers.get(self.workflow.event_name)
        return (trigger.definition.get("outputTemplate") or None) if trigger else None

    def app_action(self, name: str) -> JsonObject | None:
        """Return the definition of an app's action; None for one that no app defines."""
        part = None if name in ACTIONS else self.org.store.app_actions.get(name)
        return part.definition if part else None

    def performed_by(self, action: str) -> str:
        """Return the action that does what one asks for: that behind an app's action, empty where
        there is none, else itself.
        """
        definition = self.app_action(action)
        return PERFORMED_BY.get(str(definition.get("type")), "") if definition else action

    def options_of(self, *names: str) -> tuple[str, ...]:
        """Return the only values that a custom attribute of one of these names takes, if any."""
        for klass in self.org.store.klasses.all():
            for name in names:
                if name in klass.attributes and klass.attributes[name].options:
                    return klass.attributes[name].options
        return ()

    def run(self, draft: Draft) -> TrialResult | None:
        """Run a draft; None for one that can't even begin."""
        self.runs += 1
        self._watch = _RunMonitor()
        engine = self._engine(draft)
        org = engine.org
        try:
            for record in sorted(draft.records, key=lambda record: _ORDER.index(record.kind)):
                make(org, record)
            for name, value in draft.variables:
                variables.set_value(org, self.workflow.name, name, value)
            return self._carried_out(engine, self._start(org, draft))
        except (KobjctlError, sqlite3.IntegrityError):
            # Such as two records with one id: the draft gives one that the run makes, too.
            return None
        finally:
            org.store.close()

    def _carried_out(self, engine: Engine, accepted: AcceptedEvent) -> TrialResult | None:
        for number in execute_all(engine, accepted.numbers, accepted.event):
            if engine.interruption.asked:
                raise KeyboardInterrupt
            report = runs.report(engine.org.store, str(number))
            if report.run.workflow_id == self.workflow.id:
                requests = tuple(self._watch.requests)
                return TrialResult(report.steps, report.run.status, requests, report)
            self._watch.requests.clear()
        return None

    def _start(self, org: Org, draft: Draft) -> AcceptedEvent:
        if self.hook:
            return receive(org, to_hook(self.hook, payload_of(draft.data)))
        if self.is_called:
            return receive(org, to_workflow(self.workflow, fitted(self.workflow, draft.data)))
        return receive(org, IncomingEvent(self.workflow.event_name, payload_of(draft.data)))

    def _engine(self, draft: Draft) -> Engine:
        # As the scenario will see it.
        org = settled_org(Store.from_image(self._image), draft.now or NOW, "scenario 0")
        watch = self._watch

        def stub(_action: str, _params: Json) -> StubAnswer | None:
            found = draft.stub(watch.step)
            return StubAnswer(PLACE, found.output, found.failure) if found else None

        def http(request: Request, context: RunContext) -> Response:
            watch.requests.append((watch.step, request))
            return _exchange(draft.answer(watch.step))(request, context)

        limits = Limits(LIMITS.steps, _SECONDS)
        return Engine(org, Interruption(), self._plans, http=http, stub=stub, limits=limits)

    def _watched(self, plan: Plan) -> Plan:
        """Return a plan whose steps say that they begin."""

        def watched(step: PlannedStep) -> PlannedStep:
            """Return a step that says that it begins."""

            def params(scope: Scope) -> Json:
                self._watch.step = step.id
                return step.params(scope)

            return step._replace(params=params)

        return plan._replace(steps={each: watched(step) for each, step in plan.steps.items()})


def make(org: Org, record: SeedRecord) -> None:
    """Make a record that is given, with the id that it has; raises KobjctlError."""
    org = with_next_ids(org, record.id)
    with org.store.transaction():
        if record.kind in KINDS:
            services.create(org, record.kind, record.fields)
        else:
            create = ACTIONS[f"kustomer.{record.kind}.create"]
            carry_out(create, record.fields, outside_runs(org))


def _exchange(answer: Answer) -> Exchange:
    body = answer.body
    is_json = body is not MISSING and not isinstance(body, str)
    text = stringify(body) if is_json else str(body or "")
    headers = (("content-type", "application/json"),) if is_json else ()
    response = Response(answer.status, headers, text.encode())
    stub = HttpStub(PLACE, RequestPattern("*"), response, fail=answer.failure)
    return stubbed(Stubs([stub]), lambda _: None)


class RouteProgress(NamedTuple):
    """How far a run went on a route: the legs that it took, and how far from taking the next it
    was, counted in conditions that came out otherwise. `leg` is the next, None if it took all.
    """

    taken: int
    distance: int
    leg: Leg | None

    @property
    def score(self) -> tuple[int, int]:
        """Return a number pair that is smaller the better."""
        return -self.taken, self.distance


def way_of(route: Route, result: TrialResult) -> RouteProgress:
    """Compare a run with a route."""
    last = len(route.legs) - 1
    for index, leg in enumerate(route.legs):
        log = result.steps[index] if index < len(result.steps) else None
        if log is None or log.step_id != leg.step.id:
            return RouteProgress(index, 1, leg)
        distance = distance_of(leg, log)
        if distance or (index == last and len(result.steps) > len(route.legs)):
            return RouteProgress(index, distance, leg)
    if result.status != route.status:
        return RouteProgress(last, 1, route.legs[last])
    return RouteProgress(len(route.legs), 0, None)


def distance_of(leg: Leg, log: StepLog) -> int:
    """Count the conditions of a step that came out otherwise than the leg needs."""
    failed = log.status == "failed"
    if failed != leg.on_error:
        return 1000
    missing = 0
    for index in range(min(leg.place + 1, len(leg.ways))):
        wanted = index == leg.place
        if index >= len(log.decisions):
            # Not looked at, as one before it held or could not be decided.
            missing += 1
        else:
            missing += condition_distance(log.decisions[index], holds=wanted)
    return missing


def condition_distance(decision: Json, *, holds: bool) -> int:
    """Count how many parts of a decision would have to come out otherwise."""
    if decision["holds"] is holds:
        return 0
    parts = decision.get("parts")
    if parts is None:
        return 1
    distances = [condition_distance(part, holds=holds) for part in parts]
    together = OPERATORS[decision["op"]].settling is not holds
    return sum(distances) if together else min(each or 1 for each in distances)
