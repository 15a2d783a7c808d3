"""Payloads in files and folders, packed or not, in order, each with its place."""

import gzip
import json
import os

import pytest

from kobjctl.files.limits import PAYLOAD_LIMIT
from kobjctl.files.payloads.payload import PayloadError
from kobjctl.model.errors import UsageError
from kobjctl.replay.payloads import Payloads


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def write(folder, name, raw):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)


def reasons(*names):
    told = {}
    for payload in Payloads(names):
        try:
            payload.read()
        except PayloadError as error:
            told[payload.place] = payload.reason(error)
    return told


def test_the_files_of_a_folder_come_in_the_order_of_their_names(tmp_path):
    for name, raw in {
        "b.json": b"[1,2]",
        "a/z.ndjson.gz": b"3\n4\n",
        "c.json.gz": b"5",
        "a/note.txt": b"6",
        ".hidden.json": b"7",
        ".git/x.json": b"8",
        "d.eml": b"Subject: {\n\n9",
    }.items():
        write(tmp_path / "in", name, raw)

    found = [(payload.place, payload.raw) for payload in Payloads(["in"])]

    assert [
        ("in/b.json[1]", b"1"),
        ("in/b.json[2]", b"2"),
        ("in/c.json.gz:1", b"5"),
        ("in/d.eml", b"Subject: {\n\n9"),
        ("in/a/z.ndjson.gz:1", b"3"),
        ("in/a/z.ndjson.gz:2", b"4"),
    ] == found


def test_files_come_as_they_are_named_even_twice(tmp_path):
    write(tmp_path, "b.json", b"1\n2")
    write(tmp_path, "a.json", b"{\n}")

    assert ["b.json:1", "b.json:2", "a.json", "b.json:1", "b.json:2"] == [
        payload.place for payload in Payloads(["b.json", "a.json", "b.json"])
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_read_as_a_file_is(packed, monkeypatch):
    raw = b'{"a":1}\nbad\n'
    reader, writer = os.pipe()
    os.write(writer, gzip.compress(raw) if packed else raw)
    os.close(writer)
    with open(reader) as stdin:  # noqa: PTH123 - a pipe has no path
        monkeypatch.setattr("sys.stdin", stdin)
        payloads = Payloads(["-"])
        found = [payload.place for payload in payloads]

    assert (None, ["standard input:1", "standard input:2"]) == (payloads.size, found)


def test_the_bytes_read_grow_to_the_size_of_all_files(tmp_path):
    write(tmp_path, "a.ndjson", b'{"a":1}\n' * 50_000)
    write(tmp_path, "b.json.gz", b"[1,2]")
    payloads = Payloads(["a.ndjson", "b.json.gz"])
    seen = [payloads.bytes_read for _ in payloads]

    assert sorted(seen) == seen
    assert 100 < len(set(seen[::100])) or len(set(seen)) > 2
    assert sum((tmp_path / name).stat().st_size for name in payloads.names) == payloads.size
    assert payloads.size == payloads.bytes_read


@pytest.mark.parametrize(
    ("name", "raw", "place", "reason"),
    [
        ("a.ndjson", b'1\n{"a": }\n', "a.ndjson:2", "(column 7)"),
        ("a.json", b'[1,\n{"a":\n nope}]', "a.json[2]", "(line 2, column 2)"),
        ("a.json", b"{\n a}", "a.json", "(line 2, column 2)"),
        ("a.json", b"", "a.json", "the payload is empty"),
        ("a.json", b"[1", "a.json[2]", "the array is not closed"),
        ("a.json", b"[\xff]", "a.json[1]", "the byte 0xff is not UTF-8 (line 1, column 1)"),
        ("a.ndjson", b"[" * 200 + b"]" * 200, "a.ndjson:1", "nested deeper than 100"),
        ("a.ndjson", b"1\n" + b'"' + b"x" * PAYLOAD_LIMIT, "a.ndjson:2", "has 409,601 bytes"),
    ],
)
def test_what_is_no_payload_says_why_and_where(tmp_path, name, raw, place, reason):
    write(tmp_path, name, raw)
    told = reasons(name)

    assert [place] == list(told)
    assert reason in told[place]


def test_a_colon_in_the_name_of_a_file_is_no_part_of_the_reason(tmp_path):
    write(tmp_path, "a: b.json", b'{"a": }')
    told = reasons("a: b.json")

    assert {"a: b.json": 'a value is expected here, not "}" (line 1, column 7)'} == told


def test_a_reason_names_what_of_a_mail_is_meant(tmp_path):
    write(tmp_path, "a.eml", b"Subject: no matter\n\n")
    [mail] = Payloads(["a.eml"])
    too_deep = PayloadError("the mail is nested too deeply or broken")
    script = PayloadError("nope", name="script 2 of the mail", line=3, column=4)

    assert "the mail is nested too deeply or broken" == mail.reason(too_deep)
    assert "script 2 of the mail: nope (line 3, column 4)" == mail.reason(script)


def test_a_gzip_that_was_cut_gives_what_it_has_and_says_so(tmp_path):
    lines = b"".join(json.dumps({"n": os.urandom(9).hex()}).encode() + b"\n" for _ in range(999))
    (tmp_path / "a.ndjson.gz").write_bytes(gzip.compress(lines)[:-500])
    found = list(Payloads(["a.ndjson.gz"]))
    told = reasons("a.ndjson.gz")

    assert 500 < len(found) < 999
    assert [found[-1].place] == list(told)
    assert "the gzip is damaged here" in told[found[-1].place]


def test_a_file_that_is_not_there_is_told_before_anything_is_read(tmp_path):
    write(tmp_path, "a.json", b"1")

    with pytest.raises(UsageError, match="no such file"):
        Payloads(["a.json", "b.json"])


def test_a_folder_without_payloads_is_told(tmp_path):
    (tmp_path / "in").mkdir()

    with pytest.raises(UsageError, match="there are no payloads in in"):
        Payloads(["in"])
