"""The file of what was no payload: a JSON object a line, with its place and the reason."""

import os
from pathlib import Path
from typing import BinaryIO

from kobjctl.app.replay.payloads import RawPayload
from kobjctl.files.payload import PayloadError
from kobjctl.files.source import cannot_write
from kobjctl.model.errors import KobjctlError
from kobjctl.model.values import JsonObject
from kobjctl.store.text import encode


class Rejects:
    """A file that is made with the first reject; `size` is how much of it is there for good."""

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        self.size = size
        self._file: BinaryIO | None = None

    def add(self, reject: JsonObject) -> None:
        """Write one; it is there for good after the next `keep`."""
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(encode(reject).encode(errors="surrogatepass") + b"\n")
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def _open(self) -> BinaryIO:
        """Open the file where it was left: what came after that belongs to no payload."""
        file = self.path.open("r+b" if self.size and self.path.exists() else "wb")
        file.truncate(self.size)
        file.seek(0, os.SEEK_END)
        return file

    def keep(self) -> int:
        """Make sure that what was written is there for good, and give the size of the file."""
        if self._file:
            try:
                self._file.flush()
                os.fsync(self._file.fileno())
            except OSError as error:
                raise cannot_write(self.path, error) from error
            self.size = self._file.tell()
        return self.size

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
            self._file = None


def reject_of(given: RawPayload, error: KobjctlError) -> JsonObject:
    """Give what is written of a payload that was rejected."""
    number = given.number
    where = {"element" if given.piece.is_element else "line": number} if number else {}
    return {
        "source": given.shown_source,
        **where,
        "reason": reason_of(given, error),
        "raw": given.raw.decode(errors="backslashreplace"),
    }


def reason_of(given: RawPayload, error: KobjctlError) -> str:
    """Say why a payload was rejected."""
    return given.reason(error) if isinstance(error, PayloadError) else error.message
