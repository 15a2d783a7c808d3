"""Go on with the runs that a killed process left, under the conditions that they began with."""

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from kobjctl.app.runs.execute import execute, execute_all
from kobjctl.engine.engine import Engine
from kobjctl.model.errors import KobjctlError
from kobjctl.model.run import NO_CONDITIONS, RunConditions
from kobjctl.records.context import no_stub, refuse_every_host
from kobjctl.store.failure import explain, may_pass
from kobjctl.store.org import Org
from kobjctl.store.runs import OpenRun


class WaitingRun(NamedTuple):
    """A run that can't be gone on with: its number, and the hosts or stubs that it lacks. Of a run
    of an older kobjctl nobody knows which.
    """

    number: int
    lacking: RunConditions


class Recovery(NamedTuple):
    """How many runs that a killed kobjctl left behind were finished, and those that still wait.

    `refusal` says why none can be gone on with.
    """

    finished: int = 0
    waiting: tuple[WaitingRun, ...] = ()
    refusal: str = ""


class LackingConditionsError(KobjctlError):
    """What a run is to find, and does not: see `WaitingRun`."""

    def __init__(self, lacking: RunConditions) -> None:
        super().__init__("a run lacks what it began with")
        self.lacking = lacking


def recover_if_possible(engine: Engine, offered: RunConditions) -> Recovery:
    """Finish runs as `recover` does, where the org can be written.

    A look at an org must work though nothing can be written there.
    """
    try:
        return recover(engine, offered)
    except sqlite3.Error as error:
        return Recovery(refusal=explain(error, engine.org.store.path).message)


def recover(engine: Engine, offered: RunConditions = NO_CONDITIONS) -> Recovery:
    """Finish the runs that a killed kobjctl left behind.

    Each sees the time that stood still for it, and its stubs; it leaves the machine only where the
    hosts that it may reach are `offered` now, too. A run that lacks something waits for it.
    """
    finished, waiting = 0, []
    store = engine.org.store
    abandoned = [
        each for each in store.runs.all_unfinished() if not store.leases.is_held(each.owner)
    ]
    with engine.interruption.held():
        for run in abandoned:
            if engine.interruption.asked:
                break
            try:
                own = engine_under_conditions(run, engine, offered)
            except LackingConditionsError as error:
                waiting.append(WaitingRun(run.number, error.lacking))
                continue
            if (started := execute(own, run.number, found=run)) is not None:
                finished += 1 + sum(1 for _ in execute_all(own, started))
    return Recovery(finished, tuple(waiting))


def engine_under_conditions(run: OpenRun, engine: Engine, offered: RunConditions) -> Engine:
    """Return an engine under the conditions of a run; raises LackingConditionsError."""
    known, leaves = run.conditions, _leaves_machine(engine, run)
    if known is None:
        # To fail for what nobody has said is not what was asked of it.
        if leaves and not (offered.hosts or offered.stubs):
            raise LackingConditionsError(NO_CONDITIONS)
        return engine
    lacking = tuple(host for host in known.hosts if host not in offered.hosts)
    if leaves and lacking:
        raise LackingConditionsError(RunConditions(hosts=lacking))
    org = engine.org._replace(conditions=known)
    if known.now:
        org = org.at(known.now).untimed()
    return _connected(engine._replace(org=org), known)


def _connected(engine: Engine, conditions: RunConditions) -> Engine:
    """Return an engine that reaches the hosts and stubs of a run, and nothing else."""
    if not (conditions.hosts or conditions.stubs):
        return engine._replace(http=refuse_every_host, stub=no_stub)
    from kobjctl.http.connect import WebSettings, connect  # noqa: PLC0415 - few runs send anything

    stubs = tuple(map(_shown, conditions.stubs))
    try:
        connection = connect(engine.org.store, WebSettings(conditions.hosts, stubs))
    except KobjctlError as error:
        raise LackingConditionsError(RunConditions(stubs=stubs)) from error
    return engine._replace(http=connection.http, stub=connection.stub)


def _shown(path: str) -> str:
    """Return a path as the log shows it where its file is in this folder or below."""
    here = Path.cwd()
    return os.path.relpath(path, here) if Path(path).is_relative_to(here) else path


def _leaves_machine(engine: Engine, run: OpenRun) -> bool:
    """Return whether a run may send something; why one can't be compiled, carrying it out tells."""
    try:
        return engine.compiled(run).leaves_machine(engine.org.store)
    except Exception as error:
        if may_pass(error):
            raise
        return False


def left_open(org: Org) -> int:
    """Count the runs that this process began and has not finished."""
    return sum(run.owner == org.owner for run in org.store.runs.all_unfinished())
