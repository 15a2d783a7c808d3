"""Run a scenario in an org of its own, and tell what became of it."""

from collections.abc import Callable
from typing import TypeAlias

from kobjctl.model.clock import stopwatch
from kobjctl.model.errors import KobjctlError
from kobjctl.model.problem import FileProblemsError, Problem, Span
from kobjctl.model.scenario import Mismatch, Scenario, ScenarioOutcome, ScenarioResult
from kobjctl.model.values import MISSING, JsonPath, path_text
from kobjctl.testing.scenarios.checking import SECTIONS
from kobjctl.testing.scenarios.effects import ScenarioEffects
from kobjctl.testing.scenarios.expecting import Failure, failures
from kobjctl.testing.scenarios.given import bring
from kobjctl.testing.scenarios.orgs import StartOrgs
from kobjctl.testing.scenarios.reading import ScenarioFile
from kobjctl.testing.scenarios.sending import play
from kobjctl.testing.scenarios.stage import PlacedError, Stage, open_stage

# Takes what happened before the org is gone.
Take: TypeAlias = Callable[[Stage, ScenarioEffects], None]


def run(
    file: ScenarioFile, scenario: Scenario, orgs: StartOrgs, take: Take | None = None
) -> ScenarioResult:
    """Run a scenario and compare; what can't be done is an error of the result.

    Where something will `take` what happened, the snapshot is not compared.
    """
    if scenario.skip:
        return ScenarioResult(scenario, "skipped")
    passed = stopwatch()
    try:
        result = _run(file, scenario, orgs, take)
    except PlacedError as error:
        is_own = error.document.data is scenario.body
        path = (*scenario.path, *error.path) if is_own else error.path
        result = _broken(scenario, path, error.document.span(error.path), error)
    except FileProblemsError as error:
        problem = error.problems[0]
        result = _broken(scenario, scenario.path, problem.span, problem)
    except KobjctlError as error:
        result = _broken(scenario, scenario.path, scenario.span, error)
    return result._replace(duration=passed())


def _run(
    file: ScenarioFile, scenario: Scenario, orgs: StartOrgs, take: Take | None
) -> ScenarioResult:
    stage = open_stage(file, scenario, orgs)
    try:
        bring(stage)
        effects = play(stage)
        if take:
            take(stage, effects)
        mismatches = tuple(
            _mismatch(file, scenario, failure)
            for section in (("expect",) if take else SECTIONS)
            for failure in failures(scenario.body.get(section) or {}, (section,), effects)
        )
    finally:
        stage.engine.org.store.close()
    outcome: ScenarioOutcome = "failed" if mismatches else "passed"
    return ScenarioResult(scenario, outcome, mismatches, effects.runs, effects.http)


def _mismatch(file: ScenarioFile, scenario: Scenario, failure: Failure) -> Mismatch:
    claim, miss = failure.claim, failure.miss
    path: JsonPath = (*claim.path, *miss.path)
    key = str(claim.path[-1])
    name = ".".join(filter(None, (path_text(claim.path[1:-1]), key, path_text(miss.path))))
    default = f"`{name}` is missing" if miss.actual is MISSING else f"`{name}` is not as expected"
    return Mismatch(
        expectation=name,
        path=(*scenario.path, *path),
        span=file.span(scenario, path),
        expected=miss.expected,
        actual=miss.actual,
        message=miss.message or default,
        hint=miss.hint,
        run=failure.run,
        steps=miss.steps,
        names_expectation=not miss.message,
    )


def _broken(
    scenario: Scenario, path: JsonPath, span: Span, error: KobjctlError | Problem
) -> ScenarioResult:
    """Return the result of a scenario that can't be run: what stands at a path is at fault."""
    mismatch = Mismatch(
        expectation="",
        path=path,
        span=span,
        expected=MISSING,
        actual=MISSING,
        message=error.message,
        hint=error.hint,
    )
    return ScenarioResult(scenario, "error", (mismatch,))
