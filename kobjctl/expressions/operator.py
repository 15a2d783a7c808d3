"""What an operator of conditions is, and the table they are all in."""

from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from kobjctl.expressions.arity import Arity

Test: TypeAlias = Callable[..., bool]
# What an operator does with its values: consumers that judge or make values go by it.
Comparison = Literal["always", "existence", "equality", "order", "content", "logic"]


class Operator(NamedTuple):
    """An operator: its test, how many values it takes, and what else is true of it.

    Of the values it `reads` the first so many. `test_literal` takes the place of `test` where the
    second value is text written in the file, and `note_literal` that of `note`. The values of
    `logic` are conditions, and its test takes their results.

    `opposite` holds wherever it doesn't, and nowhere else. `synonyms` are what other languages
    and the platform's searches call it, in words. `label` is what the log says beside a name that
    doesn't speak for itself. Of `content`, `looks_into` are the kinds that its left side may be,
    and `any_of` tells that of a list on the right one item is enough. With an `idiom`, the
    platform's builder writes what always holds.
    """

    name: str
    arity: Arity
    test: Test
    summary: str
    comparison: Comparison
    examples: tuple[str, ...]
    confirmed: bool = True
    note: Callable[..., str] | None = None
    test_literal: Test | None = None
    note_literal: Callable[..., str] | None = None
    reads: int = 2
    opposite: str = ""
    synonyms: tuple[str, ...] = ()
    label: str = ""
    looks_into: tuple[str, ...] = ()
    any_of: bool = False
    idiom: bool = False

    @property
    def parts(self) -> bool:
        """Return whether its values are conditions."""
        return self.comparison == "logic"

    @property
    def settling(self) -> bool:
        """Return what one part, of `logic`, settles whatever the others give."""
        return self.test(True, False)

    def test_for(self, *, literal_text: bool) -> Test:
        """Return its test where the second value is, or is not, text written in the file."""
        return (literal_text and self.test_literal) or self.test


OPERATORS: Final[dict[str, Operator]] = {}


def operator(
    name: str, values: tuple[int, int | None], comparison: Comparison, *examples: str, **facts: Any
) -> Callable[[Test], Test]:
    """Put a function into the table; its docstring is the operator's help.

    `examples` are conditions about `app.examples.SAMPLE`, `facts` further fields of `Operator`.
    """

    def register(test: Test) -> Test:
        summary = (test.__doc__ or "").strip()
        OPERATORS[name] = Operator(
            name=name,
            arity=Arity(*values),
            test=test,
            summary=summary,
            comparison=comparison,
            examples=examples,
            **facts,
        )
        return test

    return register
