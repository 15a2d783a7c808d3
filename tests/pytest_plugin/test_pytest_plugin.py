"""Scenario files as tests of pytest: as somebody runs them who has kobjctl installed."""

import re
import subprocess
import sys

import pytest

# What is not needed here takes its time to start.
QUICK = [
    word for name in ("cacheprovider", "hypothesispytest", "anyio") for word in ("-p", f"no:{name}")
]
SCENARIOS = """\
workflow: ../sample_workflows/order.yaml
given:
  customers:
    - {name: Test Customer, email: test@example.com}
scenarios:
  - name: a known customer
    send: &order {orderId: "1234", price: "$10.25", quantity: 2, email: test@example.com}
    expect:
      status: completed
      path: [1, lookup, is-known, add-order]
  - name: a stranger
    send: {orderId: "1234", email: other@example.com}
    expect:
      path: [1, lookup, is-known, add-order]
  - name: one for later
    skip: nobody has decided
    send: *order
"""
BROKEN = """\
workflow: ../sample_workflows/order.yaml
scenarois: []
"""
IMPORTED = """\
import sys

def test_nothing_is_imported():
    named = {name.partition(".")[2].partition(".")[0] for name in sys.modules if "kobjctl" in name}
    assert named == {"", "pytest_plugin"}, named
"""


@pytest.fixture
def run(workplace):
    """Give what runs pytest in a folder with samples and scenarios; it gives what is printed."""
    for each in (workplace / "sample_workflows").glob("*.test.yaml"):
        each.unlink()
    tests = workplace / "tests"
    tests.mkdir()
    (tests / "order.test.yaml").write_text(SCENARIOS)

    def run(*options):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *QUICK, "-W", "error", *options],
            cwd=workplace,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_scenarios_pass_fail_and_are_skipped(run):
    status, printed = run("-rs", "-v")

    assert 1 == status
    assert "tests/order.test.yaml::a known customer PASSED" in printed
    assert "tests/order.test.yaml::a stranger FAILED" in printed
    assert "SKIPPED [1] tests/order.test.yaml: nobody has decided" in printed
    assert "1 failed, 1 passed, 1 skipped" in printed
    assert "tests/order.test.yaml:14:" in printed
    assert "Traceback" not in printed
    assert "items.py" not in printed


def test_scenarios_are_chosen_and_spread_over_processes_as_other_tests(run):
    status, printed = run("-n", "2", "-k", "known or stranger")

    assert 1 == status
    assert re.search(r"1 failed, 1 passed in", printed)


def test_a_broken_file_is_an_error_with_its_line_and_no_traceback(run, workplace):
    (workplace / "tests" / "broken.test.yaml").write_text(BROKEN)
    status, printed = run()

    assert 2 == status
    assert "tests/broken.test.yaml:2:1: error" in printed
    assert 'did you mean "scenarios"?' in printed
    assert "Traceback" not in printed


def test_whoever_has_no_scenarios_imports_next_to_nothing(run, workplace):
    (workplace / "tests" / "order.test.yaml").rename(workplace / "tests" / "order.yaml")
    (workplace / "tests" / "test_own.py").write_text(IMPORTED)
    status, printed = run()

    assert "1 passed" in printed
    assert 0 == status


def test_the_coverage_of_others_is_measured_as_without_it(run, workplace):
    (workplace / "own.py").write_text("A = 1\n")
    (workplace / "tests" / "test_own.py").write_text("import own\n\ndef test_a(): assert own.A\n")
    status, printed = run(
        "--cov", "own", "tests/test_own.py", "tests/order.test.yaml::a known customer"
    )

    assert "2 passed" in printed
    assert re.search(r"own\.py +1 +0 +100%", printed)
    assert 0 == status
