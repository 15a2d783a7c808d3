"""The file of an org that is open: whether it is still the one that was opened."""

import os
from pathlib import Path

from kobjctl.model.errors import StoreError


class FileIdentity:
    """The file at a path. SQLite writes on into one that was deleted or replaced, which is lost."""

    __slots__ = ("_file", "_path")

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._file = self._now()

    def check(self) -> None:
        """Raise StoreError when there is no file any more, or another."""
        if (found := self._now()) == self._file:
            return
        event = "replaced by another" if found else "deleted"
        raise StoreError(
            f'the database "{self._path}" was {event} while kobjctl was at work in it',
            hint="nothing more was written; run the command again in the org that is to have it",
        )

    def _now(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - at each commit
        except OSError:
            return None
        return found.st_dev, found.st_ino
