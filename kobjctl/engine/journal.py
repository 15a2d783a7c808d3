"""The log of one run while it is under way.

Rows are kept in memory and written in the commit that keeps the effects they tell of, so that
neither ever stands without the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from kobjctl.actions.base import World
from kobjctl.engine.intake import accept_emissions
from kobjctl.engine.secrets import mask_sent, mask_step
from kobjctl.model.run import StepLog
from kobjctl.model.secrets import NO_SECRETS, Secrets


class Journal:
    """The step log of the run with this number; `steps` are those already committed, `logged`
    the rows as the log has them.

    `resumed` tells that an earlier process committed them while the next step was under way.
    The rows as they are written show no `secrets` and no secret headers, those in memory are as
    the run goes on with.
    """

    def __init__(
        self,
        world: World,
        number: int,
        steps: list[StepLog],
        secrets: Secrets = NO_SECRETS,
        *,
        resumed: bool = False,
    ) -> None:
        self.steps = steps
        self.logged = [*steps]
        self.resumed = resumed
        self._world = world
        self._number = number
        self._hidden = secrets
        self._written = len(steps)

    def write(self) -> None:
        """Write the rows that are not yet written, and the events that the run has emitted; the
        commit is the caller's.
        """
        rows = [mask_sent(step) for step in self.steps[self._written :]]
        if self._hidden:
            rows = [mask_step(step, self._hidden) for step in rows]
        self._world.store.runs.add_steps(self._number, rows)
        self.logged += rows
        self._written = len(self.steps)
        accept_emissions(self._world)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Commit all that was done while a step is off the machine, so that no lock is held."""
        self.write()
        self._world.store.runs.checkpoint(self._number, self._world.owner)
        self._world.store.commit()
        try:
            yield
        finally:
            self._world.store.begin()
