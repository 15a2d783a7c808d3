"""Find the files that are meant, and read each one as what it is."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from kobjctl.files.document import Document
from kobjctl.files.limits import FILE_LIMIT
from kobjctl.files.places import START, decoded, unreadable
from kobjctl.files.source import check_there, is_folder, read_bytes, walk
from kobjctl.model.errors import UsageError

_JSON: Final = (".json",)
_YAML: Final = (".yaml", ".yml")
_SCENARIOS: Final = tuple(f".test{suffix}" for suffix in (*_YAML, *_JSON))
_BEGINS_JSON: Final = re.compile(r"\ufeff?\s*[{\[]")


def read_document(path: Path | str) -> Document:
    """Read one YAML or JSON file.

    The suffix tells which of the two; with another suffix, a text that begins with `{` or `[`
    is JSON. Raises UsageError for a file that can't be opened, and FileProblemsError for one
    that is too large, not UTF-8 or broken.
    """
    return document_of(read_bytes(path, FILE_LIMIT + 1), str(path))


def document_of(raw: bytes, name: str) -> Document:
    """Read the content of a file, as `read_document` does; `name` is what problems call it."""
    text = _text(raw, name)
    return _read(text, name, is_json=_is_json(name, text))


def read_content(raw: bytes, name: str) -> Document:
    """Read what is the content of a file, or will be: JSON when `name` ends in `.json`, else
    YAML. Raises FileProblemsError as `read_document` does.
    """
    return _read(_text(raw, name), name, is_json=name.lower().endswith(_JSON))


def _read(text: str, name: str, *, is_json: bool) -> Document:
    # Each does without what the other needs.
    if is_json:
        from kobjctl.files.json.reader import read_json  # noqa: PLC0415

        return read_json(text, name)
    from kobjctl.files.yaml.reader import read_yaml  # noqa: PLC0415

    return read_yaml(text, name)


def workflow_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that `paths` mean: a file is itself, a folder all YAML and JSON below it but
    scenarios.

    Those of a folder come sorted by name, without hidden ones; no file comes twice. Raises
    UsageError for a path that isn't there or can't be read, and for a folder without such files.
    """
    return _meant(
        paths,
        lambda name: name.endswith((*_JSON, *_YAML)) and not is_scenario_file(name),
        ("workflow files", "they end in .yaml, .yml or .json"),
    )


def scenario_files(paths: Iterable[Path | str]) -> list[Path]:
    """Return the scenario files that `paths` mean, as `workflow_files` does: of a folder, those
    called `*.test.yaml`, `*.test.yml` or `*.test.json`.
    """
    return _meant(
        paths,
        is_scenario_file,
        (
            "scenario files",
            "they end in .test.yaml, .test.yml or .test.json; kobjctl test init writes some",
        ),
    )


def is_scenario_file(name: str) -> bool:
    """Return whether a file is one of scenarios by its name."""
    return name.lower().endswith(_SCENARIOS)


def _meant(
    paths: Iterable[Path | str], is_wanted: Callable[[str], bool], words: tuple[str, str]
) -> list[Path]:
    files: dict[str, Path] = {}
    noun, hint = words
    for path in map(Path, paths):
        check_there(path)
        found = sorted(_files_below(path, is_wanted)) if is_folder(path) else [path]
        if not found:
            raise UsageError(f'"{path}" has no {noun}', hint=hint)
        for file in found:
            # Links that lead in a circle are told of by whoever reads them; `resolve` raises.
            files.setdefault(os.path.realpath(file), file)
    return list(files.values())


def _text(raw: bytes, name: str) -> str:
    if len(raw) > FILE_LIMIT:
        message = f"the file is larger than {FILE_LIMIT // 1024 // 1024} MB"
        raise unreadable(name, START, message, "split it into several files")
    if not raw.strip():
        raise unreadable(name, START, "the file is empty")
    return decoded(raw, name)


def _is_json(name: str, text: str) -> bool:
    suffix = Path(name).suffix.lower()
    if suffix in _JSON or suffix in _YAML:
        return suffix in _JSON
    return _BEGINS_JSON.match(text) is not None


def _files_below(folder: Path, is_wanted: Callable[[str], bool]) -> Iterator[Path]:
    for parent, folders, names in walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and is_wanted(name.lower()):
                yield Path(parent, name)
