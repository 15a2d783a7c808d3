"""What became of scenarios for other programs: a JUnit report, which CI servers show as tests, and
commands of GitHub Actions, at the lines of the scenario files.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from kobjctl.files.xml_text import attribute, content
from kobjctl.lint.formats.as_github import annotation
from kobjctl.lint.formats.as_junit import report
from kobjctl.model.scenario import ScenarioResult
from kobjctl.model.values import MISSING, Json, MissingValue
from kobjctl.store.text import encode


def github_commands(results: Iterable[ScenarioResult]) -> Iterator[str]:
    """Yield a command for each thing that is not as expected."""
    for result in results:
        scenario = result.scenario
        for each in result.mismatches:
            lines = [each.description, each.hint] if each.hint else [each.description]
            if each.expected is not MISSING or each.actual is not MISSING:
                lines += [f"expected: {_shown(each.expected)}", f"actual: {_shown(each.actual)}"]
            yield annotation("error", scenario.file, each.span, scenario.name, "\n".join(lines))


def _shown(value: Json | MissingValue) -> str:
    return "nothing" if value is MISSING else encode(value)


def junit(results: Sequence[ScenarioResult], tell: Callable[[ScenarioResult], str]) -> str:
    """Return a report with a suite for each file and a test for each scenario, which must come file
    by file; `tell` gives the text of what went wrong.
    """
    by_file = groupby(results, key=lambda result: result.scenario.file)
    return report(line for file, found in by_file for line in _suite(file, [*found], tell))


def _suite(
    file: str, results: Sequence[ScenarioResult], tell: Callable[[ScenarioResult], str]
) -> Iterator[str]:
    outcomes = [result.outcome for result in results]
    yield (
        f'  <testsuite name={attribute(file)} tests="{len(results)}"'
        f' failures="{outcomes.count("failed")}" errors="{outcomes.count("error")}"'
        f' skipped="{outcomes.count("skipped")}" time="{_seconds(results)}">'
    )
    for result in results:
        name = attribute(result.scenario.name)
        case = f'    <testcase name={name} classname={attribute(file)} time="{_seconds([result])}"'
        if result.outcome == "passed":
            yield f"{case}/>"
        else:
            yield f"{case}>"
            yield f"      {_outcome(result, tell)}"
            yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(result: ScenarioResult, tell: Callable[[ScenarioResult], str]) -> str:
    if result.outcome == "skipped":
        return f"<skipped message={attribute(result.scenario.skip)}/>"
    tag = "failure" if result.outcome == "failed" else "error"
    message = "; ".join(each.description for each in result.mismatches)
    facts = f'message={attribute(message)} type="{result.outcome}"'
    return f"<{tag} {facts}>{content(tell(result))}</{tag}>"


def _seconds(results: Sequence[ScenarioResult]) -> str:
    # The time of a suite is a number without commas, with three digits after the point.
    return f"{sum(result.duration for result in results) / 1000:.3f}"
