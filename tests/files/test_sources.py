"""The lines that problems point at are those of their files."""

import pytest

from kobjctl.files.places import SourceLines


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b"one\ntwo", ["one", "two"]),
        (b"one\r\ntwo\r\n", ["one", "two", ""]),
        (b"one\rtwo", ["one", "two"]),
        (b"\xef\xbb\xbfone", ["one"]),
        ("one\u2028on\x85on".encode(), ["one\u2028on\x85on"]),
        (b"one \xff", ["one \ufffd"]),
        (b"", [""]),
    ],
)
def test_lines_are_those_that_places_count(tmp_path, raw, lines):
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    sources = SourceLines()

    assert lines == [sources.line(str(path), number) for number in range(1, len(lines) + 1)]
    assert "" == sources.line(str(path), len(lines) + 1)
    assert "" == sources.line(str(path), 0)


def test_a_file_that_is_gone_has_no_lines(tmp_path):
    assert "" == SourceLines().line(str(tmp_path / "x.yaml"), 1)
    assert "" == SourceLines().line("a\0b", 1)


def test_a_text_that_is_in_no_file_comes_before_the_file_of_its_name(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("saved")

    assert "typed" == SourceLines({str(path): "typed"}).line(str(path), 1)


def test_lines_of_several_files_are_given_in_any_order(tmp_path):
    for name in "ab":
        (tmp_path / name).write_text(name)
    sources = SourceLines()

    assert ["a", "b", "a"] == [sources.line(str(tmp_path / name), 1) for name in "aba"]
