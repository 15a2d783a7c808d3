from kobjctl.files.document import Document
from kobjctl.files.places import Lines
from kobjctl.model.problem import Span

TEXT = '{"a": [1]}'
DOCUMENT = Document(
    path="x.json",
    text=TEXT,
    data={"a": [1]},
    spans={(): Span(1, 1, 1, 11), ("a",): Span(1, 7, 1, 10), ("a", 0): Span(1, 8, 1, 9)},
    key_spans={("a",): Span(1, 2, 1, 5)},
)


def test_a_path_has_the_place_of_its_value():
    assert Span(1, 8, 1, 9) == DOCUMENT.span(("a", 0))


def test_a_path_has_the_place_of_its_key_when_asked():
    assert Span(1, 2, 1, 5) == DOCUMENT.span(("a",), key=True)


def test_what_is_not_there_has_the_place_of_its_nearest_ancestor():
    assert Span(1, 7, 1, 10) == DOCUMENT.span(("a", 3, "b"))


def test_an_entry_of_a_list_has_no_key_and_so_its_own_place():
    assert Span(1, 8, 1, 9) == DOCUMENT.span(("a", 0), key=True)


def test_a_document_without_places_begins_at_the_start():
    assert Span(1, 1, 1, 1) == Document("x", "", None, {}, {}).span(("a",))


def test_all_line_breaks_of_editors_count_and_no_others():
    lines = Lines("a\r\nb\rc\n\u2028d")

    assert Span(4, 2, 4, 3) == lines.span(8, 9)
    assert Span(1, 1, 3, 2) == lines.span(0, 6)
