"""The action that matches a regular expression."""

from typing import Final

from kobjctl.actions.base import action
from kobjctl.javascript.regex import search
from kobjctl.model.secrets import hidden
from kobjctl.model.values import JsonObject
from kobjctl.records.context import RunContext
from kobjctl.records.fields import Fields

_OUTPUT: Final = {"match": "text"}


class MatchRegexParams(Fields):
    """`regex` is in the syntax of JavaScript, without delimiters and flags."""

    test_string: str
    regex: str


@action("kustomer.regex-match.generic", label="Regex: Match", output=_OUTPUT, lookup=True)
def match(params: MatchRegexParams, context: RunContext) -> JsonObject:
    """Find the first text that a regular expression matches.

    The expression is one of JavaScript, without delimiters; case counts. Where it matches
    nothing the output has no `match`, and that is no error. An object to be searched is
    searched as compact JSON text. An expression that takes longer than a second fails.
    """
    found = search(params.regex, params.test_string)
    if hidden().known:
        found = hidden().derived(found, search, params.regex, params.test_string)
    return {} if found is None else {"match": found}
