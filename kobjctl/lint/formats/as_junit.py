"""Problems as a JUnit report, which CI servers show as tests."""

from collections.abc import Iterable, Iterator, Sequence

from kobjctl.files.xml_text import attribute, content
from kobjctl.model.problem import Problem


def junit(files: Sequence[str], problems: Sequence[Problem], *, strict: bool) -> str:
    """Return a report with a suite for each file: a failed test for each problem, or one that
    passed. A warning fails only if `strict`; else it is in the output of the suite, as notes are.
    """
    by_file: dict[str, list[Problem]] = {file: [] for file in files}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    suites = [line for file, found in by_file.items() for line in _suite(file, found, strict)]
    return report(suites)


def report(suites: Iterable[str]) -> str:
    """Return a report with suites, whose lines are given."""
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""]
    )


def _suite(file: str, problems: Sequence[Problem], strict: bool) -> Iterator[str]:
    failed = [each for each in problems if each.fails(strict=strict)]
    said = [each for each in problems if each not in failed]
    name = attribute(file)
    yield (
        f'  <testsuite name={name} tests="{len(failed) or 1}" failures="{len(failed)}" errors="0">'
    )
    if not failed:
        yield f'    <testcase name="valid" classname={name}/>'
    for problem in failed:
        title = f"{problem.code} {problem.span.line}:{problem.span.column}"
        yield f"    <testcase name={attribute(title)} classname={name}>"
        yield (
            f"      <failure message={attribute(problem.message)} type={attribute(problem.code)}>"
            f"{_words(problem)}</failure>"
        )
        yield "    </testcase>"
    if said:
        yield "    <system-out>" + "\n".join(map(_words, said)) + "</system-out>"
    yield "  </testsuite>"


def _words(problem: Problem) -> str:
    words = f"{problem}\n{problem.hint}" if problem.hint else str(problem)
    return content(words)
