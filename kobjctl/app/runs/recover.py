"""Go on with the runs that a killed process left."""

import sqlite3
from typing import NamedTuple

from kobjctl.app.runs.execute import execute, execute_all
from kobjctl.engine.engine import Engine
from kobjctl.store.failure import explain, may_pass
from kobjctl.store.org import Org
from kobjctl.store.runs import OpenRun
from kobjctl.store.store import Store


class Recovery(NamedTuple):
    """How many runs that a killed kobjctl left behind were finished, and how many still wait.

    `refusal` says why none can be gone on with.
    """

    finished: int = 0
    left: int = 0
    refusal: str = ""


def recover_if_possible(engine: Engine, *, sends: bool) -> Recovery:
    """Finish runs as `recover` does, where the org can be written.

    A look at an org must work though nothing can be written there.
    """
    try:
        return recover(engine, sends=sends)
    except sqlite3.Error as error:
        return Recovery(refusal=explain(error, engine.org.store.path).message)


def recover(engine: Engine, *, sends: bool = True) -> Recovery:
    """Finish the runs that a killed kobjctl left behind.

    Where nothing was said of hosts and stubs (`sends` is false), those whose workflow leaves the
    machine are left: to fail for that is not what was asked of them.
    """
    finished = left = 0
    abandoned = [
        each for each in engine.org.store.runs.all_open() if _is_abandoned(each, engine.org.store)
    ]
    with engine.interruption.held():
        for run in abandoned:
            if engine.interruption.asked:
                break
            if not sends and _leaves_machine(engine, run):
                left += 1
            elif (started := execute(engine, run.number, found=run)) is not None:
                finished += 1 + sum(1 for _ in execute_all(engine, started))
    return Recovery(finished, left)


def _leaves_machine(engine: Engine, run: OpenRun) -> bool:
    """Return whether a run may send something; why one can't be compiled, carrying it out tells."""
    try:
        return engine.compiled(run).leaves_machine(engine.org.store)
    except Exception as error:
        if may_pass(error):
            raise
        return False


def _is_abandoned(run: OpenRun, store: Store) -> bool:
    return not store.leases.is_held(run.owner)


def left_open(org: Org) -> int:
    """Count the runs that this process began and has not finished."""
    return sum(run.owner == org.owner for run in org.store.runs.all_open())
