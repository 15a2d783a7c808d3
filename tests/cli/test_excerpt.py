"""One line of a file with a mark: as wide as it may be, and the mark below the place."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from kobjctl.cli.output.excerpt import marked

WIDTHS = (16, 20, 40, 78, 120)
# Terminals and tables of widths differ about rare characters; about these they agree.
SIMPLE = st.one_of(
    st.characters(max_codepoint=0x24F, exclude_characters="\xad"),
    st.characters(min_codepoint=0x3B1, max_codepoint=0x3C9),
    st.characters(min_codepoint=0x300, max_codepoint=0x34E),
    st.characters(min_codepoint=0x3041, max_codepoint=0x3096),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0x1F600, max_codepoint=0x1F640),
)


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("target: gone", 8, 12, ("target: gone", 8, "^~~~")),
        ("\ttarget: gone", 9, 13, ("    target: gone", 12, "^~~~")),
        ("名: 無い", 3, 5, ("名: 無い", 4, "^~~~")),
        ("👍 x", 2, 3, ("👍 x", 3, "^")),
        ("e\u0301 x", 3, 4, ("e\u0301 x", 2, "^")),
        ("a\x1b[31mb", 6, 7, (r"a\x1b[31mb", 9, "^")),
        ("a\u202eb", 1, 2, (r"a\u202eb", 1, "^~~~~~")),
        ("end ", 3, 9, ("end", 3, "^")),
        ("end", 40, 41, ("end", 3, "^")),
        ("", 0, 0, ("", 0, "^")),
    ],
)
def test_the_mark_stands_below_the_place(line, start, end, expected):
    shown, before, mark = marked(line, start, end, 78)

    assert expected == (shown, len(before), mark)


@pytest.mark.parametrize("start", [0, 30, 100, 150, 199])
def test_a_long_line_is_cut_around_the_place(start):
    line = "".join(chr(ord("a") + at % 26) for at in range(200))

    shown, before, mark = marked(line, start, start + 4, 40)

    assert 40 >= len(shown)
    assert line[start : start + 4] == shown[len(before) : len(before) + len(mark)]
    assert (start >= 30) == shown.startswith("…")
    assert (start < 170) == shown.endswith("…")


def test_a_place_wider_than_the_screen_is_marked_as_far_as_it_is_shown():
    shown, before, mark = marked("x" * 500, 10, 400, 40)

    assert 40 == len(before + mark + "…") == len(shown)


@given(st.text(SIMPLE), st.integers(0, 90), st.integers(0, 90), st.sampled_from(WIDTHS))
@example("無" * 40, 20, 25, 17)
def test_nothing_is_wider_than_the_room_and_the_mark_is_on_the_line(line, start, length, room):
    shown, before, mark = marked(line, start, start + length, room)

    assert room >= cell_len(shown)
    assert mark
    assert cell_len(shown) >= len(before) + len(mark) - 1
    assert room >= len(before) + len(mark)
    assert shown.isprintable() or not line.isprintable()
    assert "\n" not in shown


def test_a_line_of_megabytes_is_cut_at_once():
    line = '{"name": "' + "x" * 4_000_000 + '"}'

    shown, _, mark = marked(line, 9, len(line) - 1, 78)

    assert 78 == len(shown)
    assert 78 > len(mark)
