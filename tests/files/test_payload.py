import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.payloads.payload import PayloadError, read_payload

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc\U0001f600"), inner),
)

# The bytes of a payload, and what the error says after the name.
BAD = {
    "nothing": (b"", ": the payload is empty"),
    "only blanks": (b" \n", ": the payload is empty"),
    "more than 400 KB": (b" " * 409_600 + b"1", ": the payload has 409,601 bytes, more than"),
    "a byte of Latin 1": (b'{"a":\n"\xe9"}', ":2:2: the byte 0xe9 is not UTF-8"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), ":1:1: the byte 0xff is not UTF-8"),
    "a form": (b"a=1&b=2", ':1:1: "a" has no quotes'),
    "a comma too many": (b'{"a": 1,\n}', ':1:8: no comma may stand before "}"'),
    "two values": (b"1 2", ":1:3: nothing may follow the JSON value"),
    "a key that is there twice": (b'{"a": 1,\n "a": 2}', ':2:2: the key "a" is already on line 1'),
    "such a key inside": (b'[{"b": {"a": 1, "a": 1}}]', ':1:17: the key "a" is already on line 1'),
    "not a number": (b"[NaN]", ':1:2: "NaN" is no number in JSON'),
    "infinity": (b"[Infinity]", ':1:2: "Infinity" is no number in JSON'),
    "minus infinity": (b"[-Infinity]", ':1:2: "-Infinity" is no number in JSON'),
    "a float that overflows": (b"[1e400]", ":1:2: the number 1e400 is too large"),
    "a very long integer": (b"9" * 5000, ":1:1: the number 999"),
    "the first half of a pair": (rb'["\ud83d"]', ":1:2: this text has half of a surrogate pair"),
    "the second half of a pair": (rb'["\uDE00"]', ":1:2: this text has half of a surrogate pair"),
    "a half after a pair": (rb'["\ud83d\ude00\ude00"]', ":1:2: this text has half of a surrogate"),
    "a half before a pair": (rb'["\ud83d\uD83D\ude00"]', ":1:2: this text has half of a surrogate"),
    "a half after a backslash": (rb'["\\ud83d\ude00"]', ":1:2: this text has half of a surrogate"),
    "half a pair in a key": (rb'{"\ud83d": 1}', ":1:2: this text has half of a surrogate pair"),
    "a tab in a text": (b'["a\tb"]', ":1:4: the control character U+0009 stands in a text"),
    "nesting": (b"[" * 101 + b"]" * 101, ":1:101: lists and objects are nested deeper than 100"),
    "nesting of objects": (b'{"a":' * 101 + b"1" + b"}" * 101, ":1:501: lists and objects"),
    "endless nesting": (b"[" * 200_000, ":1:101: lists and objects are nested deeper than 100"),
}


@pytest.mark.parametrize(("raw", "message"), BAD.values(), ids=BAD.keys())
def test_a_payload_that_no_hook_takes_is_refused_at_its_place(raw, message):
    with pytest.raises(PayloadError) as raised:
        read_payload(raw, "order.json")

    assert raised.value.message.startswith(f"order.json{message}")
    assert raised.value.hint
    assert "\n" not in raised.value.message


def test_the_hint_for_a_large_payload_tells_what_the_platform_answers():
    with pytest.raises(PayloadError) as raised:
        read_payload(b" " * 500_000, "order.json")

    assert "the platform answers 413" in raised.value.hint


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"1", 1),
        (b'"a"', "a"),
        (b"null", None),
        (b"[]", []),
        (b"\xef\xbb\xbf{}", {}),
        (rb'"\ud83d\ude00 \\ud83d"', "\U0001f600 \\ud83d"),
        (b"[" * 100 + b"]" * 100, json.loads("[" * 100 + "]" * 100)),
        (b"[" + b"{}," * 200 + b'"[["]', [{}] * 200 + ["[["]),
        (b" " * 409_599 + b"1", 1),
    ],
)
def test_any_json_value_is_a_payload(raw, value):
    assert value == read_payload(raw, "x")


@given(VALUES, st.booleans())
def test_what_json_writes_reads_back_equal(value, ascii_only):
    assert value == read_payload(json.dumps(value, ensure_ascii=ascii_only).encode(), "x")


@given(st.binary() | st.text('{}[]",:0123.e-+\\u tfnd8\n').map(str.encode))
def test_any_bytes_read_as_the_standard_library_reads_them_or_are_refused(raw):
    try:
        value = read_payload(raw, "x")
    except PayloadError:
        return
    assert json.loads(raw) == value
