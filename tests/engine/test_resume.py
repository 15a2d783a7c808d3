"""A run that was cut short is gone on with where its log ends, and only by one process.

The action `test.remote` leaves the machine, so the run is committed before it. What it does when
it is called is up to each test: answer, be killed, look at the org from outside.
"""

import signal
import sqlite3
import threading
from contextlib import closing

import pytest

from kobjctl.actions import ACTIONS
from kobjctl.actions.base import action
from kobjctl.app.definitions import hooks
from kobjctl.app.runs import reruns, runs
from kobjctl.app.runs.execute import carry_out, execute
from kobjctl.app.runs.payload import read_body
from kobjctl.app.runs.receive import AcceptedEvent, receive, to_hook
from kobjctl.app.runs.recover import recover
from kobjctl.engine.runner import REPEATED
from kobjctl.model.customer import Customer
from kobjctl.model.klass import Klass
from kobjctl.model.workflow import Workflow
from kobjctl.records.context import World
from kobjctl.records.fields import Fields
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
        self.answer = lambda _world: {"answer": "yes"}

    def call(self, params: Message, world: World):
        """Send a message."""
        self.sent.append(params.message)
        return self.answer(world)


def register(monkeypatch, name, function, *, remote):
    made = action(name, label="", output={}, remote=remote)(function)
    monkeypatch.setitem(ACTIONS._families, name, "")  # noqa: SLF001 - the table has no way to add
    monkeypatch.setitem(ACTIONS._loaded, name, made)  # noqa: SLF001 - see above


@pytest.fixture
def service(monkeypatch):
    """The service that `test.remote` calls."""
    service = Service()
    register(monkeypatch, "test.remote", service.call, remote=True)
    return service


@pytest.fixture
def process(tmp_path):
    """Start a process on the org: a world with a store and an owner of its own."""
    stores = []
    count = iter(range(1, 10_000))

    def start(*, timeout=5.0):
        store = Store.open(tmp_path / "org.db", org_id="0" * 24, now=NOON, timeout=timeout)
        if threading.current_thread() is threading.main_thread():
            stores.append(store)
        return World(
            store=store,
            now=lambda: NOON,
            tick=lambda: 0.0,
            new_id=lambda: f"{next(count):024x}",
        )

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


def define(world, *steps, rev=1):
    """Make or change the workflow that starts at the first of these steps."""
    document = {
        "name": "order",
        "trigger": {"eventName": EVENT, "transitions": [{"target": steps[0]["id"]}]},
        "steps": list(steps),
    }
    workflow = Workflow.from_document(document, workflow_id="f" * 24, rev=rev)
    if rev == 1:
        world.store.workflows.add(workflow, NOON)
        world.store.klasses.add(Klass("e" * 24, "order", "Order", {}, NOON, NOON))
        hooks.create(world, "orders", event_name=EVENT)
    else:
        world.store.workflows.replace(workflow, NOON)


def accept(world):
    """Accept an order; give the number of its run."""
    hook = hooks.get(world, "orders")
    body = read_body(hook, b'{"email": "test@example.com"}', "order.json")
    [number] = receive(world, to_hook(hook, body)).numbers
    return number


def die(_world):
    raise KilledError


def killed(world, service, number):
    """Carry out a run in a process that is killed while the service has its message."""
    service.answer, before = die, service.answer
    with pytest.raises(KilledError):
        execute(world, number)
    world.store.close()
    service.answer = before


def status(world):
    return runs.report(world).run.status


def path(world):
    """Give the ids of the steps that the newest run took."""
    return [each.step_id for each in runs.report(world).steps]


def warnings(world):
    return {each.step_id: each.warnings for each in runs.report(world).steps if each.warnings}


def emails(world):
    return world.store.customers.identity_values()


def titles(world):
    return [kobject.given["title"] for kobject in world.store.kobjects.all(-1)]


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

    [customer] = second.store.customers.all(-1)
    [kobject] = second.store.kobjects.all(-1)
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

    def answer_once(_world):
        service.answer = die
        return {"answer": "yes"}

    service.answer = answer_once
    with pytest.raises(KilledError):
        execute(first, number)
    first.store.close()

    second = process()
    service.answer = lambda _world: {"answer": "again"}
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
    first.store.close()

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
    first.store.close()

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
    first.store.close()
    after_its_end = (recover(second).finished, status(second))

    assert (0, "waiting") == while_it_lives
    assert (1, "completed") == after_its_end
    assert ["first"] == service.sent


def test_a_run_under_way_too_is_left_to_its_owner(process, service):
    first, second = process(), process()
    define(first, CREATE, ASK, ADD)
    found = []

    def resume_meanwhile(_world):
        found.append((recover(second).finished, status(second)))
        return {"answer": "yes"}

    service.answer = resume_meanwhile
    execute(first, accept(first))

    assert [(0, "running")] == found
    assert ["first"] == service.sent


def test_a_process_does_not_take_its_own_runs_for_left_behind(process, service):
    world = process()
    define(world, CREATE, ASK, ADD)
    number = accept(world)
    found = []

    def resume_meanwhile(world):
        found.append(recover(world).finished)
        return {"answer": "yes"}

    service.answer = resume_meanwhile
    execute(world, number)

    assert [0] == found
    assert ["first"] == service.sent


@pytest.mark.parametrize("owner", ["", "no lease", "../org.db", "elsewhere:7:1"])
def test_a_run_of_nobody_who_is_known_is_gone_on_with(process, service, owner):
    world = process()
    define(world, CREATE, ASK, ADD)
    accept(world)
    world.store.connection.execute("UPDATE runs SET owner = ?", (owner,))

    assert (1, "completed") == (recover(world).finished, status(world))


class Rival(threading.Thread):
    """Another process that resumes, and waits at the remote step until `answered` is set."""

    def __init__(self, process, service):
        super().__init__()
        self.asked, self.answered = threading.Event(), threading.Event()
        self.end = None
        self._process = process
        service.answer = self._answer

    def run(self):
        world = self._process()
        try:
            self.end = recover(world).finished
        except sqlite3.Error as error:
            self.end = error
        world.store.close()

    def _answer(self, _world):
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

    third.store.leases.is_held = is_held
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

    second.store.leases.is_held = is_held
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
    run = runs.report(second).run
    assert "interrupted" == run.status
    assert (
        'the workflow has changed since: its step "create" is gone, and the run with it'
        == run.error
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
    world = process()
    define(world, CREATE, ASK, ADD)
    seen = []

    def look_and_write(_world):
        with closing(Store.open(tmp_path / "org.db", timeout=0)) as other:
            seen.append([each.step_id for each in other.step_log.steps(1)])
            seen.append((other.runs.open(1).status, other.runs.open(1).owner))
            with other.transaction():
                other.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))
        return {"answer": "yes"}

    service.answer = look_and_write
    execute(world, accept(world))

    assert [["1", "create"], ("running", world.owner)] == seen
    assert ["completed", ["yes"]] == [status(world), titles(world)]
    assert world.store.customers.exists("a" * 24)


def test_the_lock_is_held_from_the_answer_to_the_end_of_the_run(process, monkeypatch, service):
    world, other = process(), process(timeout=0)
    refused = []

    def write_from_outside(params: Message, world: World):
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.store.begin()
        refused.append(params.message)

    register(monkeypatch, "test.local", write_from_outside, remote=False)
    local = step("local", "test.local", {"message": "after"})
    define(world, {**ASK, "transitions": [{"target": "local"}]}, local)
    execute(world, accept(world))

    assert ["after"] == refused
    assert "completed" == status(world)


def test_a_remote_step_that_fails_keeps_what_was_done_before_it(process, service):
    world = process()
    define(world, CREATE, ASK, ADD)

    def fail(_world):
        raise ConnectionError("the line is dead")

    service.answer = fail
    execute(world, accept(world))

    assert ("failed", "the line is dead") == (status(world), runs.report(world).run.error)
    assert (["test@example.com"], []) == (emails(world), titles(world))


def test_a_run_that_gets_no_lock_after_a_remote_step_is_left_to_be_resumed(
    process, service, tmp_path
):
    first = process(timeout=0.05)
    define(first, CREATE, ASK, ADD)
    number = accept(first)
    with closing(sqlite3.connect(tmp_path / "org.db", isolation_level=None)) as other:

        def take_the_lock(_world):
            other.execute("BEGIN IMMEDIATE")
            return {"answer": "lost"}

        service.answer = take_the_lock
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            execute(first, number)
    first.store.close()
    service.answer = lambda _world: {"answer": "yes"}

    second = process()

    assert (1, "completed") == (recover(second).finished, status(second))
    assert {"ask": [REPEATED]} == warnings(second)
    assert (["test@example.com"], ["yes"]) == (emails(second), titles(second))


def test_runs_that_share_a_commit_are_committed_before_a_remote_step(process, service):
    world, other = process(), process()
    define(world, CREATE, ASK, ADD)
    seen = []

    def look(_world):
        seen.append(titles(other))
        return {"answer": "yes"}

    def add_another(world):
        world.store.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))

    service.answer = look
    with world.store.transaction():
        add_another(world)
        execute(world, accept(world))
        before_the_end = [titles(other), other.store.customers.exists("a" * 24)]

    assert [[]] == seen
    assert [[], True] == before_the_end
    assert ["yes"] == titles(other)


# Ctrl-C.


def press_ctrl_c(_world):
    signal.raise_signal(signal.SIGINT)


def left_open(world):
    return AcceptedEvent(world.store.events.get(1), tuple(world.store.runs.all_open()))


def carried_out(world):
    """Carry out a run as a command does; give its number."""
    number = accept(world)
    carry_out(world, left_open(world))
    return number


def test_ctrl_c_in_a_remote_step_ends_the_run_and_the_step_can_be_rerun(process, service):
    world = process()
    define(world, CREATE, ASK, ADD)
    service.answer, answer = press_ctrl_c, service.answer

    number = carried_out(world)

    run = runs.report(world).run
    assert ("interrupted", 'step "ask" was under way: it may have been done') == (
        run.status,
        run.error,
    )
    assert (["1", "create", "ask"], ["test@example.com"]) == (path(world), emails(world))
    assert [(number, "ask")] == world.interruption.broken
    world.store.close()
    after = process()
    assert 0 == recover(after).finished

    service.answer = answer
    reruns.rerun(after, str(number), "ask")
    assert ("completed", ["1", "create", "ask", "add"]) == (status(after), path(after))
    assert ["test@example.com"] == emails(after)


def test_no_error_case_of_a_step_that_ctrl_c_broke_off_is_taken(process, service):
    world = process()
    define(world, {**ASK, "transitions": [], "errorCases": [{"target": "end"}]}, {"id": "end"})
    service.answer = press_ctrl_c

    carried_out(world)

    assert ("interrupted", ["1", "ask"]) == (status(world), path(world))


@pytest.fixture
def local(monkeypatch):
    """Make the action `test.local`, which Ctrl-C is pressed in, so many times."""

    def local(times):
        def write(params: Message, world: World):
            world.store.customers.add(Customer("a" * 24, {}, NOON, NOON, NOON, NOON))
            for _ in range(times):
                press_ctrl_c(world)

        register(monkeypatch, "test.local", write, remote=False)
        return step("local", "test.local", {"message": "half"}, "add")

    return local


THEN_LOCAL = {**CREATE, "transitions": [{"target": "local"}]}
AFTER_LOCAL = {**ADD, "params": {**ADD["params"], "title": "then"}}


def test_ctrl_c_in_a_local_step_leaves_the_run_after_it_and_others_go_on(process, local):
    world = process()
    define(world, THEN_LOCAL, local(1), AFTER_LOCAL)

    carried_out(world)

    world.store.close()
    other = process()
    assert ("running", ["1", "create", "local"]) == (status(other), path(other))
    assert (["test@example.com"], True) == (emails(other), other.store.customers.exists("a" * 24))
    assert 1 == recover(other).finished
    assert ("completed", ["1", "create", "local", "add"]) == (status(other), path(other))
    assert (["test@example.com"], {}) == (emails(other), warnings(other))


def test_a_second_ctrl_c_undoes_what_is_not_committed(process, local):
    world = process()
    define(world, THEN_LOCAL, local(2), AFTER_LOCAL)

    with pytest.raises(KeyboardInterrupt):
        carried_out(world)

    world.store.close()
    other = process()
    assert ("waiting", [], []) == (status(other), path(other), emails(other))
    local(0)
    assert 1 == recover(other).finished
    assert ("completed", ["test@example.com"]) == (status(other), emails(other))


def test_after_ctrl_c_nothing_leaves_the_machine(process, service, local):
    world = process()
    define(world, local(1) | {"transitions": [{"target": "ask"}]}, {**ASK, "transitions": []})

    with world.interruption.held(ends_runs=True):
        execute(world, accept(world))

    world.store.close()
    other = process()
    assert ([], "running", ["1", "local"]) == (service.sent, status(other), path(other))
    local(0)
    assert 1 == recover(other).finished
    assert (["first"], "completed") == (service.sent, status(other))


def test_what_is_waiting_after_ctrl_c_is_carried_out_by_others(process, local):
    world = process()
    define(world, local(1))
    numbers = [accept(world), accept(world)]

    done = carry_out(world, left_open(world))

    assert (numbers[0],) == done
    assert "waiting" == status(world)


def test_ctrl_c_means_what_it_did_once_runs_are_over(process):
    before = signal.getsignal(signal.SIGINT)
    world = process()
    define(world, step("end", "kustomer.customer.create", {"name": "Ada"}))

    carried_out(world)

    assert before == signal.getsignal(signal.SIGINT)


# A rerun that begins in the middle.


def test_what_a_rerun_sends_first_is_not_taken_for_a_repetition(process, service):
    world = process()
    define(world, CREATE, ASK, ADD)
    execute(world, accept(world))

    reruns.rerun(world, "1", "ask")

    assert (["1", "create", "ask", "add"], {}) == (path(world), warnings(world))
    assert ["first", "first"] == service.sent


def test_a_rerun_that_is_killed_goes_on_with_what_it_took_over(process, service):
    first = process()
    define(first, CREATE, ASK, ADD)
    execute(first, accept(first))
    service.answer, answer = die, service.answer
    with pytest.raises(KilledError):
        reruns.rerun(first, "1", "ask")
    first.store.close()

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
    first.store.close()

    second = process()
    before = (status(second), path(second))
    recover(second)

    assert ("waiting", ["1", "create"]) == before
    assert ("completed", ["1", "create", "ask", "add"]) == (status(second), path(second))
    assert ({}, ["test@example.com"]) == (warnings(second), emails(second))
