"""What became of scenarios as commands of GitHub Actions, at the lines of the scenario files."""

from collections.abc import Iterable, Iterator

from kobjctl.lint.formats.as_github import annotation
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
