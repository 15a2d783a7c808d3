import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kobjctl.files.payloads.payload import PayloadError, payload_reading, read_payload
from kobjctl.store.text import decode

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
    "a comma too many": (b'{"a": 1,\n}', ':1:8: a comma is not allowed before "}"'),
    "two values": (b"1 2", ":1:3: there is more text after the JSON value"),
    "not a number": (b"[NaN]", ':1:2: "NaN" is not a number in JSON'),
    "infinity": (b"[Infinity]", ':1:2: "Infinity" is not a number in JSON'),
    "minus infinity": (b"[-Infinity]", ':1:2: "-Infinity" is not a number in JSON'),
    "a tab in a text": (b'["a\tb"]', ":1:4: a text contains the control character U+0009"),
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

    assert "the platform answers with 413" in raised.value.hint


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


@pytest.mark.parametrize(
    ("raw", "value", "loss"),
    [
        (b'{"a": 1,\n "a": 2}', {"a": 2}, '"a" is there twice: the last value counts'),
        (b'[{"b": {"a": 1, "a": 1}}]', [{"b": {"a": 1}}], '"0.b.a" is there twice'),
        (b"[1e400]", [float("inf")], '"0" is a number too large for JavaScript'),
        (b"9" * 5000, float("inf"), "the value is a number too large for JavaScript"),
        (rb'["\ud83d"]', ["\ufffd"], '"0" has half of a surrogate pair, which is read as \ufffd'),
        (rb'["\uDE00"]', ["\ufffd"], '"0" has half of a surrogate pair'),
        (rb'["\ud83d\ude00\ude00"]', ["\U0001f600\ufffd"], '"0" has half of a surrogate pair'),
        (rb'["\ud83d\uD83D\ude00"]', ["\ufffd\U0001f600"], '"0" has half of a surrogate pair'),
        (rb'["\\ud83d\ude00"]', ["\\ud83d\ufffd"], '"0" has half of a surrogate pair'),
        (rb'{"\ud83d": 1}', {"\ufffd": 1}, "has half of a surrogate pair"),
        (
            b'{"post": {"id": 1098765432109876543}}',
            {"post": {"id": 1098765432109876500}},
            '"post.id" loses digits: 1098765432109876543 is read as 1098765432109876500; text',
        ),
        (b"-9007199254740993", -9007199254740992, "the value loses digits: -9007199254740993"),
    ],
)
def test_what_javascript_takes_is_taken_and_what_is_lost_is_told(raw, value, loss):
    reading = payload_reading(raw, "x")

    assert value == reading.value
    assert loss in reading.losses[0]


@pytest.mark.parametrize("raw", [b"9007199254740992", b"123456789012345678e3", b"0.1", b"1e21"])
def test_a_number_that_a_double_holds_loses_nothing(raw):
    assert () == payload_reading(raw, "x").losses


@given(VALUES, st.booleans())
def test_what_json_writes_reads_back_equal(value, ascii_only):
    text = json.dumps(value, ensure_ascii=ascii_only)

    assert decode(text) == read_payload(text.encode(), "x")


@given(st.binary() | st.text('{}[]",:0123.e-+\\u tfnd8\n').map(str.encode))
def test_any_bytes_read_as_the_standard_library_reads_them_or_are_refused(raw):
    try:
        value = read_payload(raw, "x")
    except PayloadError:
        return
    assert decode(raw.decode().removeprefix("\ufeff")) == value
