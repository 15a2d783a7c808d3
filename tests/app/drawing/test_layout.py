"""What holds of every layout: nothing overlaps, arrows lead down unless they lead back."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kobjctl.app.drawing.layers import Arrow, layered
from kobjctl.app.drawing.layout import lay_out
from kobjctl.app.drawing.ordering import crossings, ordered


@st.composite
def graphs(draw):
    """Nodes of different widths with arrows of any kind: loops, doubles, back, to themselves."""
    count = draw(st.integers(1, 9))
    names = [f"n{number}" for number in range(count)]
    widths = st.sampled_from([40.0, 90.0, 200.0])
    nodes = {name: (draw(widths), 50.0) for name in names}
    ends = st.sampled_from(names)
    label = st.sampled_from([(0.0, 0.0), (60.0, 16.0), (120.0, 32.0)])
    return nodes, draw(st.lists(st.builds(Arrow, ends, ends, label), max_size=16))


def overlap(one, other):
    apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2 - 1e-6
    apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2 - 1e-6
    return not (apart_x or apart_y)


@given(graph=graphs())
@settings(max_examples=150)
def test_nodes_and_labels_never_overlap_and_are_in_the_frame(graph):
    nodes, arrows = graph
    layout = lay_out(nodes, arrows)

    boxes = [*layout.nodes.values(), *(route.label for route in layout.routes)]
    solid = [box for box in boxes if box.width and box.height]
    assert [] == [pair for pair in combinations(solid, 2) if overlap(*pair)]
    for box in boxes:
        assert -1e-6 <= box.x - box.width / 2
        assert box.x + box.width / 2 <= layout.width + 1e-6
        assert box.bottom <= layout.height + 1e-6


@given(graph=graphs())
def test_arrows_go_from_node_to_node_and_down_unless_they_lead_back(graph):
    nodes, arrows = graph
    layout = lay_out(nodes, arrows)

    for arrow, route in zip(arrows, layout.routes, strict=True):
        source, target = layout.nodes[arrow.source], layout.nodes[arrow.target]
        (start_x, start_y), (end_x, end_y) = route.points[0], route.points[-1]
        assert (source.bottom, target.top) == (start_y, end_y)
        assert abs(start_x - source.x) <= source.width / 2
        assert abs(end_x - target.x) <= target.width / 2
        if not route.is_back:
            assert all(one[1] <= other[1] for one, other in pairwise(route.points))


def test_what_leads_back_in_a_loop_is_the_way_to_its_beginning():
    size, label = (50.0, 50.0), (0.0, 0.0)
    nodes = dict.fromkeys(("trigger", "first", "second"), size)
    ways = [("trigger", "first"), ("first", "second"), ("second", "first"), ("second", "second")]
    layout = lay_out(nodes, [Arrow(*way, label) for way in ways])

    assert [False, False, True, True] == [route.is_back for route in layout.routes]
    heights = [layout.nodes[node].y for node in nodes]
    assert heights == sorted(set(heights))


def test_lines_that_need_not_cross_do_not():
    layers, links = [[0, 1, 2], [3, 4, 5]], [(0, 5), (1, 4), (2, 3)]
    below = {source: [target] for source, target in links}

    assert 3 == crossings(layers, below)
    assert 0 == crossings(ordered(layers, links), below)


def test_a_chain_is_straight_and_a_long_way_goes_around_it():
    nodes = dict.fromkeys("abcd", (80.0, 40.0))
    ways = ["ab", "bc", "cd", "ad"]
    arrows = [Arrow(*way, (0.0, 0.0)) for way in ways]
    layout = lay_out(nodes, arrows)

    long_way = layout.routes[3].points[1:-1]
    for node in "bc":
        box = layout.nodes[node]
        passing = [x for x, y in long_way if box.top <= y <= box.bottom]
        assert passing
        assert all(abs(x - box.x) > box.width / 2 for x in passing)
    assert [0, 2, 4, 6] == [each.layer for each in layered(nodes, arrows).vertices[:4]]
