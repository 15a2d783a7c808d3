"""The files that the results of scenarios depend on."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from kobjctl.files.reader import scenario_files, workflow_files
from kobjctl.model.errors import KobjctlError, UsageError
from kobjctl.model.values import Json
from kobjctl.testing.scenarios.reading import ScenarioFile, given_parts, read_file
from kobjctl.testing.scenarios.sending import entries


def watched(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield scenario files, and what those that can be read name: definitions, stubs, payloads."""
    for path in paths:
        with suppress(UsageError):
            for each in scenario_files([path]):
                yield each
                with suppress(KobjctlError):
                    yield from _named(read_file(each))


def _named(file: ScenarioFile) -> Iterator[Path]:
    for scenario, own in zip(file.scenarios, file.own, strict=True):
        for path in file.definitions_of(scenario):
            with suppress(UsageError):
                yield from workflow_files([path])
        for document in (file.document, own):
            yield from (file.near(name) for name in _texts(given_parts(document).get("stubs")))
        for _, entry in entries(scenario.body["send"]):
            if "file" in entry:
                yield file.near(entry["file"])


def _texts(value: Json) -> list[str]:
    return [
        each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)
    ]
