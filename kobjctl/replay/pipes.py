"""What can be read only once, as standard input: known by the digest of what came."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, cast

from kobjctl.files.source import opened

_AT_ONCE: Final = 128 * 1024


class Pipe:
    """A pipe; `digest` is that of all that came, once it was read, and empty before."""

    def __init__(self, name: str) -> None:
        self.digest = ""
        self._name = name
        self._kept: BinaryIO | None = None

    @contextmanager
    def read_ahead(self) -> Iterator[None]:
        """Read all of it now, and keep that on disk within the block."""
        with TemporaryFile() as kept:
            with self.opened() as file:
                while read := file.read(_AT_ONCE):
                    kept.write(read)
            self._kept = cast("BinaryIO", kept)
            yield

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it; when the block ends well, the rest is read as well."""
        if self._kept:
            self._kept.seek(0)
            yield self._kept
            return
        with opened(self._name) as file:
            source = _DigestingStream(file)
            reader = io.BufferedReader(source, _AT_ONCE)
            yield cast("BinaryIO", reader)
            while reader.read(_AT_ONCE):
                pass
        self.digest = source.digest.hexdigest()


class _DigestingStream(io.RawIOBase):
    """A stream, and the digest of what was read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, without waiting for more."""
        read = cast("io.BufferedReader", self._file).read1(len(buffer))
        self.digest.update(read)
        buffer[: len(read)] = read
        return len(read)
