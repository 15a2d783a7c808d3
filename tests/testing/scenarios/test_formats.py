"""Results of scenarios in the formats of other programs."""

from pathlib import Path

import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.model.problem import Span
from kobjctl.model.scenario import Mismatch, Scenario, ScenarioResult
from kobjctl.model.values import MISSING
from kobjctl.testing.scenarios.formats import github_commands, junit

FORMATS = Path(__file__).parent.parent.parent / "lint" / "formats"
JUNIT = xmlschema.XMLSchema(str(FORMATS / "junit-10.xsd"))

texts = st.text(st.characters(blacklist_categories=["Cs"]))
numbers = st.integers(1, 10**6)
spans = st.builds(Span, numbers, numbers, numbers, numbers)
values = st.just(MISSING) | st.none() | st.integers() | texts | st.lists(texts, max_size=2)
scenarios = st.builds(
    Scenario, texts, numbers, texts, spans, st.fixed_dictionaries({"skip": texts})
)
mismatches = st.builds(Mismatch, texts, st.just(()), spans, values, values, texts, texts, st.none())
results = st.builds(
    ScenarioResult,
    scenarios,
    st.sampled_from(["passed", "failed", "error", "skipped"]),
    st.lists(mismatches, max_size=2).map(tuple),
    st.just(()),
    st.just(()),
    st.floats(0, 10**7),
)


@given(st.lists(results, max_size=4), texts)
def test_any_results_are_valid_junit(found, told):
    JUNIT.validate(junit(found, lambda _: told))


@given(st.lists(results, max_size=3))
def test_each_mismatch_is_one_line_for_github(found):
    commands = [*github_commands(found)]

    assert sum(len(result.mismatches) for result in found) == len(commands)
    assert [] == [command for command in commands if "\n" in command or "\r" in command]
