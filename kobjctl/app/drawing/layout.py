"""The places of nodes and labels of a graph, and the lines between them."""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Final, NamedTuple, TypeAlias

from kobjctl.app.drawing.layers import Arrow, Layers, Size, layered
from kobjctl.app.drawing.spreading import BETWEEN, spread

Point: TypeAlias = tuple[float, float]

_BETWEEN_LAYERS: Final = 22.0
_BETWEEN_PORTS: Final = 22.0
# So much of a node's side may have lines.
_SIDE: Final = 0.7


class Box(NamedTuple):
    """The centre of a node or label, and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Where its upper side is."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Where its lower side is."""
        return self.y + self.height / 2


class ArrowRoute(NamedTuple):
    """The points that an arrow goes through, its label, and whether it leads back."""

    points: Sequence[Point]
    label: Box
    is_back: bool


class Layout(NamedTuple):
    """Places of nodes and the routes of arrows, in a frame from (0, 0) to (width, height)."""

    nodes: Mapping[str, Box]
    routes: Sequence[ArrowRoute]
    width: float
    height: float


def lay_out(nodes: Mapping[str, Size], arrows: Sequence[Arrow]) -> Layout:
    """Return every node a place, from top to bottom, and every arrow a route.

    The first node is the one to begin at. An arrow that leads back goes round at the right.
    """
    graph = layered(nodes, arrows)
    boxes = _boxes(graph)
    placed = dict(zip(nodes, boxes, strict=False))
    leaving, reaching = _around(arrows, graph, boxes)
    routes: dict[int, ArrowRoute] = {}
    right = max(box.x + box.width / 2 for box in boxes)
    for index in sorted(range(len(arrows)), key=lambda each: _span(arrows[each], placed)):
        arrow, chain = arrows[index], graph.chains[index]
        start = _port(placed[arrow.source], leaving[arrow.source], index)
        end = _port(placed[arrow.target], reaching[arrow.target], index)
        ends = (start, placed[arrow.source].bottom), (end, placed[arrow.target].top)
        if chain is None:
            routes[index] = _back(ends, arrow.label, right + BETWEEN)
            right += BETWEEN + arrow.label[0]
        else:
            routes[index] = _onward(ends, [boxes[each] for each in chain])
    bottom = max(box.bottom for box in boxes)
    return Layout(placed, [routes[index] for index in range(len(arrows))], right, bottom)


def _boxes(graph: Layers) -> list[Box]:
    """Return the place of each vertex; a bend is as high as its layer, so that lines pass it."""
    heights = [max(graph.vertices[each].height for each in layer) for layer in graph.order]
    middles = spread(graph)
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height + _BETWEEN_LAYERS)
    boxes = []
    for vertex, x in zip(graph.vertices, middles, strict=True):
        y = tops[vertex.layer] + heights[vertex.layer] / 2
        height = heights[vertex.layer] if vertex.is_bend else vertex.height
        boxes.append(Box(x, y, vertex.width, height))
    return boxes


def _around(
    arrows: Sequence[Arrow], graph: Layers, boxes: Sequence[Box]
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return which arrows leave and reach each node, by their numbers, from left to right."""
    leaving: dict[str, list[int]] = {}
    reaching: dict[str, list[int]] = {}
    for index, arrow in enumerate(arrows):
        leaving.setdefault(arrow.source, []).append(index)
        reaching.setdefault(arrow.target, []).append(index)

    def place(index: int, bend: int) -> float:
        chain = graph.chains[index]
        return inf if chain is None else boxes[chain[bend]].x

    for indexes in leaving.values():
        indexes.sort(key=lambda index: place(index, 0))
    for indexes in reaching.values():
        indexes.sort(key=lambda index: place(index, -1))
    return leaving, reaching


def _span(arrow: Arrow, placed: Mapping[str, Box]) -> float:
    return abs(placed[arrow.source].y - placed[arrow.target].y)


def _port(box: Box, indexes: Sequence[int], index: int) -> float:
    """Return where one of the arrows at a side of a node meets it."""
    between = min(_BETWEEN_PORTS, box.width * _SIDE / len(indexes))
    return box.x + (indexes.index(index) - (len(indexes) - 1) / 2) * between


def _onward(ends: tuple[Point, Point], chain: Sequence[Box]) -> ArrowRoute:
    passed = [point for box in chain for point in ((box.x, box.top), (box.x, box.bottom))]
    return ArrowRoute([ends[0], *passed, ends[1]], chain[0], is_back=False)


def _back(ends: tuple[Point, Point], label: Size, left: float) -> ArrowRoute:
    """Lead an arrow out below its source, up in a lane of its own, and in above its target."""
    (start, below), (end, above) = ends
    lane = left + label[0] / 2
    low, high = below + _BETWEEN_LAYERS / 2, above - _BETWEEN_LAYERS / 2
    points = [(start, below), (start, low), (lane, low), (lane, high), (end, high), (end, above)]
    return ArrowRoute(points, Box(lane, (low + high) / 2, *label), is_back=True)
