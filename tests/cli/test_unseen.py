"""No format that is seen raw has a character that is obeyed instead of seen."""

import json
from pathlib import Path

import pytest

from kobjctl.files.reader import read_document
from kobjctl.files.yaml.writer import write_yaml
from kobjctl.http.recording import Recorder
from kobjctl.model.address import read_address
from kobjctl.model.unseen import look_alike, shown, shown_json, shown_lines
from kobjctl.model.web import Request, Response
from kobjctl.replay.rejects import RejectFile
from kobjctl.testing.drafting.origin import text_of

# Each kind of them: an escape sequence, C1, directions, no width, ends of lines.
NASTY = "a\x1b[31m\x07\x7f\x9b31m\u202egpj.exe\u2066\u200f\u200b\u2060\ufeff\xad\u2028\x85\rz"
ALWAYS = "Zoë 注文 🎉 👩\u200d🚀"
WORKFLOW = {
    "name": "w",
    "trigger": {"eventName": f"e {NASTY}", "transitions": [{"target": NASTY}]},
    "steps": [
        {
            "id": NASTY,
            "meta": {"displayName": f"{NASTY} {ALWAYS}"},
            "action": "kustomer.regex-match.generic",
            "params": {"testString": "x", "regex": NASTY},
            "transitions": [
                {
                    "target": f"{NASTY} nowhere",
                    "meta": {"name": NASTY},
                    "condition": {"op": "eq", "values": [NASTY, "x"]},
                }
            ],
            "errorCases": [],
        }
    ],
}
SCENARIOS = {
    "workflow": "w.json",
    "scenarios": [
        {"name": f"n {NASTY}", "send": {"a": NASTY}, "expect": {"status": NASTY, NASTY: 1}},
        {
            "name": f"{ALWAYS} {NASTY}",
            "event": "x",
            "send": {"a": NASTY},
            "expect": {"path": [NASTY]},
        },
        {"name": "skipped", "skip": NASTY, "send": {}},
    ],
}


def obeyed(text):
    """Give what of a text is obeyed, but for the ends of lines."""
    return sorted(
        {char for char in text if char in NASTY and not char.isprintable() and char != "\n"}
    )


@pytest.fixture
def nasty(org):
    """A folder with workflows and scenarios that are full of such characters."""
    folder = org.parent
    Path("w.json").write_text(json.dumps(WORKFLOW))
    Path("w.test.json").write_text(json.dumps(SCENARIOS))
    good = {**SCENARIOS, "scenarios": [{**SCENARIOS["scenarios"][1], "expect": {"path": [NASTY]}}]}
    Path("good.test.json").write_text(json.dumps(good))
    Path("bad.ndjson").write_text(
        json.dumps({NASTY: NASTY}) + "\n{" + NASTY.replace("\r", "") + "\n"
    )
    return folder


@pytest.mark.parametrize(
    "command",
    [
        *(
            f"validate w.json --format {kind}"
            for kind in ("text", "json", "github", "junit", "sarif")
        ),
        *(f"test . --format {kind}" for kind in ("text", "json", "github", "junit")),
        *(f"test good.test.json --format {kind}" for kind in ("text", "json", "github", "junit")),
        *(
            f"test good.test.json --coverage-report {kind}:-"
            for kind in ("mermaid", "json", "cobertura", "table")
        ),
        "workflow diff w.json sample_workflows/order.yaml",
        "replay bad.ndjson --hook orders --html /dev/stdout --rejects /dev/stdout --dry-run",
        "replay bad.ndjson --hook orders --rejects /dev/stdout --dry-run --json",
        "test init w.json -o -",
        "apply w.json --force",
        "logs",
    ],
)
def test_no_output_has_what_is_obeyed(golden, nasty, command, capfdbinary):
    result = golden.invoke(nasty, f"kobjctl {command}")

    written = result.stdout + result.stderr + capfdbinary.readouterr().out.decode()
    assert result.exit_code in (0, 1, 2), result.stderr
    assert written
    assert [] == obeyed(written)


@pytest.mark.parametrize("verb", ["graph w", "graph w --json", "export w"])
def test_no_drawing_of_a_workflow_has_what_is_obeyed(golden, nasty, verb):
    golden.invoke(nasty, "kobjctl apply w.json --force")

    result = golden.invoke(nasty, f"kobjctl workflow {verb}")

    assert 0 == result.exit_code
    assert [] == obeyed(result.stdout + result.stderr)


def test_what_is_written_to_be_read_again_says_the_same(tmp_path):
    value = {"a": NASTY, NASTY: [ALWAYS, {"b": f"{NASTY} # x: y"}], ALWAYS: f"\n{NASTY}\n"}
    for name, text in {"x.yaml": write_yaml(value), "x.json": text_of(value)}.items():
        path = tmp_path / name
        path.write_text(text)

        assert [] == obeyed(text)
        assert value == read_document(path).data


def test_rejects_and_recordings_are_safe_to_look_at(tmp_path):
    rejects = RejectFile(tmp_path / "rejects")
    rejects.add({"source": NASTY, "raw": NASTY + "\ud800"})
    rejects.keep()
    rejects.close()
    Recorder(tmp_path / "stubs.yaml").answered(
        Request("POST", read_address("http://a.example/x"), (("x", NASTY),), NASTY.encode()),
        Response(200, (("y", NASTY),), NASTY.encode(), ()),
    )

    assert {"source": NASTY, "raw": NASTY + "\ud800"} == json.loads(
        (tmp_path / "rejects").read_text()
    )
    assert NASTY == read_document(tmp_path / "stubs.yaml").data["http"][0]["response"]["body"]
    for path in tmp_path.iterdir():
        assert [] == obeyed(path.read_text())


def test_text_is_shown_in_three_ways():
    assert r"a\n\t\r\x1b\x9b\u202e\ud800" == shown("a\n\t\r\x1b\x9b\u202e\ud800")
    assert "a\n\t" + r"\r\x1b\x9b\u202e" == shown_lines("a\n\t\r\x1b\x9b\u202e")
    assert '"\\n\\u001b\\u009b\\u202e"' == shown_json(
        json.dumps("\n\x1b\x9b\u202e", ensure_ascii=False)
    )
    for way in (shown, shown_lines, shown_json):
        assert ALWAYS == way(ALWAYS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u200bb", r"a\u200bb"),
        ("\ufeffa", r"\ufeffa"),
        ("a\u200db \u200c", r"a\u200db \u200c"),
        ("Zoe\u0308, e\u0301", r"Zoe\u0308, e\u0301"),
        ("Vie\u0323\u0302t", r"Vie\u0323\u0302t"),
        ("\u1112\u1161\u11ab", "\u1112" + r"\u1161\u11ab"),
        ("a\u034fb\u3164", r"a\u034fb\u3164"),
    ],
)
def test_what_cant_be_seen_is_shown(text, expected):
    assert expected == shown(text)
    assert f'"{expected}"' == shown_json(json.dumps(text, ensure_ascii=False))
    assert text == json.loads(shown_json(json.dumps(text, ensure_ascii=False)))


@pytest.mark.parametrize(
    "text",
    ["Zoë", "\u0645\u06cc\u200c\u062e\u0648", "हिन्दी", "ก็ดี", "한국", "👩\u200d🚀", "no\xa0break"],
)
def test_what_scripts_are_made_of_stays(text):
    for way in (shown, shown_lines, shown_json):
        assert text == way(text)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Zoë", "Zoe\u0308", True),
        ("a\u200b", "a", True),
        ("a\xa0b", "a b", True),
        ("\ufeffé", "é ", True),
        ("Zoë", "Zoë", False),
        ("Zoë", "Zoe", False),
        ("a ", "a", False),
    ],
)
def test_texts_that_look_alike_are_found(first, second, alike):
    assert alike == look_alike(first, second)
