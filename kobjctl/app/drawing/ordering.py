"""Order the vertices of each layer so that few lines cross: the barycentre method."""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Order: TypeAlias = list[list[int]]
Links: TypeAlias = Sequence[tuple[int, int]]

_SWEEPS: Final = 16


def ordered(layers: Order, links: Links) -> Order:
    """Return the layers in the best order that was seen; each link leads to the next layer."""
    above, below = _neighbours(links), _neighbours([link[::-1] for link in links])
    best, fewest = layers, crossings(layers, below)
    order = layers
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        downwards = sweep % 2 == 0
        order = _swept(order, above) if downwards else _swept(order[::-1], below)[::-1]
        crossed = crossings(order, below)
        if crossed < fewest:
            best, fewest = order, crossed
    return best


def crossings(order: Order, below: Mapping[int, Sequence[int]]) -> int:
    """Count the crossings of lines between layers."""
    place = _places(order)
    crossed = 0
    for layer in order:
        ends: list[int] = []
        for vertex in layer:
            targets = [place[each] for each in below.get(vertex, ())]
            crossed += sum(len(ends) - bisect_right(ends, target) for target in targets)
            for target in targets:
                insort(ends, target)
    return crossed


def _swept(order: Order, before: Mapping[int, Sequence[int]]) -> Order:
    """Order each layer by where the neighbours in the layer before it are."""
    place = _places(order[:1])
    swept = order[:1]
    for layer in order[1:]:
        wanted = {}
        for position, vertex in enumerate(layer):
            places = [place[each] for each in before.get(vertex, ())]
            wanted[vertex] = sum(places) / len(places) if places else position
        swept.append(sorted(layer, key=wanted.__getitem__))
        place |= _places(swept[-1:])
    return swept


def _places(order: Order) -> dict[int, int]:
    return {vertex: position for layer in order for position, vertex in enumerate(layer)}


def _neighbours(links: Links) -> dict[int, list[int]]:
    """Return for each vertex those that links lead to it from."""
    found: dict[int, list[int]] = {}
    for source, target in links:
        found.setdefault(target, []).append(source)
    return found
