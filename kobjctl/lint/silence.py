"""Leave out the problems that comments silence, and tell of comments that silence nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from kobjctl.files.comments import Silencer, Word, silencers
from kobjctl.files.document import Document
from kobjctl.model.errors import did_you_mean
from kobjctl.model.problem import Problem, Span

_VERB: Final = "ignore"
_AS_IN: Final = 'add the code, as in "# kobjctl: ignore WF403"'
_CODE: Final = re.compile(r"WF\d+", re.IGNORECASE)


class SuppressionComment(NamedTuple):
    """A comment as it is understood: the codes that it silences, and what is wrong with it."""

    file: str
    comment: Silencer
    codes: tuple[tuple[str, Span], ...]
    problems: tuple[Problem, ...]


def without_silenced(
    problems: Iterable[Problem], documents: Iterable[Document]
) -> Iterator[Problem]:
    """Yield the problems that no comment silences, and a WF004 for each comment in vain."""
    comments = [
        _read(document.path, comment) for document in documents for comment in silencers(document)
    ]
    codes_at: dict[tuple[str, int], set[str]] = defaultdict(set)
    for read in comments:
        codes_at[read.file, read.comment.line].update(code for code, _ in read.codes)
    silenced = set()
    for problem in problems:
        place = (problem.file, problem.span.line)
        if place in codes_at and problem.code in codes_at[place]:
            silenced.add((*place, problem.code))
        else:
            yield problem
    for read in comments:
        yield from read.problems
        for code, span in read.codes:
            if (read.file, read.comment.line, code) not in silenced:
                message = f"this comment ignores {code}, but there is no such problem here"
                yield _problem(read.file, span, message, "remove the comment")


def _read(file: str, comment: Silencer) -> SuppressionComment:
    verb = comment.verb
    if not comment.colon or verb.text != _VERB:
        return SuppressionComment(file, comment, (), tuple(_misspelled(file, comment)))
    codes: list[tuple[str, Span]] = []
    problems: list[Problem] = []
    for word in comment.words:
        code = _code(word.text)
        if code:
            codes.append((code, word.span))
        elif not _is_meant_as_name(word, first=word is comment.words[0]):
            break
        else:
            problems.append(_unknown(file, word))
    if not (codes or problems):
        message = "this comment does not say which code to ignore"
        problems.append(_problem(file, comment.span, message, _AS_IN))
    return SuppressionComment(file, comment, tuple(codes), tuple(problems))


def _misspelled(file: str, comment: Silencer) -> Iterator[Problem]:
    """Tell of a comment that was meant to silence something, and doesn't."""
    verb = comment.verb
    is_close = bool(did_you_mean(verb.text.lower(), [_VERB]))
    names_code = any(_CODE.fullmatch(word.text) for word in comment.words)
    if comment.colon and (is_close or names_code):
        message = f'kobjctl knows no comment "{verb.text}"'
        yield _problem(file, verb.span, message, _write(comment))
    elif is_close and names_code:
        yield _problem(file, comment.span, 'a ":" is missing in this comment', _write(comment))


def _write(comment: Silencer) -> str:
    return f"write # kobjctl: {' '.join([_VERB, *(word.text for word in comment.words[:1])])}"


def _code(word: str) -> str:
    """Return the code that a code or the name of a rule stands for; empty for any other word."""
    known = _names()
    if _CODE.fullmatch(word):
        return word.upper() if word.upper() in known.values() else ""
    return known.get(word.lower(), "")


def _is_meant_as_name(word: Word, *, first: bool) -> bool:
    """Return whether a word that is no code was meant as one; behind codes there may be prose."""
    if _CODE.fullmatch(word.text):
        return True
    return (first or "-" in word.text) and bool(did_you_mean(word.text, _names()))


def _unknown(file: str, word: Word) -> Problem:
    is_code = _CODE.fullmatch(word.text)
    known = _names()
    hint = did_you_mean(word.text, known.values() if is_code else known)
    message = f'no problem has the {"code" if is_code else "name"} "{word.text}"'
    return _problem(file, word.span, message, hint or "kobjctl explain lists the codes")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """Return the code of each rule by its name."""
    from kobjctl.lint.explanations import explanations  # noqa: PLC0415 - few files have comments

    return {each.name: each.code for each in explanations().values()}


def _problem(file: str, span: Span, message: str, hint: str) -> Problem:
    return Problem(
        file=file, span=span, code="WF004", message=message, hint=hint, severity="warning"
    )
