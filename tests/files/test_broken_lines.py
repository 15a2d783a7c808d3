"""A broken document that is said to be lines is told of once, and not line by line for ever."""

import io
import itertools
import json

import pytest

from kobjctl.files.payloads.broken_lines import whole_lists
from kobjctl.files.payloads.stream import split

RECORDS = [{"id": number, "tags": ["a", {}, 7], "name": {}} for number in range(400)]
PRETTY = json.dumps(RECORDS, indent=1)


def given(raw, **known):
    told = []
    found = list(whole_lists(split(io.BufferedReader(io.BytesIO(raw)), **known), told.append))
    return found, told


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (PRETTY, "it is probably one document over many lines"),
        (
            PRETTY.replace('"id": 7,', '"id": 7'),
            (
                "it is probably one document with an error at line 67, column 1 "
                '("," or "}" is expected here, not "tags")'
            ),
        ),
        (
            "\n".join(json.dumps(each, indent=1) for each in RECORDS),
            (
                "each payload takes several lines"
                " (write each payload on one line, as jq -c . FILE does)"
            ),
        ),
        ("id,name\n" * 3000, "it does not look like JSON"),
        ("[" * 999 + "\n" + "[\n" * 2999, "it is nested too deeply"),
    ],
)
def test_the_likely_cause_is_told_after_a_thousand(text, cause):
    lines = text.count("\n") + (not text.endswith("\n"))

    found, told = given(text.encode(), lines=True)

    assert [
        (
            f"{cause}: hardly any of the first 1,000 lines is JSON, and {lines - 1000:,} more"
            " were skipped"
        )
    ] == told
    assert 1001 == len(found)
    assert told == [found[-1].fault]
    assert 1001 == found[-1].number


def test_what_looks_like_a_payload_within_a_broken_document_is_none():
    found, _ = given(PRETTY.encode(), lines=True)

    sevens = [piece for piece in found if piece.raw == b"7"]
    assert sevens
    assert all(piece.fault for piece in sevens)


def test_an_array_of_what_is_no_json_is_cut_too():
    found, told = given(b"[" + b"{a},\n" * 5000 + b"{}]")

    assert 1001 == len(found)
    assert found[-1].is_element
    assert "1,000 elements" in told[0]


@pytest.mark.parametrize(
    "lines",
    [
        ["{"] * 999,
        ["bad", *["{}"] * 5000],
        ["{}", *["bad"] * 5000],
        ["bad", "{}", *["bad"] * 5000],
        [*["bad"] * 900, *["[1]"] * 100, *["bad"] * 5000],
    ],
)
def test_lists_with_bad_lines_are_given_whole(lines):
    found, told = given("\n".join(lines).encode(), lines=True)

    assert lines == [piece.raw.decode() for piece in found]
    assert [] == told
    assert not any(piece.fault for piece in found)


def test_a_payload_behind_a_bad_line_does_not_wait_for_a_thousand():
    read = []

    def pieces():
        for piece in split(io.BytesIO(b"bad\n" + b"{}\n" * 100), lines=True):
            read.append(piece)
            yield piece

    first = list(itertools.islice(whole_lists(pieces(), lambda _: None), 2))

    assert [b"bad", b"{}"] == [piece.raw for piece in first]
    assert 2 == len(read)
