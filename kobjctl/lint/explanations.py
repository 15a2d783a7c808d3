"""Every code that a problem may have, with what it stands for."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from kobjctl.files.explanations import FILE_EXPLANATIONS
from kobjctl.lint.rule import Rule
from kobjctl.lint.rules import RULES
from kobjctl.model.errors import UnknownNameError
from kobjctl.model.explanation import Explanation, explain

PROJECT_EXPLANATIONS: Final[tuple[Explanation, ...]] = (
    explain(
        "WF105",
        "refused-by-the-org",
        "error",
        """
        An object must fit what is in the org already.

        A hook keeps its type and its event name, an id belongs to one workflow, and the names of
        the platform's own klasses are taken. Only `kobjctl apply` can tell.

        Bad:

            klasses:
              - name: customer

        Good:

            klasses:
              - name: member
        """,
    ),
    explain(
        "WF206",
        "workflow-name-taken",
        "error",
        """
        A workflow must have a name of its own.

        Names are unique in an org: of two files with one name, the second would replace the first.

        Bad:

            workflows:
              - name: welcome
                trigger: {eventName: kustomer.customer.create}
              - name: welcome
                trigger: {eventName: kustomer.customer.update}

        Good:

            workflows:
              - name: welcome
                trigger: {eventName: kustomer.customer.create}
              - name: welcome-back
                trigger: {eventName: kustomer.customer.update}
        """,
    ),
    explain(
        "WF506",
        "idle-stub",
        "warning",
        """
        A stub should answer something that the workflows ask for.

        Of a request, the method and the address are compared, and expressions in the address may
        stand for anything. A stub is told when it answers no request but is like one that no stub
        answers, or when its action is none that a step or kobjctl knows. Nothing is found without
        `--stubs`. In these examples a stub answers POST https://api.example.com/stock.

        Bad:

            name: stock
            trigger:
              eventName: kustomer.customer.create
              transitions:
                - target: ask
            steps:
              - id: ask
                action: kustomer.rest-api.json
                params: {uri: "https://api.example.com/stock"}
                transitions: []

        Good:

            name: stock
            trigger:
              eventName: kustomer.customer.create
              transitions:
                - target: ask
            steps:
              - id: ask
                action: kustomer.rest-api.json
                params: {uri: "https://api.example.com/stock", method: POST}
                transitions: []
        """,
    ),
    explain(
        "WF601",
        "unknown-hook",
        "error",
        """
        A trigger must name a hook that is there.

        `hook` stands for the event name of a hook that one of the files defines. Name that file
        as well, or with `--db` the org that has the hook.

        Bad:

            hooks:
              - {name: orders, type: form}
            workflows:
              - name: order
                trigger: {hook: order}

        Good:

            hooks:
              - {name: orders, type: form}
            workflows:
              - name: order
                trigger: {hook: orders}
        """,
    ),
)


@lru_cache(maxsize=1)
def explanations() -> Mapping[str, Explanation]:
    """Give what every code stands for, in the order of the codes."""
    known = (*FILE_EXPLANATIONS, *PROJECT_EXPLANATIONS, *map(_of_rule, RULES))
    return {each.code: each for each in sorted(known)}


def explanation(name: str) -> Explanation:
    """Give what a code, or a name such as `unknown-output`, stands for; raises UnknownNameError."""
    known = explanations()
    by_name = {each.name: each for each in known.values()}
    found = known.get(name.upper()) or by_name.get(name.lower())
    if found is None:
        raise UnknownNameError(
            "rule", name, [*known, *by_name], otherwise="kobjctl explain lists them"
        )
    return found


def codes(names: Iterable[str]) -> frozenset[str]:
    """Give the codes of rules, from texts with codes or names between commas."""
    words = (word.strip() for text in names for word in text.split(","))
    return frozenset(explanation(word).code for word in words if word)


def _of_rule(rule: Rule) -> Explanation:
    return explain(rule.code, rule.name, rule.severity, rule.explanation, mixed=rule.mixed)
