"""Outputs: files that are written whole or not at all, and never over what is no earlier output.

Each kind of output has a mark at its beginning, by which it is known again. What is no file, as a
pipe or /dev/stdout, is written as it comes.
"""

import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from kobjctl.model.errors import UsageError

# So much of a file is looked at for the mark.
_BEGINNING: Final = 1024
_DESCRIPTOR: Final = re.compile(r"/dev/(?:fd/(\d+)|stdout|stderr)|/proc/self/fd/(\d+)")


class OutputKind(NamedTuple):
    """A kind of files that kobjctl writes: what people call it, and what it begins with. What is
    meant to be changed by people has no mark, and is never replaced unasked.
    """

    noun: str
    mark: re.Pattern[bytes] | None = None

    def is_begun_by(self, raw: bytes) -> bool:
        """Return whether a file that begins so is one of these; so is an empty one."""
        return not raw or bool(self.mark and self.mark.match(raw))


class Output(NamedTuple):
    """A file that is to be written. `option` is the one that names it, and `force` lets it be
    written over anything, and where a link leads.
    """

    path: Path
    kind: OutputKind
    option: str
    force: bool = False

    @property
    def hint(self) -> str:
        """Describe what helps where it can't be written."""
        return f"name another file with {self.option}"

    def check(self) -> None:
        """Raise UsageError when it can't be written there, or something else is there."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - a Path says no more
        except FileNotFoundError:
            self._check_folder()
        except (OSError, ValueError) as error:
            raise cannot_write(self.path, error, self.hint) from error
        else:
            self._check_present(found.st_mode)

    def write(self, text: str) -> None:
        """Write it; raises UsageError as `check` does, and where the disk is full."""
        self.check()
        raw = text.encode(errors="backslashreplace")
        try:
            if is_stream(self.path):
                with stream(self.path) as file:
                    write_all(file, raw)
            else:
                replace(Path(os.path.realpath(self.path)) if self.force else self.path, raw)
        except OSError as error:
            raise cannot_write(self.path, error, self.hint) from error

    def _check_folder(self) -> None:
        """Check the place of a file that isn't there."""
        folder = Path(os.path.realpath(self.path)).parent
        if self.path.is_symlink():
            self._check_link()
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            fact = f'"{self.path.parent}" does not exist or can\'t be written'
            raise UsageError(f'can\'t write "{self.path}": {fact}', hint=self.hint)

    def _check_present(self, mode: int) -> None:
        if stat.S_ISDIR(mode):
            raise UsageError(f'can\'t write "{self.path}": it is a folder', hint=self.hint)
        if is_stream(self.path):
            return
        if self.path.is_symlink():
            self._check_link()
        if not os.access(self.path, os.W_OK):
            raise cannot_write(self.path, OSError(0, "permission denied"), self.hint)
        if not self.force and not self.kind.is_begun_by(_beginning(self.path)):
            is_none = f", and is not a {self.kind.noun} of kobjctl" if self.kind.mark else ""
            raise UsageError(f'"{self.path}" already exists{is_none}', hint=self._forced)

    def _check_link(self) -> None:
        if not self.force:
            leads = os.path.realpath(self.path)
            raise UsageError(f'"{self.path}" is a link to "{leads}"', hint=self._forced)

    @property
    def _forced(self) -> str:
        return f"{self.hint}, or overwrite it with --force"


def is_stream(path: Path) -> bool:
    """Return whether what is written to a path goes elsewhere than into a file of that name."""
    if _DESCRIPTOR.fullmatch(str(path)):
        return True
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a Path says no more
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


@contextmanager
def stream(path: Path) -> Iterator[BinaryIO]:
    """Open a pipe or a device; what stands open already, as /dev/stdout, is gone on with."""
    found = _DESCRIPTOR.fullmatch(str(path))
    if not found:
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123 - Path's is typed less well
            yield file
        return
    number = found[1] or found[2] or ("2" if path.name == "stderr" else "1")
    sys.stdout.flush()
    with open(os.dup(int(number)), "wb", buffering=0) as file:  # noqa: PTH123 - it has no path
        yield file


def replace(path: Path, raw: bytes) -> None:
    """Write a file beside another, and put it in its place, be that a link. Raises OSError, and
    leaves what was there.
    """
    part = path.with_name(f".kobjctl-{os.getpid()}.part")
    try:
        with open(part, "xb", buffering=0) as file:  # noqa: PTH123 - Path's is typed less well
            with suppress(FileNotFoundError):
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            write_all(file, raw)
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def write_all(file: BinaryIO, raw: bytes) -> None:
    """Write all of something to an unbuffered file, which may take it in parts."""
    left = memoryview(raw)
    while left:
        left = left[file.write(left) :]


def cannot_write(path: Path, error: Exception, hint: str = "check the path") -> UsageError:
    """Describe why a file can't be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(f'can\'t write "{path}": {reason.lower()}', hint=hint)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except OSError as error:
        raise cannot_write(path, error) from error
