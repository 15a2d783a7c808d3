"""Names for scenarios: the branches that a route takes, in the words of the workflow."""

from collections.abc import Iterable, Iterator
from typing import Final

from kobjctl.app.drawing.mermaid import label
from kobjctl.model.workflow import TRIGGER_ID, Step
from kobjctl.testing.drafting.routes import Leg, Route

LONGEST: Final = 100
_ELSE: Final = "else"


def names(routes: Iterable[Route], prefix: str = "") -> list[str]:
    """Return each route a name of its own."""
    counts: dict[str, int] = {}
    named = []
    for route in routes:
        name = _shortened(prefix, list(_words(route)) or [f"to {_title(route.legs[-1].step)}"])
        counts[name] = counts.get(name, 0) + 1
        named.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return named


def leg_text(leg: Leg) -> str:
    """Describe what a leg needs: `the trigger takes the branch "found" (exists steps.find.id)`."""
    title = _title(leg.step)
    if leg.way is None:
        return f"{title} fails, and no error case holds" if leg.on_error else _no_branch(leg)
    condition = label(leg.way._replace(label="")) or "always"
    branch = f'"{leg.way.label}" ({condition})' if leg.way.label else condition
    return f"{title} {'fails and ' if leg.on_error else ''}takes the branch {branch}"


def _no_branch(leg: Leg) -> str:
    return f"no branch of {_title(leg.step)} holds"


def _words(route: Route) -> Iterator[str]:
    for leg in route.legs:
        if leg.on_error:
            failed = f"{_title(leg.step)} fails"
            yield failed if leg.way is None or len(leg.ways) == 1 else f"{failed} ({_label(leg)})"
        elif leg.way is None:
            if leg.ways:
                yield _no_branch(leg)
        elif len(leg.ways) > 1 or label(leg.way):
            yield _branch(leg)


def _branch(leg: Leg) -> str:
    """Describe which branch is taken; a step that asks something is answered."""
    words, title = _label(leg), leg.step.display_name
    return f"{title} {words}" if title.endswith("?") else words


def _label(leg: Leg) -> str:
    words = label(leg.way) if leg.way else ""
    return words or _ELSE


def _title(step: Step) -> str:
    return step.display_name or ("the trigger" if step.id == TRIGGER_ID else step.id)


def _shortened(prefix: str, words: list[str]) -> str:
    """Join the words; of many, the last ones tell most."""
    kept = list(words)
    while len(kept) > 1 and len(", ".join(kept)) > LONGEST:
        kept.pop(0)
    text = ", ".join(kept)
    text = f"…, {text}" if len(kept) < len(words) else text
    return " ".join(f"{prefix}{text}".split())
