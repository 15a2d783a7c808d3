"""The file of what was no payload: a JSON object a line, with its place and the reason."""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from kobjctl.files.output import OutputKind, cannot_write, is_stream, stream, write_all
from kobjctl.files.payloads.payload import PayloadError
from kobjctl.model.errors import KobjctlError
from kobjctl.model.unseen import shown_json
from kobjctl.model.values import JsonObject
from kobjctl.replay.payloads import RawPayload, shown_name
from kobjctl.store.text import encode

REJECTS: Final = OutputKind(
    "file of rejects",
    re.compile(rb'\{"source":"(?:[^"\\]|\\.)*",(?:"(?:line|element)":\d+,)?"reason":"'),
)


class RejectFile:
    """A file that is made with the first reject; `size` is how much of it is there for good."""

    def __init__(self, path: Path, size: int = 0) -> None:
        self.path = path
        self.size = size
        self._file: BinaryIO | None = None
        self._waiting: list[bytes] = []

    def add(self, reject: JsonObject) -> None:
        """Take one; it is written, and there for good, with the next `keep`."""
        self._waiting.append(f"{shown_json(encode(reject))}\n".encode())

    def keep(self) -> int:
        """Make sure that all is there for good, and give the size of the file."""
        if self._waiting:
            try:
                self._write(b"".join(self._waiting))
            except OSError as error:
                raise cannot_write(self.path, error) from error
            self._waiting.clear()
        return self.size

    def _write(self, raw: bytes) -> None:
        if is_stream(self.path):
            with stream(self.path) as out:
                write_all(out, raw)
        else:
            if self._file is None:
                self._file = self._open()
            try:
                write_all(self._file, raw)
                os.fsync(self._file.fileno())
            except OSError:
                self._undo(self._file)
                raise
        self.size += len(raw)

    def _open(self) -> BinaryIO:
        """Open the file where it was left: what came after that belongs to no payload."""
        goes_on = bool(self.size) and self.path.exists()
        self.size = self.size if goes_on else 0
        file = self.path.open("r+b" if goes_on else "wb", buffering=0)
        file.truncate(self.size)
        file.seek(self.size)
        return file

    def _undo(self, file: BinaryIO) -> None:
        """Leave no half of a reject, as where the disk is full."""
        with suppress(OSError):
            file.truncate(self.size)
            file.seek(self.size)
            if not self.size:
                self.path.unlink()

    def close(self) -> None:
        """Close the file; what waits belongs to no commit."""
        self._waiting.clear()
        if self._file:
            self._file.close()
            self._file = None


def reject_of(payload: RawPayload, error: KobjctlError) -> JsonObject:
    """Return what is written of a payload that was rejected."""
    number = payload.number
    where = {"element" if payload.piece.is_element else "line": number} if number else {}
    return {
        "source": shown_name(payload.source),
        **where,
        "reason": reason_of(payload, error),
        "raw": payload.raw.decode(errors="backslashreplace"),
    }


def reason_of(payload: RawPayload, error: KobjctlError) -> str:
    """Describe why a payload was rejected."""
    return payload.reason(error) if isinstance(error, PayloadError) else error.message
