"""Write a laid out graph as SVG; how it looks is said in a style sheet, by class.

Colours are not all that tells ways apart: what a node or a way is stands in its words.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from kobjctl.app.drawing.layers import Arrow, Size
from kobjctl.app.drawing.layout import ArrowRoute, Box, Layout, Point, lay_out
from kobjctl.files.xml_text import escaped
from kobjctl.model.secrets import excerpt

_MARGIN: Final = 14.0
_LINE: Final = 16.0
_PADDING: Final = 9.0
_LONGEST: Final = 30
_CORNER: Final = 7.0
_THINNEST: Final = 1.4
_THICKEST: Final = 10.0
# The width of a letter, in the size of its font: fonts differ, so it is on the safe side.
_WIDE, _CAPITAL, _SMALL = 1.05, 0.72, 0.56
_TITLE_SIZE, _TEXT_SIZE = 13.0, 11.0


class Node(NamedTuple):
    """A node with its title and further lines, each (class, text); `hint` is its full story."""

    id: str
    shape: str
    title: str
    lines: Sequence[tuple[str, str]]
    hint: str
    classes: str = ""


class Edge(NamedTuple):
    """A way between two nodes with the lines of its label; `share` of the widest line's width."""

    source: str
    target: str
    lines: Sequence[str]
    share: float
    hint: str
    classes: str = ""


def draw(
    name: str, title: str, nodes: Sequence[Node], edges: Sequence[Edge], description: str
) -> str:
    """Return an `svg` element with `title` and the description `told`.

    `name` begins the ids in it, so that several can stand on a page. The first node is that to
    begin at; ids are unique, and edges lead from and to nodes.
    """
    sizes = {node.id: _node_size(node) for node in nodes}
    highest = max(height for _, height in sizes.values())
    layout = lay_out(
        {node: (width, highest) for node, (width, _) in sizes.items()},
        [Arrow(edge.source, edge.target, _label_size(edge)) for edge in edges],
    )
    parts = [_head(name, title, description, layout)]
    for edge, route in zip(edges, layout.routes, strict=True):
        parts += _edge(edge, route)
    for edge, route in zip(edges, layout.routes, strict=True):
        parts += _label(edge, route.label)
    for node in nodes:
        parts += _node(node, layout.nodes[node.id])
    return "\n".join([*parts, "</svg>"])


def shortened(text: str) -> str:
    """Return a text as short as a node or a label has room for."""
    return excerpt(" ".join(text.split()), _LONGEST, room=_LONGEST - 1)


def _text_width(text: str, size: float) -> float:
    return size * sum(
        _WIDE
        if east_asian_width(letter) in "WF"
        else _CAPITAL
        if letter.isupper() or letter in "mw%@→✗"
        else _SMALL
        for letter in text
    )


def _node_size(node: Node) -> Size:
    widths = [_text_width(node.title, _TITLE_SIZE)]
    widths += [_text_width(line, _TEXT_SIZE) for _, line in node.lines]
    return max(widths) + 4 * _PADDING, _LINE * (1 + len(node.lines)) + 2 * _PADDING


def _label_size(edge: Edge) -> Size:
    width = max((_text_width(line, _TEXT_SIZE) for line in edge.lines), default=0.0)
    return width + _PADDING, _LINE * len(edge.lines)


def _head(name: str, title: str, description: str, layout: Layout) -> str:
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    box = f"{-_MARGIN:g} {-_MARGIN:g} {width:.0f} {height:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:.0f}"'
        f' height="{height:.0f}" role="img" aria-labelledby="{name}-title {name}-told">\n'
        f'<title id="{name}-title">{escaped(title)}</title>\n'
        f'<desc id="{name}-told">{escaped(description)}</desc>'
    )


def _edge(edge: Edge, route: ArrowRoute) -> Iterator[str]:
    width = _THINNEST + (_THICKEST - _THINNEST) * edge.share
    head = 6 + width * 0.8
    *points, (x, y) = route.points
    line = _line([*points, (x, y - head)], is_straight=route.is_back)
    tip = f"{x - head / 2:.1f},{y - head:.1f} {x + head / 2:.1f},{y - head:.1f} {x:.1f},{y:.1f}"
    yield f'<g class="way {edge.classes}"><title>{escaped(edge.hint)}</title>'
    yield f'<path d="{line}" stroke-width="{width:.1f}"/><polygon points="{tip}"/></g>'


def _line(points: Sequence[Point], *, is_straight: bool) -> str:
    (x, y), *rest = points
    steps = [f"M{x:.1f},{y:.1f}"]
    for next_x, next_y in rest:
        if is_straight or x == next_x:
            steps.append(f"L{next_x:.1f},{next_y:.1f}")
        else:
            middle = (y + next_y) / 2
            steps.append(
                f"C{x:.1f},{middle:.1f} {next_x:.1f},{middle:.1f} {next_x:.1f},{next_y:.1f}"
            )
        x, y = next_x, next_y
    return " ".join(steps)


def _label(edge: Edge, box: Box) -> Iterator[str]:
    if not edge.lines:
        return
    yield f'<g class="label {edge.classes}">{_rectangle(box, 4)}'
    yield from _texts([("", line) for line in edge.lines], box, _TEXT_SIZE)
    yield "</g>"


def _node(node: Node, box: Box) -> Iterator[str]:
    yield f'<g class="node {node.classes}"><title>{escaped(node.hint)}</title>'
    yield _SHAPES[node.shape](box)
    yield from _texts([("name", node.title), *node.lines], box, _TEXT_SIZE)
    yield "</g>"


def _texts(lines: Sequence[tuple[str, str]], box: Box, size: float) -> Iterator[str]:
    first = box.y - _LINE * (len(lines) - 1) / 2 + size * 0.36
    for place, (kind, line) in enumerate(lines):
        at = f'x="{box.x:.1f}" y="{first + _LINE * place:.1f}"'
        yield f'<text class="{kind}" {at}>{escaped(line)}</text>'


def _rectangle(box: Box, corner: float) -> str:
    return (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.top:.1f}" width="{box.width:.1f}"'
        f' height="{box.height:.1f}" rx="{corner:g}"/>'
    )


def _hexagon(box: Box) -> str:
    left, right, cut = box.x - box.width / 2, box.x + box.width / 2, 1.6 * _PADDING
    points = [
        (left, box.y),
        (left + cut, box.top),
        (right - cut, box.top),
        (right, box.y),
        (right - cut, box.bottom),
        (left + cut, box.bottom),
    ]
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


_SHAPES: Final[dict[str, Callable[[Box], str]]] = {
    "box": lambda box: _rectangle(box, _CORNER),
    "stadium": lambda box: _rectangle(box, box.height / 2),
    "hexagon": _hexagon,
}
