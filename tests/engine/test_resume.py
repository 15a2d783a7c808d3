"""A run that was cut short is gone on with where its log ends, and only by one process.

The action `test.remote` leaves the machine, so the run is committed before it. What it does when
it is called is up to each test: answer, be killed, look at the org from outside.
"""

import signal
import sqlite3
import threading
from contextlib import closing

import pytest

from kobjctl import actions
from kobjctl.actions import ACTIONS, FAMILIES
from kobjctl.actions.base import action
from kobjctl.app.definitions import hooks
from kobjctl.app.runs import reruns, runs
from kobjctl.app.runs.execute import carry_out, execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import AcceptedEvent, receive, to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.engine.engine import engine_of
from kobjctl.engine.runner import REPEATED
from kobjctl.model.customer import Customer
from kobjctl.model.klass import Klass
from kobjctl.model.workflow import Workflow
from kobjctl.records.fields import Fields
from kobjctl.store.org import Org
from kobjctl.store.store import Store

NOON = "2026-01-02T12:00:00.000Z"
EVENT = "kustomer.app.test.order"


class KilledError(BaseException):
    """The end of a process: nothing catches it, and what is not committed is lost."""


class Message(Fields):
    """What is sent off the machine."""

    message: str


class Service:
    """What the action `test.remote` talks to: `sent` is what came in, `answer` what it does."""

    def __init__(self):
        self.sent = []
        self.answer = lambda _context: {"answer": "yes"}

    def call(self, params: Message, context):
        """Send a message."""
        self.sent.append(params.message)
        return self.answer(context)


def register(monkeypatch, name, function, *, remote):
    made = action(name, label="", output={}, remote=remote)(function)
    family = {**ACTIONS._loaded.get("test", {}), name: made}  # noqa: SLF001 - see below
    monkeypatch.setattr(actions, "FAMILIES", (*FAMILIES, "test"))
    monkeypatch.setitem(ACTIONS._loaded, "test", family)  # noqa: SLF001 - no way to add one


@pytest.fixture
def service(monkeypatch):
    """The service that `test.remote` calls."""
    service = Service()
    register(monkeypatch, "test.remote", service.call, remote=True)
    return service


@pytest.fixture
def process(tmp_path):
    """Start a process on the org: an engine with a store and an owner of its own."""
    stores = []
    count = iter(range(1, 10_000))

    def start(*, timeout=5.0):
        store = Store.open(tmp_path / "org.db", org_id="0" * 24, now=NOON, timeout=timeout)
        if threading.current_thread() is threading.main_thread():
            stores.append(store)
        org = Org(
            store=store,
            now=lambda: NOON,
            tick=lambda: 0.0,
            new_id=lambda: f"{next(count):024x}",
        )
        return engine_of(org)

    yield start
    for store in stores:
        store.close()


def step(step_id, action, params, *targets, **more):
    transitions = [{"target": target} for target in targets]
    return {"id": step_id, "action": action, "params": params, "transitions": transitions, **more}


CREATE = step(
    "create", "kustomer.customer.create", {"email": "/#steps.1.attributes.data.email"}, "ask"
)
ASK = step("ask", "test.remote", {"message": "first"}, "add")
ADD = step(
    "add",
    "kustomer.kobject.create-with-customer",
    {
        "klassName": "order",
        "customer": "/#steps.create.id",
        "title": "/#steps.ask.answer",
        "data": "/#steps.1.attributes.data",
    },
)


def define(engine, *steps, rev=1):
    """Make or change the workflow that starts at the first of these steps."""
    document = {
        "name": "order",
        "trigger": {"eventName": EVENT, "transitions": [{"target": steps[0]["id"]}]},
        "steps": list(steps),
    }
    workflow = Workflow.from_document(document, workflow_id="f" * 24, rev=rev)
    if rev == 1:
        engine.org.store.workflows.add(workflow, NOON)
        engine.org.store.klasses.add(Klass("e" * 24, "order", "Order", {}, NOON, NOON))
        hooks.create(engine.org, "orders", event_name=EVENT)
    else:
        engine.org.store.workflows.replace(workflow, NOON)


def accept(engine):
    """Accept an order; give the number of its run."""
    hook = hooks.get(engine.org.store, "orders")
    body = read_body(hook, b'{"email": "test@example.com"}', "order.json")
    [number] = receive(engine.org, to_hook(hook, body)).numbers
    return number


def die(_context):
    raise KilledError


def killed(engine, service, number):
    """Carry out a run in a process that is killed while the service has its message."""
    service.answer, before = die, service.answer
    with pytest.raises(KilledError):
        execute(engine, number)
    engine.org.store.close()
    service.answer = before


def status(engine):
    return runs.report(engine.org.store).run.status


def path(engine):
    """Give the ids of the steps that the newest run took."""
    return [each.step_id for each in runs.report(engine.org.store).steps]


def warnings(engine):
    return {
        each.step_id: each.warnings for each in runs.report(engine.org.store).steps if each.warnings
    }


def emails(engine):
    return engine.org.store.customers.identity_values()


def titles(engine):
    return [kobject.given["title"] for kobject in engine.org.store.kobjects.all(-1)]


# Going on.


def test_a_run_goes_on_after_its_last_committed_step(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))

    second = process()
    at_the_kill = (status(second), path(second), emails(second), titles(second))
    resumed = recover(second).finished

    assert ("running", ["1", "create"], ["test@example.com"], []) == at_the_kill
    assert 1 == resumed
    assert ("completed", ["1", "create", "ask", "add"]) == (status(second), path(second))
    assert (["test@example.com"], ["yes"]) == (emails(second), titles(second))


def test_what_earlier_steps_gave_is_known_from_the_log(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))

    second = process()
    recover(second)

    [customer] = second.org.store.customers.all(-1)
    [kobject] = second.org.store.kobjects.all(-1)
    assert customer.id == kobject.customer
    assert {"email": "test@example.com"} == kobject.given["data"]


def test_a_step_that_was_half_sent_is_repeated_and_says_so(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))

    second = process()
    recover(second)

    assert ["first", "first"] == service.sent
    assert {"ask": [REPEATED]} == warnings(second)


def test_a_run_that_is_killed_twice_goes_on_twice(process, service):
    first, second = process(), process()
    define(first, CREATE, ASK, ADD)
    number = accept(first)
    killed(first, service, number)
    killed(second, service, number)

    third = process()
    resumed = recover(third).finished

    assert 1 == resumed
    assert ["first", "first", "first"] == service.sent
    assert ("completed", ["yes"]) == (status(third), titles(third))


def test_a_step_that_was_sent_and_logged_is_not_repeated(process, service):
    ask_again = step("again", "test.remote", {"message": "/#steps.ask.answer"}, "add")
    first = process()
    define(first, CREATE, {**ASK, "transitions": [{"target": "again"}]}, ask_again, ADD)
    number = accept(first)

    def answer_once(_context):
        service.answer = die
        return {"answer": "yes"}

    service.answer = answer_once
    with pytest.raises(KilledError):
        execute(first, number)
    first.org.store.close()

    second = process()
    service.answer = lambda _context: {"answer": "again"}
    recover(second)

    assert ["first", "yes", "yes"] == service.sent
    assert {"again": [REPEATED]} == warnings(second)
    assert ("completed", ["yes"]) == (status(second), titles(second))


def test_the_error_of_a_failed_step_is_known_from_the_log(process, service):
    params = {"klassName": "nothing", "title": "Order", "data": {}}
    lose = step("lose", "kustomer.kobject.create", params, errorCases=[{"target": "tell"}])
    tell = step("tell", "test.remote", {"message": "/#error.message"})
    first = process()
    define(first, lose, tell)
    killed(first, service, accept(first))

    second = process()
    recover(second)

    assert ['no klass is called "nothing"'] * 2 == service.sent
    assert ("completed", ["1", "lose", "tell"]) == (status(second), path(second))


def test_a_run_that_had_committed_no_step_starts_afresh(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    accept(first)
    first.org.store.close()

    second = process()
    resumed = recover(second).finished

    assert 1 == resumed
    assert ["first"] == service.sent
    assert {} == warnings(second)
    assert ("completed", ["test@example.com"]) == (status(second), emails(second))


def test_a_run_that_is_over_is_not_resumed(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    number = accept(first)
    execute(first, number)

    second = process()
    resumed = recover(second).finished
    execute(second, number)

    assert 0 == resumed
    assert ["first"] == service.sent


def test_several_runs_are_resumed_the_oldest_first(process, service):
    first = process()
    define(first, step("ask", "test.remote", {"message": "/#steps.1.id"}))
    for _ in range(3):
        accept(first)
    first.org.store.close()

    second = process()
    resumed = recover(second).finished

    assert 3 == resumed
    assert sorted(service.sent) == service.sent
    assert 3 == len(service.sent)


# Whose a run is.


def test_a_run_is_left_to_its_owner_as_long_as_that_lives(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    accept(first)
    second = process()

    while_it_lives = (recover(second).finished, status(second))
    first.org.store.close()
    after_its_end = (recover(second).finished, status(second))

    assert (0, "waiting") == while_it_lives
    assert (1, "completed") == after_its_end
    assert ["first"] == service.sent


def test_a_run_under_way_too_is_left_to_its_owner(process, service):
    first, second = process(), process()
    define(first, CREATE, ASK, ADD)
    found = []

    def resume_meanwhile(_context):
        found.append((recover(second).finished, status(second)))
        return {"answer": "yes"}

    service.answer = resume_meanwhile
    execute(first, accept(first))

    assert [(0, "running")] == found
    assert ["first"] == service.sent


def test_a_process_does_not_take_its_own_runs_for_left_behind(process, service):
    engine = process()
    define(engine, CREATE, ASK, ADD)
    number = accept(engine)
    found = []

    def resume_meanwhile(engine):
        found.append(recover(engine).finished)
        return {"answer": "yes"}

    service.answer = resume_meanwhile
    execute(engine, number)

    assert [0] == found
    assert ["first"] == service.sent


@pytest.mark.parametrize("owner", ["", "no lease", "../org.db", "elsewhere:7:1"])
def test_a_run_of_nobody_who_is_known_is_gone_on_with(process, service, owner):
    engine = process()
    define(engine, CREATE, ASK, ADD)
    accept(engine)
    engine.org.store.connection.execute("UPDATE runs SET owner = ?", (owner,))

    assert (1, "completed") == (recover(engine).finished, status(engine))


class Rival(threading.Thread):
    """Another process that resumes, and waits at the remote step until `answered` is set."""

    def __init__(self, process, service):
        super().__init__()
        self.asked, self.answered = threading.Event(), threading.Event()
        self.end = None
        self._process = process
        service.answer = self._answer

    def run(self):
        engine = self._process()
        try:
            self.end = recover(engine).finished
        except sqlite3.Error as error:
            self.end = error
        engine.org.store.close()

    def _answer(self, _context):
        if threading.current_thread() is self:
            self.asked.set()
            self.answered.wait(10)
        return {"answer": "yes"}


def test_two_processes_that_find_the_same_run_do_not_both_go_on_with_it(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))
    rival, third = Rival(process, service), process()

    def is_held(_owner):
        # Here the third process has found the run, and has not yet taken the lock.
        rival.start()
        rival.asked.wait(10)
        return False

    third.org.store.leases.is_held = is_held
    recover(third)
    rival.answered.set()
    rival.join()

    assert ["first", "first"] == service.sent
    assert ("completed", ["yes"], 1) == (status(third), titles(third), rival.end)


def test_a_run_that_its_owner_finished_meanwhile_is_not_counted_as_resumed(process, service):
    first, second = process(), process()
    define(first, CREATE, ASK, ADD)
    number = accept(first)

    def is_held(_owner):
        execute(first, number)
        return False

    second.org.store.leases.is_held = is_held
    assert 0 == recover(second).finished


# A workflow that has changed.


def test_a_run_whose_step_is_gone_ends_as_interrupted(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))
    second = process()
    define(second, ASK, ADD, rev=2)

    resumed = recover(second).finished

    assert 1 == resumed
    run = runs.report(second.org.store).run
    assert "interrupted" == run.status
    assert (
        'the workflow has changed: it has no step "create" any more, so the run ended' == run.error
    )
    assert (["1", "create"], ["test@example.com"]) == (path(second), emails(second))
    assert ["first"] == service.sent
    assert 0 == recover(second).finished


def test_a_run_whose_steps_are_all_there_goes_on_by_the_changed_workflow(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    killed(first, service, accept(first))
    second = process()
    define(second, CREATE, {**ASK, "params": {"message": "changed"}}, ADD, rev=2)

    recover(second)

    assert ["first", "changed"] == service.sent
    assert "completed" == status(second)


# While a step is off the machine.


def test_no_lock_is_held_while_a_remote_step_works(process, service, tmp_path):
    engine = process()
    define(engine, CREATE, ASK, ADD)
    seen = []

    def look_and_write(_context):
        with closing(Store.open(tmp_path / "org.db", timeout=0)) as other:
            seen.append([each.step_id for each in other.step_log.steps(1)])
            seen.append((other.runs.open(1).status, other.runs.open(1).owner))
            with other.transaction():
                other.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))
        return {"answer": "yes"}

    service.answer = look_and_write
    execute(engine, accept(engine))

    assert [["1", "create"], ("running", engine.org.owner)] == seen
    assert ["completed", ["yes"]] == [status(engine), titles(engine)]
    assert engine.org.store.customers.exists("a" * 24)


def test_the_lock_is_held_from_the_answer_to_the_end_of_the_run(process, monkeypatch, service):
    engine, other = process(), process(timeout=0)
    refused = []

    def write_from_outside(params: Message, context):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.org.store.begin()
        refused.append(params.message)

    register(monkeypatch, "test.local", write_from_outside, remote=False)
    local = step("local", "test.local", {"message": "after"})
    define(engine, {**ASK, "transitions": [{"target": "local"}]}, local)
    execute(engine, accept(engine))

    assert ["after"] == refused
    assert "completed" == status(engine)


def test_a_remote_step_that_fails_keeps_what_was_done_before_it(process, service):
    engine = process()
    define(engine, CREATE, ASK, ADD)

    def fail(_context):
        raise ConnectionError("the line is dead")

    service.answer = fail
    execute(engine, accept(engine))

    assert ("failed", "the line is dead") == (
        status(engine),
        runs.report(engine.org.store).run.error,
    )
    assert (["test@example.com"], []) == (emails(engine), titles(engine))


def test_a_run_that_gets_no_lock_after_a_remote_step_is_left_to_be_resumed(
    process, service, tmp_path
):
    first = process(timeout=0.05)
    define(first, CREATE, ASK, ADD)
    number = accept(first)
    with closing(sqlite3.connect(tmp_path / "org.db", isolation_level=None)) as other:

        def take_the_lock(_context):
            other.execute("BEGIN IMMEDIATE")
            return {"answer": "lost"}

        service.answer = take_the_lock
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            execute(first, number)
    first.org.store.close()
    service.answer = lambda _context: {"answer": "yes"}

    second = process()

    assert (1, "completed") == (recover(second).finished, status(second))
    assert {"ask": [REPEATED]} == warnings(second)
    assert (["test@example.com"], ["yes"]) == (emails(second), titles(second))


def test_runs_that_share_a_commit_are_committed_before_a_remote_step(process, service):
    engine, other = process(), process()
    define(engine, CREATE, ASK, ADD)
    seen = []

    def look(_context):
        seen.append(titles(other))
        return {"answer": "yes"}

    def add_another(engine):
        engine.org.store.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))

    service.answer = look
    with engine.org.store.transaction():
        add_another(engine)
        execute(engine, accept(engine))
        before_the_end = [titles(other), other.org.store.customers.exists("a" * 24)]

    assert [[]] == seen
    assert [[], True] == before_the_end
    assert ["yes"] == titles(other)


# Ctrl-C.


def press_ctrl_c(_context):
    signal.raise_signal(signal.SIGINT)


def left_open(engine):
    store = engine.org.store
    return AcceptedEvent(store.events.get(1), tuple(store.runs.all_unfinished()))


def carried_out(engine):
    """Carry out a run as a command does; give its number."""
    number = accept(engine)
    carry_out(engine, left_open(engine))
    return number


def test_ctrl_c_in_a_remote_step_ends_the_run_and_the_step_can_be_rerun(process, service):
    engine = process()
    define(engine, CREATE, ASK, ADD)
    service.answer, answer = press_ctrl_c, service.answer

    number = carried_out(engine)

    run = runs.report(engine.org.store).run
    assert ("interrupted", 'step "ask" was interrupted while it ran: it may have taken effect') == (
        run.status,
        run.error,
    )
    assert (["1", "create", "ask"], ["test@example.com"]) == (path(engine), emails(engine))
    assert [(number, "ask")] == engine.interruption.broken
    engine.org.store.close()
    after = process()
    assert 0 == recover(after).finished

    service.answer = answer
    reruns.rerun(after, str(number), "ask")
    assert ("completed", ["1", "create", "ask", "add"]) == (status(after), path(after))
    assert ["test@example.com"] == emails(after)


def test_no_error_case_of_a_step_that_ctrl_c_broke_off_is_taken(process, service):
    engine = process()
    define(engine, {**ASK, "transitions": [], "errorCases": [{"target": "end"}]}, {"id": "end"})
    service.answer = press_ctrl_c

    carried_out(engine)

    assert ("interrupted", ["1", "ask"]) == (status(engine), path(engine))


@pytest.fixture
def local(monkeypatch):
    """Make the action `test.local`, which Ctrl-C is pressed in, so many times."""

    def local(times):
        def write(params: Message, context):
            context.org.store.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))
            for _ in range(times):
                press_ctrl_c(context)

        register(monkeypatch, "test.local", write, remote=False)
        return step("local", "test.local", {"message": "half"}, "add")

    return local


THEN_LOCAL = {**CREATE, "transitions": [{"target": "local"}]}
AFTER_LOCAL = {**ADD, "params": {**ADD["params"], "title": "then"}}


def test_ctrl_c_in_a_local_step_leaves_the_run_after_it_and_others_go_on(process, local):
    engine = process()
    define(engine, THEN_LOCAL, local(1), AFTER_LOCAL)

    carried_out(engine)

    engine.org.store.close()
    other = process()
    assert ("running", ["1", "create", "local"]) == (status(other), path(other))
    assert (["test@example.com"], True) == (
        emails(other),
        other.org.store.customers.exists("a" * 24),
    )
    assert 1 == recover(other).finished
    assert ("completed", ["1", "create", "local", "add"]) == (status(other), path(other))
    assert (["test@example.com"], {}) == (emails(other), warnings(other))


def test_a_second_ctrl_c_undoes_what_is_not_committed(process, local):
    engine = process()
    define(engine, THEN_LOCAL, local(2), AFTER_LOCAL)

    with pytest.raises(KeyboardInterrupt):
        carried_out(engine)

    engine.org.store.close()
    other = process()
    assert ("waiting", [], []) == (status(other), path(other), emails(other))
    local(0)
    assert 1 == recover(other).finished
    assert ("completed", ["test@example.com"]) == (status(other), emails(other))


def test_after_ctrl_c_nothing_leaves_the_machine(process, service, local):
    engine = process()
    define(engine, local(1) | {"transitions": [{"target": "ask"}]}, {**ASK, "transitions": []})

    with engine.interruption.held(ends_runs=True):
        execute(engine, accept(engine))

    engine.org.store.close()
    other = process()
    assert ([], "running", ["1", "local"]) == (service.sent, status(other), path(other))
    local(0)
    assert 1 == recover(other).finished
    assert (["first"], "completed") == (service.sent, status(other))


def test_what_is_waiting_after_ctrl_c_is_carried_out_by_others(process, local):
    engine = process()
    define(engine, local(1))
    numbers = [accept(engine), accept(engine)]

    done = carry_out(engine, left_open(engine))

    assert (numbers[0],) == done
    assert "waiting" == status(engine)


def test_ctrl_c_means_what_it_did_once_runs_are_over(process):
    before = signal.getsignal(signal.SIGINT)
    engine = process()
    define(engine, step("end", "kustomer.customer.create", {"name": "Ada"}))

    carried_out(engine)

    assert before == signal.getsignal(signal.SIGINT)


# A rerun that begins in the middle.


def test_what_a_rerun_sends_first_is_not_taken_for_a_repetition(process, service):
    engine = process()
    define(engine, CREATE, ASK, ADD)
    execute(engine, accept(engine))

    reruns.rerun(engine, "1", "ask")

    assert (["1", "create", "ask", "add"], {}) == (path(engine), warnings(engine))
    assert ["first", "first"] == service.sent


def test_a_rerun_that_is_killed_goes_on_with_what_it_took_over(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    execute(first, accept(first))
    service.answer, answer = die, service.answer
    with pytest.raises(KilledError):
        reruns.rerun(first, "1", "ask")
    first.org.store.close()

    second = process()
    service.answer = answer
    resumed = recover(second).finished

    assert 1 == resumed
    assert ("completed", ["1", "create", "ask", "add"]) == (status(second), path(second))
    assert {"ask": [REPEATED]} == warnings(second)
    assert ["test@example.com"] == emails(second)


def test_a_rerun_that_has_only_been_accepted_still_begins_in_the_middle(
    process, service, monkeypatch
):
    first = process()
    define(first, CREATE, ASK, ADD)
    execute(first, accept(first))
    with monkeypatch.context() as patched:
        patched.setattr(reruns, "carry_out_reported", lambda *_: ())
        reruns.rerun(first, "1", "ask")
    first.org.store.close()

    second = process()
    before = (status(second), path(second))
    recover(second)

    assert ("waiting", ["1", "create"]) == before
    assert ("completed", ["1", "create", "ask", "add"]) == (status(second), path(second))
    assert ({}, ["test@example.com"]) == (warnings(second), emails(second))
