"""Go on with the runs that a killed process left."""

import sqlite3
from typing import NamedTuple

from kobjctl.app.runs.execute import execute, execute_all
from kobjctl.engine.perform import compiled
from kobjctl.records.context import World
from kobjctl.store.failure import explain, may_pass
from kobjctl.store.runs import OpenRun


class Recovery(NamedTuple):
    """How many runs that a killed kobjctl left behind were finished, and how many still wait.

    `refusal` says why none can be gone on with.
    """

    finished: int = 0
    left: int = 0
    refusal: str = ""


def recover_if_possible(world: World, *, sends: bool) -> Recovery:
    """Finish runs as `recover` does, where the org can be written.

    A look at an org must work though nothing can be written there.
    """
    try:
        return recover(world, sends=sends)
    except sqlite3.Error as error:
        return Recovery(refusal=explain(error, world.store.path).message)


def recover(world: World, *, sends: bool = True) -> Recovery:
    """Finish the runs that a killed kobjctl left behind.

    Where nothing was said of hosts and stubs (`sends` is false), those whose workflow leaves the
    machine are left: to fail for that is not what was asked of them.
    """
    finished = left = 0
    abandoned = [each for each in world.store.runs.all_open() if _is_abandoned(each, world)]
    with world.interruption.held():
        for run in abandoned:
            if world.interrupted:
                break
            if not sends and _leaves_machine(world, run):
                left += 1
            elif execute(world, run.number, found=run):
                finished += 1 + sum(1 for _ in execute_all(world, world.outbox.take_started()))
    return Recovery(finished, left)


def _leaves_machine(world: World, run: OpenRun) -> bool:
    """Return whether a run may send something; why one can't be compiled, carrying it out tells."""
    try:
        return compiled(world, run).leaves_machine(world)
    except Exception as error:
        if may_pass(error):
            raise
        return False


def _is_abandoned(run: OpenRun, world: World) -> bool:
    return not world.store.leases.is_held(run.owner)


def left_open(world: World) -> int:
    """Count the runs that this process began and has not finished."""
    return sum(run.owner == world.owner for run in world.store.runs.all_open())
