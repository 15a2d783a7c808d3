"""The log of one run while it is under way.

Rows are kept in memory and written in the commit that keeps the effects they tell of, so that
neither ever stands without the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kobjctl.engine.intake import accept_emissions
from kobjctl.expressions.secrets import mask_sent, mask_step
from kobjctl.model.errors import KobjctlError
from kobjctl.model.run import StepLog
from kobjctl.model.secrets import NO_SECRETS, Secrets
from kobjctl.records.context import RunContext
from kobjctl.records.interruption import StopSignal
from kobjctl.store.private_values import ClearValue

BROKEN_OFF: Final = "interrupted while it ran: it may have taken effect"


class BrokenOffError(KobjctlError):
    """A step that was interrupted while it was off the machine."""


class Journal:
    """The step log of the run with this number; `steps` are those already committed, `logged`
    the rows as the log has them.

    `resumed` tells that an earlier process committed them while the next step was under way.
    The rows as they are written show no `secrets` and no secret headers, those in memory are as
    the run goes on with. `is_broken` tells that the step under way was broken off while it was off
    the machine.
    """

    def __init__(
        self,
        context: RunContext,
        number: int,
        steps: list[StepLog],
        secrets: Secrets = NO_SECRETS,
        *,
        resumed: bool = False,
    ) -> None:
        self.steps = steps
        self.logged = [*steps]
        self.resumed = resumed
        self.is_broken = False
        self._context = context
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
        self._context.org.store.step_log.add(self._number, rows)
        self.logged += rows
        self._written = len(self.steps)
        accept_emissions(self._context)

    def restore(self, clear: ClearValue) -> None:
        """Take the steps that are committed as they were, and not as the log shows them."""
        for text in clear.secrets:
            self._hidden.learn(text)
        self.steps = [
            step._replace(output=known[0], error=known[1])
            if (known := clear.value.get(str(step.sequence)))
            else step
            for step in self.steps
        ]

    def _keep_clear(self) -> None:
        """Keep what the log shows no more, for whoever has to go on with the run."""
        clear = {
            str(step.sequence): [step.output, step.error]
            for step, logged in zip(self.steps, self.logged, strict=True)
            if (step.output, step.error) != (logged.output, logged.error)
        }
        if clear:
            values = self._context.org.store.private_values
            values.keep("run", self._number, ClearValue(clear, self._hidden.learnt))

    def leave(self) -> None:
        """Write all that was done, for others to go on there; the commit is the caller's."""
        self.write()
        self._keep_clear()
        self._context.org.store.runs.checkpoint(self._number, self._context.org.owner)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Commit all that was done while a step is off the machine, so that no lock is held.

        Raises StopSignal when somebody asked to stop before it left, BrokenOffError afterwards.
        """
        self._context.interruption.check()
        self.leave()
        self._context.org.store.commit()
        try:
            with self._context.interruption.breaking():
                yield
        except StopSignal:
            raise
        except KeyboardInterrupt as error:
            self.is_broken = True
            self._context.interruption.ask()
            raise BrokenOffError(BROKEN_OFF) from error
        finally:
            self._context.org.store.begin()
