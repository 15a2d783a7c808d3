"""Choose which scenarios run: by name, and those that failed the last time.

What failed is kept in a file of the folder that kobjctl runs in, which git is told to leave out.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kobjctl.model.scenario import ScenarioResult
from kobjctl.testing.scenarios.reading import ScenarioFile
from kobjctl.testing.scenarios.running_all import Task

CACHE: Final = ".kobjctl_cache"
_LAST_FAILED: Final = "last-failed.json"


def tasks_of(files: Iterable[ScenarioFile], named: str = "") -> list[Task]:
    """Return the scenarios of files whose name, or that of the file, has a text in it."""
    wanted = named.casefold()
    return [
        Task(file, scenario)
        for file in files
        for scenario in file.scenarios
        if wanted in f"{file.path}: {scenario.name}".casefold()
    ]


class LastFailed:
    """The scenarios that failed when they ran last, as kept below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / CACHE
        self._file = self._folder / _LAST_FAILED
        self._keys = _read(self._file)

    def among(self, tasks: Sequence[Task]) -> list[Task]:
        """Return those of some scenarios that failed."""
        return [task for task in tasks if _key(task.file.path, task.scenario.name) in self._keys]

    def learn(self, results: Iterable[ScenarioResult]) -> None:
        """Keep what failed now; what did not run stays as it was."""
        keys = set(self._keys)
        for result in results:
            key = _key(result.scenario.file, result.scenario.name)
            (keys.add if result.is_bad else keys.discard)(key)
        if keys == self._keys:
            return
        self._keys = keys
        # Who may not write here does without.
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            self._file.write_text(json.dumps(sorted(keys), indent=1) + "\n", encoding="utf-8")


def _key(file: str, name: str) -> tuple[str, str]:
    return (str(Path(file).resolve()), name)


def _read(file: Path) -> set[tuple[str, str]]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {(str(path), str(name)) for path, name in kept}
    except (OSError, ValueError, TypeError):
        return set()
