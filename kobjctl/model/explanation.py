"""What a code of a problem stands for: the rule, why it is one, and examples of both kinds."""

import re
from textwrap import dedent
from typing import Final, NamedTuple

from kobjctl.model.problem import Severity

_EXAMPLE: Final = re.compile(r"^(Bad|Good):\n\n((?:    .*(?:\n|\Z)|\n)+)", re.MULTILINE)


class Explanation(NamedTuple):
    """A code with its name; `summary` is one sentence, `text` the paragraphs after it.

    `bad` are files that break the rule, `good` the same files set right.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    text: str
    bad: tuple[str, ...]
    good: tuple[str, ...]


def explain(code: str, name: str, severity: Severity, words: str) -> Explanation:
    """Read an explanation from its words.

    They are a sentence, paragraphs, and examples: `Bad:` or `Good:` on a line of its own, and
    below it a file, four blanks in.
    """
    words = dedent(words).strip() + "\n"
    examples = [(kind, dedent(file).strip() + "\n") for kind, file in _EXAMPLE.findall(words)]
    summary, _, text = _EXAMPLE.sub("", words).strip().partition("\n\n")
    return Explanation(
        code=code,
        name=name,
        severity=severity,
        summary=" ".join(summary.split()),
        text=text.strip(),
        bad=tuple(file for kind, file in examples if kind == "Bad"),
        good=tuple(file for kind, file in examples if kind == "Good"),
    )
