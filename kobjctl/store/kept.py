"""What every run of a transaction asks of the org, asked once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

_Read = TypeVar("_Read")


class TransactionCache:
    """What was read in the transaction under way: as long as it is open, no one else can change
    it. Whoever writes such things in it calls `forget`.
    """

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}
        self._is_open = False

    def open(self) -> None:
        """Keep what is read from now on."""
        self._is_open = True

    def close(self) -> None:
        """Keep nothing any more."""
        self._is_open = False
        self._values.clear()

    def forget(self) -> None:
        """Read everything anew."""
        self._values.clear()

    def look(self, key: Hashable) -> Any:
        """Return what is kept under a key; None when there is nothing."""
        return self._values.get(key)

    def get(self, key: Hashable, read: Callable[[], _Read]) -> _Read:
        """Return what was read under a key, else read it."""
        if key in self._values:
            found: _Read = self._values[key]
            return found
        value = read()
        if self._is_open:
            self._values[key] = value
        return value
