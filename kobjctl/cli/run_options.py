"""What was asked for of runs, by the options of the commands that carry them out."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kobjctl.model.run import Limits


class RunOptions:
    """What was asked for of runs: the time they see, the seed of ids and chance, limits, and what
    they may reach on the web.
    """

    def __init__(self) -> None:
        self.now = ""
        self.seed: int | None = None
        self.time_limit = 300
        self.step_limit = 1000
        self.chain_limit = 50
        self.stop_before = ""
        self.allow_host: tuple[str, ...] = ()
        self.stubs: tuple[str, ...] = ()
        self.record = ""
        self.force = False

    @property
    def limits(self) -> "Limits":
        """Return the limits as the engine knows them."""
        from kobjctl.model.run import Limits

        return Limits(self.step_limit, self.time_limit, self.chain_limit, self.stop_before)
