"""What the tests of files share."""

import re
from collections.abc import Callable

import pytest

from kobjctl.files.document import Document
from kobjctl.model.problem import FileProblemsError, Problem, Span


@pytest.fixture
def cut() -> Callable[[Document, Span], str]:
    """Give the part of a document's text that a span covers, its first line indented."""

    def cut_out(document: Document, span: Span) -> str:
        starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", document.text))]
        start = starts[span.line - 1] + span.column - 1
        end = starts[span.end_line - 1] + span.end_column - 1
        return " " * (span.column - 1) + document.text[start:end]

    return cut_out


@pytest.fixture
def only_problem() -> Callable[..., Problem]:
    """Give the one problem that a call raises."""

    def problem_of(call: Callable[..., object], *args: object) -> Problem:
        with pytest.raises(FileProblemsError) as raised:
            call(*args)
        [problem] = raised.value.problems
        return problem

    return problem_of
