"""Give the ordered vertices of layers their places from left to right: lines become straight."""

from collections.abc import Sequence
from typing import Final

from kobjctl.app.drawing.layers import Layers

BETWEEN: Final = 26.0
_ROUNDS: Final = 24
# Bends in a line are worse than a node off the middle of its neighbours.
_STRAIGHTNESS: Final = 8.0


def spread(graph: Layers) -> list[float]:
    """Return the centre of each vertex, so that none overlaps its neighbours; the leftmost side
    is 0.
    """
    middles = _packed(graph)
    above: dict[int, list[tuple[int, float]]] = {}
    below: dict[int, list[tuple[int, float]]] = {}
    for source, target in graph.links:
        weight = _weight(graph, source, target)
        above.setdefault(target, []).append((source, weight))
        below.setdefault(source, []).append((target, weight))
    for turn in range(_ROUNDS):
        downwards = turn % 2 == 0
        before = above if downwards else below
        for layer in graph.order if downwards else reversed(graph.order):
            wanted = [_wanted(middles, number, before.get(number, ())) for number in layer]
            for number, middle in zip(layer, _placed(graph, layer, wanted), strict=True):
                middles[number] = middle
    left = min(
        middle - vertex.width / 2 for middle, vertex in zip(middles, graph.vertices, strict=True)
    )
    return [middle - left for middle in middles]


def _weight(graph: Layers, source: int, target: int) -> float:
    bends = graph.vertices[source].is_bend + graph.vertices[target].is_bend
    return _STRAIGHTNESS if bends else 1.0


def _packed(graph: Layers) -> list[float]:
    middles = [0.0] * len(graph.vertices)
    for layer in graph.order:
        offsets = _offsets(graph, layer)
        for number, offset in zip(layer, offsets, strict=True):
            middles[number] = offset - offsets[-1] / 2
    return middles


def _offsets(graph: Layers, layer: Sequence[int]) -> list[float]:
    """Return the places of the vertices of a layer when they stand as close as they may."""
    offsets: list[float] = []
    right = 0.0
    for number in layer:
        half = graph.vertices[number].width / 2
        offsets.append(right + half)
        right += 2 * half + BETWEEN
    return [offset - offsets[0] for offset in offsets]


def _wanted(
    middles: Sequence[float], number: int, neighbours: Sequence[tuple[int, float]]
) -> tuple[float, float]:
    """Return where a vertex would best be, and how much that matters."""
    total = sum(weight for _, weight in neighbours)
    if not total:
        return middles[number], 0.1
    return sum(middles[each] * weight for each, weight in neighbours) / total, total


def _placed(
    graph: Layers, layer: Sequence[int], wanted: Sequence[tuple[float, float]]
) -> list[float]:
    """Return the places in their order that are closest to those wanted (least squares).

    Without the room that each needs, that is a sequence that never falls: neighbours that would
    change places are pooled at their mean ("pool adjacent violators").
    """
    offsets = _offsets(graph, layer)
    pools: list[tuple[float, float, int]] = []
    for (place, weight), offset in zip(wanted, offsets, strict=True):
        pool = (place - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            mean = (before[0] * before[1] + pool[0] * pool[1]) / total
            pool = (mean, total, before[2] + pool[2])
        pools.append(pool)
    places = [place for place, _, members in pools for _ in range(members)]
    return [place + offset for place, offset in zip(places, offsets, strict=True)]
