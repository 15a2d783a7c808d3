"""Which operator was meant by a name that no operator has."""

import re
from collections.abc import Mapping
from typing import Final

from kobjctl.expressions.operators import OPERATORS
from kobjctl.model.errors import closest

_GAPS: Final = re.compile(r"[\s_-]+")
# With "not", a misspelled operator is looked for as well; "n" may be part of another word.
_NEGATION: Final = re.compile(r"(?P<plain>(?:is|does|do|has|are)?(?:not|n'?t)|!)|dn|un|n")
_AUXILIARY: Final = re.compile(r"(?:is|does|are)(?=.)")


def hint_for_operator(name: str) -> str:
    """Return what to write instead of an operator that there isn't."""
    meant, negated = _meant(name)
    if negated and not meant:
        return "workflows have no negation: use dne or neq, or put the other transition first"
    if not meant:
        return f"the operators are {', '.join(sorted(OPERATORS))}"
    if OPERATORS[meant].comparison == "always":
        return "leave the condition out and put the transition last"
    return f'did you mean "{meant}"?'


def _meant(name: str) -> tuple[str, bool]:
    """Return the operator that a name stands for, and whether that is a negation.

    What negates an operator is its opposite, never the operator itself.
    """
    known = _names()
    folded = _fold(name)
    found = known.get(folded) or known.get(_AUXILIARY.sub("", folded, count=1))
    negation = None if found else _NEGATION.match(folded)
    if not negation:
        return found or known.get(closest(folded, known), ""), False
    rest = folded[negation.end() :]
    if negation["plain"]:
        rest = closest(rest, known) if rest and rest not in known else rest
    elif rest not in known:
        return known.get(closest(folded, known), ""), False
    return OPERATORS[known[rest]].opposite if rest else "", True


def _names() -> Mapping[str, str]:
    return {
        _fold(name): each.name
        for each in OPERATORS.values()
        for name in (each.name, *each.synonyms)
    }


def _fold(name: str) -> str:
    return _GAPS.sub("", name.casefold())
