"""Read and write a file, or say why not."""

import os
from pathlib import Path
from typing import Final

from kobjctl.model.errors import UsageError

_CHECK: Final = "check the path"
_REASONS: Final = (
    (FileNotFoundError, "no such file", "check the path; it counts from this folder"),
    (IsADirectoryError, "it is a folder", "name a file in it"),
    (PermissionError, "permission denied", "check who may read it"),
)


def read_bytes(path: Path, most: int) -> bytes:
    """Read up to `most` bytes of a file; raises UsageError for one that can't be opened."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise cannot_read(str(path), error) from error


def from_here(path: Path | str) -> str:
    """Name a file from this folder on if it is below it, else as it is."""
    below = os.path.relpath(path)
    return str(path) if below.startswith(os.pardir) else below


def write_text(path: Path, text: str, hint: str = _CHECK) -> None:
    """Write a file anew, as UTF-8; raises UsageError where that can't be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise cannot_write(path, error, hint) from error


def cannot_write(path: Path, error: OSError, hint: str = _CHECK) -> UsageError:
    """Say why a file can't be written."""
    reason = error.strerror or str(error)
    return UsageError(f'can\'t write "{path}": {reason.lower()}', hint=hint)


def cannot_read(name: str, error: Exception) -> UsageError:
    """Say why a file can't be read."""
    for kind, reason, hint in _REASONS:
        if isinstance(error, kind):
            return UsageError(f'can\'t read "{name}": {reason}', hint=hint)
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(f'can\'t read "{name}": {reason.lower()}', hint=_CHECK)
