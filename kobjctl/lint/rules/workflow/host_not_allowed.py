"""WF505: a request to a host that nobody allowed."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.expressions.references import MARK
from kobjctl.lint.places import steps
from kobjctl.lint.rule import Finding, rule
from kobjctl.lint.subject import Subject
from kobjctl.model.errors import did_you_mean

_URI: Final = r"(?i)(https?)://(?:[^/?#@]*@)?((?:\{\{.*?\}\}\}?|[^/?#{])+)"
_TAG: Final = r"\{\{.*?\}\}\}?"
# What stubs without a host answer for.
_ANY: Final = "*"
_PORTS: Final = {"http": ":80", "https": ":443"}


@rule("WF505", "host-not-allowed", severity="warning", about=("hosts",))
def host_not_allowed(subject: Subject) -> Iterator[Finding]:
    """A request should go to an allowed host, or to one that a stub answers for.

    A workflow reaches no other host: the step fails. The rule only runs if you name hosts with
    `--allow-host`, `--stubs` or `KOBJCTL_ALLOW_HOSTS`. If the host contains tags, only the text
    around them is compared. In these examples `api.example.com` is allowed.

    Bad (-) and good (+):

          name: stock
          trigger:
            eventName: kustomer.customer.create
            transitions:
              - target: ask
          steps:
            - id: ask
              action: kustomer.rest-api.json
        -     params: {uri: "https://example.com/stock"}
        +     params: {uri: "https://api.example.com/stock"}
              transitions: []
    """
    hosts = subject.project.hosts
    if hosts is None:
        return
    for path, step in steps(subject.workflow):
        uri = step.params.get("uri") if subject.project.sends(step.action) else None
        found = re.match(_URI, uri) if isinstance(uri, str) and not uri.startswith(MARK) else None
        if found and not _is_allowed(found[1].lower(), found[2].lower(), hosts):
            yield Finding(
                (*path, "params", "uri"),
                f'the host "{found[2]}" is not allowed',
                did_you_mean(found[2], hosts) or f"allow it with --allow-host {found[2]}",
                part=found.span(2),
            )


def _is_allowed(scheme: str, host: str, hosts: Iterable[str]) -> bool:
    """Return whether a host, of which tags may be a part, can be one of those allowed."""
    name, colon, port = host.rpartition(":")
    if not (colon and port.isdigit()):
        name, port = host, _PORTS[scheme][1:]
    pattern = re.compile(".*".join(map(re.escape, re.split(_TAG, name))))
    return any(_fits(pattern, port, each.lower()) for each in hosts)


def _fits(pattern: re.Pattern[str], port: str, allowed: str) -> bool:
    if allowed == _ANY:
        return True
    name, colon, only = allowed.rpartition(":")
    if not (colon and only.isdigit()):
        name, only = allowed, port
    if only != port:
        return False
    if not name.startswith("*."):
        return pattern.fullmatch(name) is not None
    # A tag may stand for any name below; what is literal must end as the allowed name does.
    literal = pattern.pattern.rpartition(".*")[2].replace("\\", "")
    end = name.removeprefix("*")
    return literal.endswith(end) or (".*" in pattern.pattern and end.endswith(literal))
