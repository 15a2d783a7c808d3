"""Streams of payloads: where one ends and the next begins, whatever stands in them."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.limits import PAYLOAD_LIMIT
from kobjctl.files.payloads import stream as payload_stream
from kobjctl.files.payloads.stream import split

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def pieces(raw, **known):
    return list(split(io.BytesIO(raw), **known))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"a":1}\n{"b":2}\n', [(1, b'{"a":1}'), (2, b'{"b":2}')]),
        (b'{"a":1}\r\n\r\n{"b":2}', [(1, b'{"a":1}'), (3, b'{"b":2}')]),
        (b'\xef\xbb\xbf{"a":1}\n2\n', [(1, b'{"a":1}'), (2, b"2")]),
        (b"1\nbad\n[]\n", [(1, b"1"), (2, b"bad"), (3, b"[]")]),
        (b'{"a":\n{"b":1}\n', [(1, b'{"a":'), (2, b'{"b":1}')]),
        (b"[1]\n[2]\n", [(1, b"[1]"), (2, b"[2]")]),
        (b'{"a":1}', [(1, b'{"a":1}')]),
        (b'{\n"a": 1}\n', [(0, b'{\n"a": 1}\n')]),
        (b'\n{\n"a": 1}', [(0, b'\n{\n"a": 1}')]),
        (b"", [(0, b"")]),
        (b" \n ", [(0, b"")]),
        (b"[]", []),
        (b" [ ] ", []),
        (b'[{"a":1}, 2,\n"]"]', [(1, b'{"a":1}'), (2, b"2"), (3, b'"]"')]),
        (b"[\n[1],\n[2]\n]", [(1, b"[1]"), (2, b"[2]")]),
        (b'[{"a":},{"b":1}]', [(1, b'{"a":}'), (2, b'{"b":1}')]),
        (b'[{"a": ], 2]', [(1, b'{"a": ]'), (2, b"2")]),
        (b'["a\\",]",2]', [(1, b'"a\\",]"'), (2, b"2")]),
        (b'[{"a":"b},\n2]', [(1, b'{"a":"b},\n2]')]),
        (b"[\xff,2]", [(1, b"\xff"), (2, b"2")]),
        (b"[1 2,3]", [(1, b"1 2"), (2, b"3")]),
        (b"[1,]", [(1, b"1"), (2, b"")]),
        (b"[,1]", [(1, b""), (2, b"1")]),
        (b"[NaN,1]", [(1, b"NaN"), (2, b"1")]),
        (b"[" + b"[" * 3000 + b"]" * 3000 + b",1]", [(1, b"[" * 3000 + b"]" * 3000), (2, b"1")]),
    ],
)
def test_a_stream_is_split_into_its_payloads(raw, expected):
    assert expected == [(piece.number, piece.raw) for piece in pieces(raw) if not piece.fault]


@pytest.mark.parametrize(
    ("raw", "fault", "number"),
    [
        (b"[1,2", "the array is not closed", 3),
        (b"[", "the array is not closed", 1),
        (b"[1,", "the array is not closed", 2),
        (b"[1]{}", "there is more text after the end of the array", 2),
        (b"[] 1", "there is more text after the end of the array", 1),
    ],
)
def test_what_is_wrong_with_an_array_is_its_last_piece(raw, fault, number):
    last = pieces(raw)[-1]

    assert (fault, number) == (last.fault, last.number)


def test_blank_lines_without_end_are_not_kept_to_see_what_follows(monkeypatch):
    monkeypatch.setattr(payload_stream, "_LINE", 10)

    assert [(0, b"\n" * 5 + b"{\n}")] == [each[:2] for each in pieces(b"\n" * 5 + b"{\n}")]
    assert [(51, b"{"), (52, b"}")] == [each[:2] for each in pieces(b"\n" * 50 + b"{\n}")]


def test_lines_and_documents_are_what_they_are_said_to_be():
    assert [b"[1,2]", b"{"] == [piece.raw for piece in pieces(b"[1,2]\n{\n", lines=True)]
    assert [] == pieces(b"", lines=True)
    assert [b"1\n2\n"] == [piece.raw for piece in pieces(b"1\n2\n", document=True)]


@pytest.mark.parametrize(
    "form", ["1\n{}\n2", "[1,{},2]", "[{},2]", "{}\n2"], ids=["line", "element", "first", "line 1"]
)
@pytest.mark.parametrize("size", [PAYLOAD_LIMIT, PAYLOAD_LIMIT + 1, 3 * PAYLOAD_LIMIT])
@pytest.mark.parametrize("end", ['"', ""])
def test_a_payload_that_is_too_large_is_told_by_its_size_and_not_kept(form, size, end):
    text = ('"' + "x" * size)[: size - 1] + end
    found = pieces(form.replace("{}", text).encode())

    large = max(found, key=lambda piece: piece.size)
    assert len(text) <= large.size
    assert PAYLOAD_LIMIT + 5000 > len(large.raw) or end == '"'
    if end:
        assert len(text) == large.size
        assert b"2" == found[-1].raw


@given(values=st.lists(JSON), indent=st.sampled_from([None, 1]), chunk=st.integers(1, 9))
def test_an_array_is_its_elements_wherever_it_is_cut(values, indent, chunk):
    raw = json.dumps(values, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(payload_stream, "_CHUNK", chunk)
        patch.setattr(payload_stream, "_AHEAD", 4)
        found = [json.loads(piece.raw) for piece in pieces(b"\n" + raw)]

    assert values == found


@given(values=st.lists(JSON, min_size=2))
def test_lines_are_their_values(values):
    raw = "".join(f"{json.dumps(value)}\n" for value in values).encode()

    assert values == [json.loads(piece.raw) for piece in pieces(raw)]


@given(raw=st.text('[]{},"\\\n 1', max_size=30).map(str.encode))
def test_nothing_of_an_array_is_lost(raw):
    found = pieces(b"[" + raw)
    kept = b"".join(piece.raw for piece in found)

    if not any("more text" in piece.fault for piece in found):
        spaces = b" \n"
        assert (raw.translate(None, spaces + b",]").replace(b"[", b"")) == (
            kept.translate(None, spaces + b",]").replace(b"[", b"")
        )


class Endless(io.RawIOBase):
    """A stream that says the same for ever; `given` counts its bytes."""

    def __init__(self, byte):
        self.byte, self.given = byte, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = self.byte * len(buffer)
        self.given += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("known", [{}, {"lines": True}, {"document": True}])
@pytest.mark.parametrize("byte", [b"[", b"{", b"\0", b'"', b"1"])
def test_what_has_no_end_is_given_up(monkeypatch, in_time, byte, known):
    monkeypatch.setattr(payload_stream, "_MOST", 4_000_000)
    stream = Endless(byte)

    with in_time():
        found = list(split(io.BufferedReader(stream), **known))

    assert 1 == len(found)
    assert "kobjctl reads no further" in found[0].fault
    assert 6_000_000 > stream.given


def test_blank_lines_are_passed_over_a_buffer_at_a_time(in_time):
    raw = b"{\n" + b"\n \r\n" * 20_000_000 + b"}\n"

    with in_time():
        found = list(split(io.BufferedReader(io.BytesIO(raw)), lines=True))
        nothing = list(split(io.BufferedReader(io.BytesIO(raw[2:-2]))))

    assert [(1, b"{"), (40_000_002, b"}")] == [each[:2] for each in found]
    assert [(0, b"")] == [each[:2] for each in nothing]
