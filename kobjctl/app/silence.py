"""Leave out the problems that comments silence, and tell of comments that silence nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kobjctl.files.comments import Silencer, silencers
from kobjctl.files.document import Document
from kobjctl.model.errors import did_you_mean
from kobjctl.model.problem import Problem

_AS_IN = 'name the codes, as in "# kobjctl: ignore WF403"'


def without_silenced(
    problems: Iterable[Problem], documents: Iterable[Document]
) -> Iterator[Problem]:
    """Yield the problems that no comment silences, and a WF004 for each code in vain."""
    found = {document.path: silencers(document) for document in documents}
    codes_at: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file, comments in found.items():
        for comment in comments:
            codes_at[file, comment.line].update(code for code, _ in comment.codes)
    silenced = set()
    for problem in problems:
        place = (problem.file, problem.span.line)
        if place in codes_at and problem.code in codes_at[place]:
            silenced.add((*place, problem.code))
        else:
            yield problem
    for file, comments in found.items():
        for comment in comments:
            yield from _in_vain(file, comment, silenced)


def _in_vain(
    file: str, comment: Silencer, silenced: set[tuple[str, int, str]]
) -> Iterator[Problem]:
    if not comment.codes:
        message = "this comment names no code to ignore"
        yield Problem(file, comment.span, "WF004", message, _AS_IN, "warning")
    for code, span in comment.codes:
        if (file, comment.line, code) in silenced:
            continue
        from kobjctl.app.explanations import explanations  # noqa: PLC0415 - of no use till here

        known = explanations()
        message = f"no {code} is found here that this comment could silence"
        hint = "remove it"
        if code not in known:
            message = f'no problem has the code "{code}"'
            hint = did_you_mean(code, known) or "kobjctl explain lists them"
        yield Problem(file, span, "WF004", message, hint, "warning")
