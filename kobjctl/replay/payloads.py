"""The payloads in files and folders, one after the other and never all at once."""

import gzip
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, NamedTuple, cast

from kobjctl.app.runs.payload import NDJSON
from kobjctl.files.payloads.broken_lines import whole_lists
from kobjctl.files.payloads.payload import PayloadError, check_size, read_payload
from kobjctl.files.payloads.stream import Piece, split
from kobjctl.files.source import NOTE, STDIN, cannot_read, check_there, is_folder, opened, walk
from kobjctl.model.errors import UsageError
from kobjctl.model.values import Json

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


_MAIL: Final = ".eml"
_IN_FOLDERS: Final = (".json", *NDJSON, _MAIL)
_GZIP: Final = b"\x1f\x8b"


class RawPayload(NamedTuple):
    """A payload as it stands in a file, not read yet.

    `source` is the file as it was named (`-`: standard input), `number` that of the line or of
    the element in it, from 1, and 0 for a whole file.
    """

    source: str
    piece: Piece

    @property
    def number(self) -> int:
        """Return the number of its line or element; 0 for a whole file."""
        return self.piece.number

    @property
    def raw(self) -> bytes:
        """Return its bytes; where they are too many, only the first of them."""
        return self.piece.raw

    @property
    def place(self) -> str:
        """Describe where it is: `orders.ndjson:7`, `orders.json[7]`, `order.json`."""
        piece, source = self.piece, _shown(self.source)
        if not piece.number:
            return source
        return f"{source}[{piece.number}]" if piece.is_element else f"{source}:{piece.number}"

    def check(self) -> bytes:
        """Return its bytes; raises PayloadError for what is too large or no payload at all."""
        piece = self.piece
        if piece.fault:
            raise PayloadError(piece.fault, name=self.place)
        if piece.size > len(piece.raw):
            check_size(piece.size, self.place)
        return piece.raw

    def read(self) -> Json:
        """Return its data; raises PayloadError for what a hook doesn't take."""
        return read_payload(self.check(), self.place)

    def reason(self, error: PayloadError) -> str:
        """Describe what an error says of this payload, without the place that it is at."""
        # A script of a mail has a name of its own.
        fact = error.fact if error.name in {"", self.place} else f"{error.name}: {error.fact}"
        if not error.line:
            return fact
        on_line = "" if self.number and not self.piece.is_element else f"line {error.line}, "
        return f"{fact} ({on_line}column {error.column})"


class Payloads:
    """The payloads in files and folders, in order; - is standard input.

    Lines of JSON, arrays, one payload in a file, mails, and each of these packed with gzip.
    `size` counts the bytes of the files, None where that is not known, as there are `pipes` among
    them, and `bytes_read` those that were read. Raises UsageError for a file that can't be read.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.size: int | None = 0
        self.files = 0
        self.pipes: dict[str, Pipe] = {}
        for name in self.all_files():
            self.files += 1
            size = None if name == STDIN else _size(name)
            if size is None:
                self.pipes[name] = Pipe(name)
            self.size = None if size is None or self.size is None else self.size + size
        if not self.files:
            raise UsageError(
                f"there are no payloads in {', '.join(self.names)}",
                hint=f"in folders, files may end in {', '.join(_IN_FOLDERS)}, also with .gz",
            )
        self._read = 0
        self._open: BinaryIO | None = None

    @property
    def bytes_read(self) -> int:
        """Return how many bytes of the files were read so far."""
        at_hand = self._open
        return self._read + (at_hand.tell() if at_hand and at_hand.seekable() else 0)

    def __iter__(self) -> Iterator[RawPayload]:
        """Yield the payloads, those of folders in the order of their names."""
        self._read = 0
        for name in self.all_files():
            pipe = self.pipes.get(name)
            with pipe.opened() if pipe else opened(name) as file:
                self._open = file
                yield from _payloads(name, file)
                self._read = self.bytes_read
                self._open = None

    def all_files(self) -> Iterator[str]:
        """Yield the names of the files, those in folders too."""
        for name in self.names:
            if name != STDIN and is_folder(name):
                yield from _in_folder(name)
            else:
                yield name


def is_among(path: str, names: Sequence[str]) -> bool:
    """Return whether a file is one of those that names stand for, or would be once it is there."""
    real = os.path.realpath(path)
    for name in names:
        known = os.path.realpath(name)
        inside = real.startswith(f"{known}{os.sep}") and _plain_name(real).endswith(_IN_FOLDERS)
        if name != STDIN and (real == known or inside):
            return True
    return False


def shown_name(name: str) -> str:
    """Return the name of a file as it can be written: bytes that are no UTF-8 as `\\xff`."""
    # Asked of every payload.
    if name.isascii():
        return name
    return os.fsencode(name).decode(errors="backslashreplace")


def _shown(name: str) -> str:
    return "standard input" if name == STDIN else shown_name(name)


def _in_folder(folder: str) -> Iterator[str]:
    """Yield the files of a folder that may hold payloads, in the order of their names."""
    for parent, folders, names in walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            if _plain_name(name).endswith(_IN_FOLDERS) and not name.startswith("."):
                yield os.path.join(parent, name)  # noqa: PTH118 - a Path for each of many files


def _plain_name(name: str) -> str:
    return name.lower().removesuffix(".gz")


def _size(name: str) -> int | None:
    """Return the size of a file; None for what has none, as a pipe."""
    found = check_there(name)
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _payloads(name: str, file: BinaryIO) -> Iterator[RawPayload]:
    plain = _plain_name(name)
    number = 0
    try:
        pieces = split(
            _unpacked(file), lines=plain.endswith(NDJSON), document=plain.endswith(_MAIL)
        )
        for piece in whole_lists(pieces, lambda fault: NOTE.get()(f"{_shown(name)}: {fault}")):
            number = piece.number
            yield RawPayload(name, piece)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        fault = f"the gzip is damaged here: {error}"
        yield RawPayload(name, Piece(number + 1, b"", 0, fault))
    except OSError as error:
        raise cannot_read(name, error) from error


def _unpacked(file: BinaryIO) -> BinaryIO:
    """Return a stream of what is in a file, packed or not."""
    is_packed = cast("io.BufferedReader", file).peek(len(_GZIP)).startswith(_GZIP)
    return cast("BinaryIO", gzip.GzipFile(fileobj=file) if is_packed else file)
