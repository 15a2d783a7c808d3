"""How far runs may go."""

from typing import Final, NamedTuple

STEP_LIMIT: Final = 1000
TIME_LIMIT: Final = 300.0
CHAIN_LIMIT: Final = 50


class Limits(NamedTuple):
    """How far a run may go: steps, and seconds (the platform's five minutes, 1.6); and how many
    runs may set each other off one after the other.
    """

    steps: int = STEP_LIMIT
    seconds: float = TIME_LIMIT
    chain: int = CHAIN_LIMIT


LIMITS: Final = Limits()
