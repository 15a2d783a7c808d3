"""Where an org is: its file, who may read that, and the room on its disk."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

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
            f'the database "{self._path}" was {event} while kobjctl used it',
            hint="nothing more was written; run the command again on the right org",
        )

    def _now(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - at each commit
        except OSError:
            return None
        return found.st_dev, found.st_ino


_OWNER_ALONE: Final = 0o600


def make_private(path: str | Path) -> bool:
    """Make an empty file that only its owner may read, unless there is one already; tells whether
    it did.

    Where that can't be, whoever opens it says why.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE))
        return True
    return False


_FULL: Final = 1_000_000


def disk_of(path: str | Path) -> str:
    """Name the disk of a file that is there or will be: the folder where it is mounted."""
    folder = Path(path).resolve().parent
    while not folder.exists():
        folder = folder.parent
    while not os.path.ismount(folder):
        folder = folder.parent
    return str(folder)


def room_at(disk: str) -> int:
    """Return how many bytes a disk has room for."""
    import shutil  # noqa: PLC0415 - few commands need it

    return shutil.disk_usage(disk).free


def need_room(path: str | Path, size: int, purpose: str) -> None:
    """Raise StoreError where the disk of a file has no room for so many bytes more."""
    disk = disk_of(path)
    room = room_at(disk)
    if room < size:
        raise StoreError(
            f"{purpose} needs {megabytes(size)} on the disk {disk}, which has {megabytes(room)}",
            hint="free some space there; nothing was changed",
        )


def megabytes(size: int) -> str:
    """Say a number of bytes as people do."""
    return f"{size / 1e6:,.1f} MB"


def full_disk(path: str | Path) -> str:
    """Name the disk that is full: that of a database, unless it is that of temporary files."""
    from tempfile import gettempdir  # noqa: PLC0415 - few errors need it

    disk, other = disk_of(path), disk_of(Path(gettempdir()) / "any")
    return other if room_at(other) < _FULL <= room_at(disk) else disk


def read_only_disk(path: str | Path) -> str:
    """Name the disk of a file if nothing can be written there; empty where it can, or that can't
    be told.
    """
    if not hasattr(os, "statvfs") or not Path(path).absolute().parent.exists():
        return ""
    disk = disk_of(path)
    return disk if os.statvfs(disk).f_flag & os.ST_RDONLY else ""
