"""The lines that problems point at, as they stand in their files."""

from collections.abc import Mapping
from pathlib import Path

from kobjctl.files.limits import BYTE_ORDER_MARK, FILE_LIMIT
from kobjctl.files.places import text_lines


class SourceLines:
    """Gives lines of files; `texts` has those that are in no file, by the names they go by.

    Problems come file by file, so that only one file is kept at a time.
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        self._texts = texts or {}
        self._file: str | None = None
        self._lines: tuple[str, ...] = ()

    def line(self, file: str, number: int) -> str:
        """Return a line without its end, the first being 1; empty for one that can't be read."""
        if file != self._file:
            text = self._texts.get(file)
            self._file, self._lines = file, text_lines(_read(file) if text is None else text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


def _read(file: str) -> str:
    try:
        # What came through a pipe can't be read once more.
        if not Path(file).is_file():
            return ""
        with Path(file).open("rb") as stream:
            raw = stream.read(FILE_LIMIT)
    except (OSError, ValueError):
        return ""
    return raw.decode("utf-8", errors="replace").removeprefix(BYTE_ORDER_MARK)
