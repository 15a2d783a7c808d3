"""Give the nodes of a directed graph places in layers, from top to bottom (Sugiyama's method).

An arrow has a label, for which room is kept: below each layer of nodes is one of labels. An
arrow that leads back (seen by a depth-first search from the first node) goes round at the right.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from kobjctl.app.drawing.ordering import ordered
from kobjctl.model.graph import postorder

Size: TypeAlias = tuple[float, float]


class Arrow(NamedTuple):
    """An edge between two nodes, with the size of its label."""

    source: str
    target: str
    label: Size


class Vertex(NamedTuple):
    """A node, a label or a bend in its layer; the layers of nodes have even numbers."""

    layer: int
    width: float
    height: float
    is_bend: bool = False


class Layers(NamedTuple):
    """A graph in layers: vertices by number, and the numbers of each layer from left to right.

    The first vertices are the nodes, in their order. `chains` has for each arrow the numbers of
    its label and bends; None for one that leads back.
    """

    vertices: Sequence[Vertex]
    order: Sequence[Sequence[int]]
    links: Sequence[tuple[int, int]]
    chains: Sequence[Sequence[int] | None]


def layered(nodes: Mapping[str, Size], arrows: Sequence[Arrow]) -> Layers:
    """Put nodes, labels and bends into layers; the first node is the one to begin at."""
    rank = _ranks(nodes, arrows)
    onward = [rank[arrow.source] < rank[arrow.target] for arrow in arrows]
    depth = _depths(rank, [arrow for arrow, on in zip(arrows, onward, strict=True) if on])
    number = {node: position for position, node in enumerate(nodes)}
    vertices = [Vertex(2 * depth[node], *size) for node, size in nodes.items()]
    links: list[tuple[int, int]] = []
    chains: list[Sequence[int] | None] = []
    for arrow, leads_on in zip(arrows, onward, strict=True):
        if not leads_on:
            chains.append(None)
            continue
        start, end = (number[each] for each in (arrow.source, arrow.target))
        first, last = vertices[start].layer + 1, vertices[end].layer
        chain = range(len(vertices), len(vertices) + last - first)
        vertices.append(Vertex(first, *arrow.label))
        vertices += [Vertex(layer, 0, 0, is_bend=True) for layer in range(first + 1, last)]
        links += pairwise((start, *chain, end))
        chains.append(chain)
    return Layers(vertices, ordered(_by_layer(vertices), links), links, chains)


def _ranks(nodes: Iterable[str], arrows: Iterable[Arrow]) -> dict[str, int]:
    """Number the nodes so that only an arrow that leads back goes to a number that is no higher."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for arrow in arrows:
        after[arrow.source].append(arrow.target)
    order = reversed(postorder(tuple(after), after))
    return {node: position for position, node in enumerate(order)}


def _depths(rank: Mapping[str, int], onward: Iterable[Arrow]) -> dict[str, int]:
    """Return for each node the length of the longest way to it."""
    depth = dict.fromkeys(rank, 0)
    for arrow in sorted(onward, key=lambda arrow: rank[arrow.source]):
        depth[arrow.target] = max(depth[arrow.target], depth[arrow.source] + 1)
    return depth


def _by_layer(vertices: Sequence[Vertex]) -> list[list[int]]:
    layers: list[list[int]] = [[] for _ in range(max(each.layer for each in vertices) + 1)]
    for number, vertex in enumerate(vertices):
        layers[vertex.layer].append(number)
    return layers
