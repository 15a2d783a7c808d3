"""Inputs: what is at a path, and what it holds. What can't be read says why in one place."""

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, BinaryIO, Final

from kobjctl.model.errors import UsageError

STDIN: Final = "-"
# Who hears that an input is read which may keep one waiting: the command line shows it.
NOTE: ContextVar[Callable[[str], None]] = ContextVar("note", default=lambda _: None)
_BUFFER: Final = 128 * 1024
_REASONS: Final = (
    (FileNotFoundError, "no such file", "check the path: it starts from this folder"),
    (IsADirectoryError, "it is a folder", "name a file in it"),
    (NotADirectoryError, "a part of its path is a file", "check the path"),
    (PermissionError, "permission denied", "check the permissions of the file"),
)


def look(path: Path | str) -> os.stat_result | None:
    """Look at what is at a path; None where nothing is. Raises UsageError for a path that can't be
    looked at: too long, in a folder that is closed to us, links in a circle.
    """
    try:
        return os.stat(path)  # noqa: PTH116 - a Path for each of many files
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise cannot_read(path, error) from error


def is_folder(path: Path | str) -> bool:
    """Return whether a folder is at a path; raises UsageError as `look` does."""
    found = look(path)
    return found is not None and stat.S_ISDIR(found.st_mode)


def check_there(path: Path | str) -> os.stat_result:
    """Look at what is at a path; raises UsageError when nothing is, too."""
    found = look(path)
    if found is None:
        raise cannot_read(path, FileNotFoundError())
    return found


def walk(folder: Path | str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Walk through a folder as `os.walk` does; raises UsageError for one that can't be read."""

    def refuse(error: OSError) -> None:
        raise cannot_read(error.filename, error) from error

    return os.walk(folder, onerror=refuse)


@contextmanager
def opened(path: Path | str) -> Iterator[BinaryIO]:
    """Open a file, or anything else that ends, as a pipe; `-` is standard input, which stays open.

    Raises UsageError for what can't be opened, and for a device that never ends.
    """
    if path == STDIN:
        with _standard_input() as stream:
            yield stream
        return
    found = check_there(path)
    if not stat.S_ISREG(found.st_mode):
        _check_stream(path, found)
    try:
        file = open(path, "rb", buffering=_BUFFER)  # noqa: SIM115, PTH123 - of many files
    except OSError as error:
        raise cannot_read(path, error) from error
    with file:
        yield file


def read_bytes(path: Path | str, most: int) -> bytes:
    """Read up to `most` bytes of a file or of standard input; raises UsageError as `opened` does,
    and where reading fails.
    """
    with opened(path) as file:
        try:
            return file.read(most)
        except OSError as error:
            raise cannot_read(path, error) from error


def from_here(path: Path | str) -> str:
    """Name a file from this folder on if it is below it, else as it is."""
    below = os.path.relpath(path)
    return str(path) if below.startswith(os.pardir) else below


def cannot_read(path: Path | str, error: Exception) -> UsageError:
    """Describe why a file can't be read."""
    name = "standard input" if path == STDIN else f'"{path}"'
    for kind, reason, hint in _REASONS:
        if isinstance(error, kind):
            return UsageError(f"can't read {name}: {reason}", hint=hint)
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(f"can't read {name}: {reason.lower()}", hint="check the path")


@contextmanager
def _standard_input() -> Iterator[BinaryIO]:
    stdin: Any = sys.stdin.buffer
    # A pipe or a file is the usual thing here, and what stands in for it has no number.
    with suppress(OSError, ValueError):
        found = os.fstat(stdin.fileno())
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISFIFO(found.st_mode)):
            _check_stream(STDIN, found)
    reader = io.BufferedReader(getattr(stdin, "raw", stdin), _BUFFER)
    try:
        yield reader
    finally:
        reader.detach()


def _check_stream(path: Path | str, found: os.stat_result) -> None:
    """Say that something is read that is no file; raises UsageError where that can't be."""
    mode = found.st_mode
    if stat.S_ISDIR(mode):
        raise cannot_read(path, IsADirectoryError())
    if found.st_rdev and found.st_rdev == os.stat(os.devnull).st_rdev:  # noqa: PTH116 - see above
        return
    # A terminal ends, with Ctrl-D.
    if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not _is_terminal(path)):
        raise cannot_read(path, OSError(0, "it is a device, which never ends"))
    if path == STDIN:
        NOTE.get()("reading standard input; end it with Ctrl-D")
    else:
        kind = "a pipe" if stat.S_ISFIFO(mode) else "a terminal"
        NOTE.get()(f'reading "{path}", which is {kind}')


def _is_terminal(path: Path | str) -> bool:
    if path == STDIN:
        return sys.stdin.isatty()
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        raise cannot_read(path, error) from error
    try:
        return os.isatty(descriptor)
    finally:
        os.close(descriptor)
