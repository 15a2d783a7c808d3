"""WF801: a key, token or password that stands in the file."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from kobjctl.expressions.references import MARK
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.lint.templates import TEMPLATE_MARK
from kobjctl.lint.texts import every_text
from kobjctl.model.masking import is_secret_header
from kobjctl.model.values import JsonPath

# What issuers begin their keys with, so that scanners find them: https://docs.github.com and
# others document the prefixes.
_KNOWN: Final = (
    r"(?a)\b(?:[sr]k_live_[0-9A-Za-z]{16,}|gh[pousr]_[0-9A-Za-z]{30,}|github_pat_\w{30,}"
    r"|glpat-[\w-]{20,}|xox[abeoprs]-[0-9A-Za-z-]{10,}|(?:AKIA|ASIA)[0-9A-Z]{16}"
    r"|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+)"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_LOGIN: Final = r"://[^/?#@\s:{}]+:([^/?#@\s{}]+)@"
_QUERY: Final = r"[?&]([\w-]+)=([^&#\s{}]+)"
_SCHEME: Final = r"(?i)(?:bearer|basic|token|apikey)\s+(\S{8,})"
_PLACEHOLDER: Final = r"(?i)[<>…]|\.\.\.|\*\*\*|xxx|your|example|placeholder|change.?me|dummy|todo"
_HOLDERS: Final = ("headers", "qs")
_LONG: Final = 16
# Bits a character: words have about 2.5, hex digits up to 4, keys in base 64 up to 6.
_RANDOM: Final = 3.0


@rule("WF801", "literal-secret", severity="warning")
def literal_secret(subject: Subject) -> Iterator[Finding]:
    """A file should not contain a key, a token or a password.

    Whoever can read the file can use the secret, and files are shared, exported and kept in version
    control. The value of a workflow variable is kept in the org only, and logs show `***` instead
    (`manual/platform.md 3.4`).

    Bad (-) and good (+):

          name: stock
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: ask
          steps:
            - id: ask
              action: kustomer.rest-api.json
              params:
                uri: https://api.example.com/stock
        -       headers: {authorization: Bearer 7f3b09d2c1e84a5f}
        +       headers: {authorization: "Bearer {{{variables.shopKey}}}"}
              transitions: []
    """
    for path, text in every_text(subject.workflow.document):
        found = _secret(path, text)
        if found:
            what, part = found
            yield Finding(
                path,
                f"this looks like {what}",
                "write {{{variables.NAME}}} instead, and set the variable with"
                f" kobjctl variable set {subject.workflow.name} NAME",
                part=part,
            )


def _secret(path: JsonPath, text: str) -> tuple[str, tuple[int, int]] | None:
    """Describe what secret a text has, and where in it; None when it has none."""
    known = re.search(_KNOWN, text)
    if known:
        return "a key", known.span()
    login = re.search(_LOGIN, text) if "://" in text else None
    if login and not re.search(_PLACEHOLDER, login[1]):
        return "a password", login.span(1)
    for query in re.finditer(_QUERY, text) if "=" in text else ():
        if is_secret_header(query[1].replace("_", "-")) and _is_random(query[2]):
            return "a key", query.span(2)
    return _of_header(path, text)


def _of_header(path: JsonPath, text: str) -> tuple[str, tuple[int, int]] | None:
    is_header = len(path) > 1 and path[-2] in _HOLDERS and is_secret_header(str(path[-1]))
    if not is_header or text.startswith(MARK) or TEMPLATE_MARK in text:
        return None
    scheme = re.fullmatch(_SCHEME, text.strip())
    if scheme and not re.search(_PLACEHOLDER, scheme[1]):
        at = text.index(scheme[1])
        return "a token", (at, at + len(scheme[1]))
    return ("a key", (0, len(text))) if _is_random(text) else None


def _is_random(text: str) -> bool:
    """Return whether a text is long and looks drawn by chance, as keys are."""
    if len(text) < _LONG or " " in text or re.search(_PLACEHOLDER, text):
        return False
    counts = Counter(text).values()
    entropy = -sum(count / len(text) * math.log2(count / len(text)) for count in counts)
    return entropy >= _RANDOM
