"""Every code that a problem may have, with what it stands for."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kobjctl.files.explanation import Explanation
from kobjctl.files.explanations import FILE_EXPLANATIONS
from kobjctl.lint.rules import PROJECT_RULES, RULES
from kobjctl.model.errors import UnknownNameError


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Return what every code stands for, in the order of the codes."""
    of_rules = [each.explanation for each in RULES] + [
        each.explanation for each in PROJECT_RULES if each.explained
    ]
    known = (*FILE_EXPLANATIONS, *of_rules)
    return {each.code: each for each in sorted(known)}


def explanation(name: str) -> Explanation:
    """Return what a code, or a name such as `unknown-output`, stands for; raises
    UnknownNameError.
    """
    known = explanations()
    by_name = {each.name: each for each in known.values()}
    found = known.get(name.upper()) or by_name.get(name.lower())
    if found is None:
        raise UnknownNameError(
            "rule", name, [*known, *by_name], otherwise="kobjctl explain lists the codes"
        )
    return found


def codes(names: Iterable[str]) -> frozenset[str]:
    """Return the codes of rules, from texts with codes or names between commas."""
    words = (word.strip() for text in names for word in text.split(","))
    return frozenset(explanation(word).code for word in words if word)
