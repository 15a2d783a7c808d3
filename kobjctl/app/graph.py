"""Draw a workflow as a Mermaid flowchart."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kobjctl.model.values import Json
from kobjctl.model.workflow import Step, Transition, Workflow


def mermaid(workflow: Workflow) -> str:
    """Give the text of a Mermaid `flowchart TD`, ending in a line break.

    The trigger is a stadium, a step with an action a box and one without a diamond
    (`platform/workflows.md` sections 1.1 and 1.2). Error cases are dotted, and a target that no
    step has is a node of its own, marked as unknown. The same workflow gives the same text.
    """
    nodes = (workflow.trigger, *workflow.steps)
    names = _first_names(nodes)
    unknown = _unknown_names(nodes, names)
    lines = ["flowchart TD", f"    n0([{_quoted(workflow.event_name or 'trigger')}])"]
    lines += [f"    n{index}{_shape(step)}" for index, step in enumerate(workflow.steps, 1)]
    lines += [f"    {name}[{_quoted(target)}]:::unknown" for target, name in unknown.items()]
    names |= unknown
    for index, step in enumerate(nodes):
        lines += [f"    n{index} {edge}" for edge in _edges(step, names)]
    if unknown:
        lines.append("    classDef unknown fill:#fdd,stroke:#c00,color:#600")
    return "\n".join(lines) + "\n"


def _first_names(nodes: Sequence[Step]) -> dict[str, str]:
    """Name for each id the node of the first step that has it."""
    names: dict[str, str] = {}
    for index, step in enumerate(nodes):
        names.setdefault(step.id, f"n{index}")
    return names


def _unknown_names(nodes: Sequence[Step], names: dict[str, str]) -> dict[str, str]:
    """Name a node for each target that no step has."""
    ways = [way for step in nodes for way in (*step.transitions, *step.error_cases)]
    targets = dict.fromkeys(way.target for way in ways if way.target not in names)
    return {target: f"n{index}" for index, target in enumerate(targets, len(nodes))}


def _shape(step: Step) -> str:
    title = step.display_name or step.id
    if step.action is None:
        return f"{{{_quoted(title)}}}"
    return f"[{_quoted(title, step.action)}]"


def _edges(step: Step, names: dict[str, str]) -> Iterator[str]:
    for arrow, ways in (("-->", step.transitions), ("-.->", step.error_cases)):
        for way in ways:
            label = _label(way)
            yield f"{arrow}{f'|{_quoted(label)}|' if label else ''} {names[way.target]}"


def _label(way: Transition) -> str:
    if way.label.strip():
        return way.label
    words = " ".join(_words(way.condition).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}..."


def _words(condition: Json, depth: int = 1) -> str:
    """Say a condition in a few words; in none if it always holds.

    The second value of `exists` and `dne` is a leftover of the builder, and `exists` of a literal
    its "else" (`platform/workflows.md` sections 1.4 and 2.1).
    """
    if not isinstance(condition, dict) or depth > _DEEPEST:
        return "..."
    op, values = str(condition.get("op")), condition.get("values")
    if op == "true":
        return ""
    if not isinstance(values, list) or not values:
        return op
    if op in ("and", "or"):
        joined = f" {op} ".join(_words(part, depth + 1) or "true" for part in values)
        return joined if depth == 1 else f"({joined})"
    if op in ("exists", "dne"):
        literal = op == "exists" and not _is_looked_up(values[0])
        return "" if literal else f"{op} {_value(values[0])}"
    left, *right = map(_value, values)
    return " ".join([left, op, *right])


def _is_looked_up(value: Json) -> bool:
    return isinstance(value, str) and (value.startswith("/#") or "{{" in value)


def _value(value: Json) -> str:
    if isinstance(value, str) and value.startswith("/#"):
        return value.removeprefix("/#")
    return json.dumps(value, ensure_ascii=False)


def _quoted(*lines: str) -> str:
    """Quote text for Mermaid, so that nothing in it is read as Mermaid, Markdown or HTML."""
    return '"' + "<br/>".join(_escaped(line) for line in lines) + '"'


def _escaped(text: str) -> str:
    one_line = " ".join(text.split())
    # An empty label is a syntax error.
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], ""), one_line) or " "


_LONGEST: Final = 60
_DEEPEST: Final = 3

# The entity codes of Mermaid; "#" begins one, "%%" a comment or a directive, and a backslash
# with an "n" is a line break.
_ENTITIES: Final = {
    '"': "#quot;",
    "#": "#35;",
    "&": "#amp;",
    "<": "#lt;",
    ">": "#gt;",
    "\\": "#92;",
    "`": "#96;",
    "%%": "#37;#37;",
}
_SPECIAL: Final = re.compile(r'["#&<>\\`]|%%|[\x00-\x1f\x7f-\x9f]')
