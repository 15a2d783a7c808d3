"""A scenario file as a collector of pytest, and its scenarios as items."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from kobjctl.cli.output.plain import render_text
from kobjctl.files.source import from_here
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError
from kobjctl.model.scenario import Scenario, ScenarioResult
from kobjctl.testing.scenarios.checking import collect
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.reading import ScenarioFile
from kobjctl.testing.scenarios.running import run

# The orgs that scenarios start from are made once for all files.
_ORGS = pytest.StashKey[StartOrgs]()


class ScenarioFailedError(Exception):
    """A scenario that failed, or could not be run."""

    def __init__(self, result: ScenarioResult) -> None:
        super().__init__(result.scenario.place)
        self.result = result


class ScenarioModule(pytest.File):
    """A file of scenarios."""

    def collect(self) -> Iterator["ScenarioItem"]:
        """Yield the scenarios; raises FileProblemsError with all that is wrong with the file."""
        orgs = self.config.stash.setdefault(_ORGS, StartOrgs())
        found = collect([from_here(self.path)], orgs)
        found.refuse_problems()
        for file in found.files:
            for scenario in file.scenarios:
                yield ScenarioItem.from_parent(
                    self, name=scenario.name, file=file, scenario=scenario, orgs=orgs
                )

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ARG002 - nodes have it, collectors do without
    ) -> Any:
        """Tell of faults of the file without a traceback."""
        error = excinfo.value
        if isinstance(error, FileProblemsError):
            from kobjctl.cli.views.problem import problem_lines

            return render_text(problem_lines(error.problems))
        if isinstance(error, KobjctlError):
            return f"{error.message}\n{error.hint}"
        return super().repr_failure(excinfo)


class ScenarioItem(pytest.Item):
    """A scenario."""

    def __init__(
        self, *, file: ScenarioFile, scenario: Scenario, orgs: StartOrgs, **more: Any
    ) -> None:
        super().__init__(**more)
        self._file = file
        self._scenario = scenario
        self._orgs = orgs
        if scenario.skip:
            self.add_marker(pytest.mark.skip(reason=scenario.skip))

    def runtest(self) -> None:
        """Run it; raises ScenarioFailedError."""
        result = run(self._file, self._scenario, self._orgs)
        if result.is_bad:
            raise ScenarioFailedError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell of a failure as `kobjctl test` does."""
        if isinstance(excinfo.value, ScenarioFailedError):
            from kobjctl.cli.views.scenarios import failure

            return render_text(failure(excinfo.value.result))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str], int, str]:
        """Return the place of the scenario; lines count from 0 here."""
        return self.path, self._scenario.span.line - 1, self.name
