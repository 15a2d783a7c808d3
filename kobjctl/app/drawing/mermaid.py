"""Draw a workflow as a Mermaid flowchart."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from kobjctl.app.drawing.conditions import condition_text
from kobjctl.model.secrets import excerpt
from kobjctl.model.unseen import shown
from kobjctl.model.values import Json, JsonPath
from kobjctl.model.workflow import Step, Transition, Workflow


def mermaid(
    workflow: Workflow, untaken: Collection[JsonPath] = (), partly: Collection[JsonPath] = ()
) -> str:
    """Return the text of a Mermaid `flowchart TD`, ending in a line break.

    The trigger is a stadium, a step with an action a box and one without a diamond
    (`manual/platform.md 1.3, 1.5`). Error cases are dotted, and a target that no
    step has is a node of its own, marked as unknown. The same workflow gives the same text.

    The steps and transitions at the paths `untaken` are marked as such, and so are the transitions
    at the paths `partly`.
    """
    nodes = (workflow.trigger, *workflow.steps)
    paths: list[JsonPath] = [("trigger",), *(("steps", at) for at in range(len(workflow.steps)))]
    marks = [":::untaken" if path in untaken else "" for path in paths]
    names = _first_names(nodes)
    unknown = _unknown_names(nodes, names)
    lines = ["flowchart TD", f"    n0([{_quoted(workflow.event_name or 'trigger')}]){marks[0]}"]
    lines += [f"    n{at}{_shape(step)}{marks[at]}" for at, step in enumerate(workflow.steps, 1)]
    lines += [f"    {name}[{_quoted(target)}]:::unknown" for target, name in unknown.items()]
    names |= unknown
    for index, step in enumerate(nodes):
        lines += [f"    n{index} {edge}" for edge in _edges(step, names)]
    ways = [way for path, step in zip(paths, nodes, strict=True) for way in _ways(path, step)]
    lines += _link_styles("untaken", [way in untaken for way in ways])
    lines += _link_styles("partly", [way in partly for way in ways])
    if unknown:
        lines.append(f"    classDef unknown {_STYLES['unknown']}")
    if any(marks):
        lines.append(f"    classDef untaken {_STYLES['untaken']}")
    return "\n".join(lines) + "\n"


def _ways(path: JsonPath, step: Step) -> Iterator[JsonPath]:
    """Yield the paths of a step's edges, in the order in which they are drawn."""
    for key, ways in (("transitions", step.transitions), ("errorCases", step.error_cases)):
        yield from ((*path, key, index) for index in range(len(ways)))


def _link_styles(style: str, marked: Sequence[bool]) -> Iterator[str]:
    """Yield the line that gives edges a style; Mermaid knows an edge by its number."""
    numbers = [str(number) for number, is_marked in enumerate(marked) if is_marked]
    if numbers:
        yield f"    linkStyle {','.join(numbers)} {_STYLES[style]}"


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
            words = label(way)
            yield f"{arrow}{f'|{_quoted(words)}|' if words else ''} {names[way.target]}"


def label(way: Transition) -> str:
    """Return the label of a way, else its condition in a few words; none if it always holds."""
    if way.label.strip():
        return way.label
    return words_of(way.condition)


def words_of(condition: Json) -> str:
    """Say a condition in a few words; in none if it always holds."""
    return excerpt(
        condition_text(condition, _DEEPEST).replace("/#", ""), _LONGEST, "...", _LONGEST - 3
    )


def _quoted(*lines: str) -> str:
    """Quote text for Mermaid, so that nothing in it is read as Mermaid, Markdown or HTML."""
    return '"' + "<br/>".join(_escaped(line) for line in lines) + '"'


def _escaped(text: str) -> str:
    one_line = shown(" ".join(text.split()))
    # An empty label is a syntax error.
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], one_line) or " "


_STYLES: Final = {
    "unknown": "fill:#fdd,stroke:#c00,color:#600",
    "untaken": "stroke:#c00,stroke-width:2px,stroke-dasharray:5",
    "partly": "stroke:#c70,stroke-width:2px",
}
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
_SPECIAL: Final = re.compile(r'["#&<>\\`]|%%')
