"""What a code of a problem stands for: the rule, why it is one, and examples of both kinds."""

import re
from textwrap import dedent
from typing import Final, NamedTuple

from kobjctl.model.problem import Severity

_EXAMPLE: Final = re.compile(
    r"^(Bad|Good|Bad \(-\) and good \(\+\)):\n\n((?:    .*(?:\n|\Z)|\n)+)", re.MULTILINE
)
# Where a rule comes from.
_SOURCE: Final = re.compile(r"\s+\(`manual/platform\.md[^()]*\)")


class Explanation(NamedTuple):
    """A code with its name; `summary` is one sentence, `text` the paragraphs after it.

    `bad` are files that break the rule, `good` the same files set right. Some of its problems
    have the other severity where it is `mixed`.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    text: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    mixed: bool = False

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Return the severities of its problems, the usual one first."""
        other: Severity = "warning" if self.severity == "error" else "error"
        return (self.severity, other) if self.mixed else (self.severity,)


def explain(
    code: str, name: str, severity: Severity, words: str, *, mixed: bool = False
) -> Explanation:
    """Read an explanation from its words.

    They are a sentence, paragraphs, and examples: `Bad:` or `Good:` on a line of its own, and
    below it a file, four blanks in. Below `Bad (-) and good (+):` stand both files, with a mark
    before the lines that only one of them has. What they cite is left out: it is for who writes
    rules.
    """
    words = dedent(words).strip() + "\n"
    examples = _EXAMPLE.findall(words)
    words = _SOURCE.sub("", _EXAMPLE.sub("", words))
    summary, _, text = words.strip().partition("\n\n")
    return Explanation(
        code=code,
        name=name,
        severity=severity,
        summary=" ".join(summary.split()),
        text=text.strip(),
        bad=tuple(_file(kind, block, "+") for kind, block in examples if kind != "Good"),
        good=tuple(_file(kind, block, "-") for kind, block in examples if kind != "Bad"),
        mixed=mixed,
    )


def _file(kind: str, block: str, other: str) -> str:
    """Return a file of an example, without the lines that have the mark of the `other`."""
    lines = dedent(block).strip("\n").splitlines()
    if "(" in kind:
        lines = [line[2:] for line in lines if not line.startswith(other)]
    return "\n".join(lines) + "\n"
