"""How the results of scenarios are printed: for people, or in the format of another program."""

import sys
from collections.abc import Iterator, Sequence

from kobjctl.cli.scenario_options import ResultFormat
from kobjctl.cli.session import Session
from kobjctl.cli.views import scenarios as views_test
from kobjctl.model.coverage import WorkflowCoverage
from kobjctl.model.scenario import ScenarioResult


def show_results(  # noqa: PLR0913 - what is told of results
    session: Session,
    shape: ResultFormat,
    results: Sequence[ScenarioResult],
    milliseconds: float,
    covered: Sequence[WorkflowCoverage] | None,
    *,
    verbose: bool,
) -> None:
    """Print results on stdout, if `verbose` a line for each scenario; what another program reads
    comes alone, the sum on stderr.
    """
    if shape is ResultFormat.JSON:
        told = views_test.results_json(results, milliseconds)
        if covered is not None:
            from kobjctl.testing.coverage.formats import coverage_json

            told["coverage"] = coverage_json(covered)
        session.print_json(told)
        return
    if shape is not ResultFormat.TEXT:
        sys.stdout.writelines(_lines(shape, results))
        sys.stdout.flush()
        session.say(views_test.summary(results, milliseconds))
        return
    session.print(views_test.file_lines(results, lists=verbose))
    session.print(views_test.failures(results))
    session.print([views_test.summary(results, milliseconds)])


def _lines(shape: ResultFormat, results: Sequence[ScenarioResult]) -> Iterator[str]:
    """Yield what another program reads."""
    if shape is ResultFormat.GITHUB:
        from kobjctl.testing.scenarios.formats import github_commands

        yield from (f"{command}\n" for command in github_commands(results))
    else:
        from kobjctl.cli.output.plain import render_text
        from kobjctl.testing.scenarios.formats import junit

        yield junit(results, lambda result: render_text(views_test.failure(result)))
