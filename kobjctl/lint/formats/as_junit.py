"""Problems as a JUnit report, which CI servers show as tests."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from kobjctl.model.problem import Problem

# What XML can't hold, not even escaped.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(files: Sequence[str], problems: Sequence[Problem], *, strict: bool) -> str:
    """Give a report with a suite for each file: a failed test for each problem, or one that
    passed. A warning fails only if `strict`; else it is in the output of the suite.
    """
    by_file: dict[str, list[Problem]] = {file: [] for file in files}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    suites = [line for file, found in by_file.items() for line in _suite(file, found, strict)]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""]
    )


def _suite(file: str, problems: Sequence[Problem], strict: bool) -> Iterator[str]:
    failed = [each for each in problems if strict or each.severity == "error"]
    said = [each for each in problems if each not in failed]
    name = _attribute(file)
    yield (
        f'  <testsuite name={name} tests="{len(failed) or 1}" failures="{len(failed)}" errors="0">'
    )
    if not failed:
        yield f'    <testcase name="valid" classname={name}/>'
    for problem in failed:
        title = f"{problem.code} {problem.span.line}:{problem.span.column}"
        yield f"    <testcase name={_attribute(title)} classname={name}>"
        yield (
            f"      <failure message={_attribute(problem.message)} type={_attribute(problem.code)}>"
            f"{_words(problem)}</failure>"
        )
        yield "    </testcase>"
    if said:
        yield "    <system-out>" + "\n".join(map(_words, said)) + "</system-out>"
    yield "  </testsuite>"


def _words(problem: Problem) -> str:
    words = f"{problem}\n{problem.hint}" if problem.hint else str(problem)
    return escape(_clean(words))


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
