"""A JSONPath finds what the library finds, and is never at work for longer than its limit."""

import time

import pytest
from jsonpath_ng.ext.parser import parse

from kobjctl.files import jsonpath
from kobjctl.model.errors import UsageError

DATA = {
    "a": ["a" * 40 + "!", "b", 3, None],
    "n": [{"x": number, "y": {"z": f"n{number}", "list": [1, 2, number]}} for number in range(60)],
    "s": "ab" * 1000,
    "o": {"x": 1, "y": 2},
}
PATHS = [
    "$",
    "a[0]",
    "$.n[*].x",
    "$.n[3:7].y.z",
    "$..z",
    "$..*",
    "$.o.*",
    "$.n[?(@.x > 57)].y.z",
    "$.n[?(@.y.z =~ '5$')].x",
    "$.a[?(@ =~ '^a+!')]",
    "$.n[?(@.y.list[?(@ == 2)])].x",
    "$.n[\\x].x",
    "$.n.`len`",
    "$.o.`keys`",
    "$.n[*].y.z.`sub(/n/, m)`",
    "$.n[*].y.z.`split(n, 1, -1)`",
    "$.o.x + $.o.y",
    "$.o.y * 3",
    "$.n[*].x * 2",
    "$.o.`parent`.s",
    "$.nothing.here",
]
SLOW = [
    "$.a[?(@ =~ '(a|a)*$')]",
    "$..[?(@ =~ '(a|a)*$')]",
    "$.a[0].`sub(/(a|a)*$/, b)`",
]
# Where a path that has no limit would fill the memory before it is done.
LARGE = ["$.s * 99999999999", "$.a * 99999999999"]
DOUBLED = ".`sub(/(.*)/, \\\\1\\\\1\\\\1\\\\1\\\\1\\\\1\\\\1\\\\1)`"


@pytest.fixture
def short(monkeypatch):
    """A limit that the tests need not wait for."""
    monkeypatch.setattr(jsonpath, "TIME_LIMIT", 0.05)


@pytest.mark.parametrize("path", PATHS)
def test_what_the_library_finds_is_found(path):
    full = path if path.startswith("$") else f"$.{path}"

    assert [match.value for match in parse(full).find(DATA)] == jsonpath.find(path, DATA)


@pytest.mark.parametrize("path", SLOW)
def test_what_would_be_at_work_for_ever_is_stopped(short, path):
    started = time.process_time()

    with pytest.raises(UsageError, match="took longer than"):
        jsonpath.find(path, DATA)

    assert time.process_time() - started < 5


@pytest.mark.parametrize("path", LARGE)
def test_only_numbers_are_multiplied(path):
    assert [] == jsonpath.find(path, DATA)


def test_a_text_that_grows_without_end_is_refused():
    with pytest.raises(UsageError, match="is too long: "):
        jsonpath.find("$.s" + DOUBLED * 8, DATA)


def test_a_broken_expression_is_told_without_any_value():
    with pytest.raises(UsageError, match="is not a JSONPath: missing"):
        jsonpath.find("$.a[?(@ =~ '(')]", None)


@pytest.fixture
def looked(monkeypatch):
    """A clock that is a millisecond further at each look; the number of looks at it."""
    looks = []

    def started():
        first = len(looks)
        return lambda: looks.append(1) or float(len(looks) - first)

    monkeypatch.setattr(jsonpath, "stopwatch", started)
    return looks


def test_a_path_of_many_ways_is_stopped_when_its_time_is_over(looked):
    with pytest.raises(UsageError, match="took longer than 1 s"):
        jsonpath.find("$..*..*..*..*..*..*", DATA)

    assert 1000 == len(looked)


def test_each_search_has_the_whole_time(looked):
    for _ in range(50):
        assert 60 == len(jsonpath.find("$.n[*].x", DATA))

    assert 1000 < len(looked)
