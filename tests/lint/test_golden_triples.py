"""Every code by example: a file that breaks its rule, what is printed about it, and a good file.

`golden/CODE/` has `bad.yaml`, `bad.yaml.out` and `good.yaml`, and maybe other `bad.*`. With
`--update` the outputs are written anew, and the files of a new code are made from its first
examples. The same files as JSON are made when the tests run.
"""

import json
import re
from pathlib import Path
from shutil import copy

import pytest

from kobjctl.files.reader import read_document
from kobjctl.lint.explanations import explanations

GOLDEN = Path(__file__).parent / "golden"
KOBJCTL = Path(__file__).parents[2] / "kobjctl"
EVERY = pytest.mark.parametrize("each", explanations().values(), ids=lambda each: each.code)
# What JSON can't have, and why.
YAML_ONLY = {
    "WF003": "a JSON value reads one way only",
    "WF004": "JSON has no comments",
    "WF005": "JSON has no comments",
}
# Only an org can tell.
BY_APPLY = {"WF105"}
# Problems of how a file is written, whatever it says: these have JSON files of their own.
BY_THE_TEXT = {"WF001", "WF002"}
# What a rule needs to be told.
OPTIONS = {"WF505": "--allow-host api.example.com", "WF506": "--stubs stubs.yaml"}


@pytest.fixture
def judge(golden, tmp_path, monkeypatch):
    """Give what judges a file in its own folder: the status, and what is printed of problems."""

    def judged(path, code):
        monkeypatch.chdir(path.parent)
        if code in BY_APPLY:
            result = golden.invoke(tmp_path, f"kobjctl apply {path.name} --db {tmp_path / 'org'}")
            return result.exit_code, re.sub(r"^made a new database: .*\n", "", result.stderr)
        for stubs in (GOLDEN / code).glob("stubs.yaml"):
            if stubs.parent != path.parent:
                copy(stubs, path.parent)
        options = f"--strict {OPTIONS.get(code, '')}"
        result = golden.invoke(tmp_path, f"kobjctl validate {options} {path.name}")
        return result.exit_code, result.stdout

    return judged


def bad_files(code):
    return [path for path in sorted((GOLDEN / code).glob("bad.*")) if path.suffix != ".out"]


def told_places(told, document):
    """Give what is told of each problem of a document, and the paths that may be meant."""
    found = re.findall(r"^\S+:(\d+):(\d+): (\w+ WF\d+: .*)", told, re.MULTILINE)
    return [(head, paths_at(document, int(line), int(column))) for line, column, head in found]


def paths_at(document, line, column):
    """Give the paths of what begins at a place, else of the text that the place is in."""
    spans = [*document.spans.items(), *document.key_spans.items()]
    begun = {path for path, span in spans if (span.line, span.column) == (line, column)}
    around = [
        path
        for path, span in spans
        if (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
    ]
    return begun or {max(around, key=len)}


def make(each):
    """Make the files of a code from its examples."""
    folder = GOLDEN / each.code
    if not folder.exists():
        folder.mkdir(parents=True)
        (folder / "bad.yaml").write_text(each.bad[0])
        (folder / "good.yaml").write_text(each.good[0])


def twin(path, folder):
    """Write what a YAML file says as JSON."""
    written = folder / f"{path.stem}.json"
    written.write_text(json.dumps(read_document(path).data, indent=2, ensure_ascii=False))
    return written


@EVERY
def test_a_bad_file_is_told_as_before(judge, update, each):
    if update:
        make(each)

    assert bad_files(each.code)
    for path in bad_files(each.code):
        status, told = judge(path, each.code)
        out = path.with_name(path.name + ".out")
        if update:
            out.write_text(told)

        assert {each.code} == set(re.findall(r"^\S+: \w+ (WF\d+):", told, re.MULTILINE))
        assert out.read_text() == told
        severities = set(re.findall(r"^\S+: (\w+) WF", told, re.MULTILINE))
        assert severities <= set(each.severities)
        assert bool(status) is (severities != {"note"})


@pytest.mark.parametrize("code", YAML_ONLY)
def test_what_json_can_not_have_is_no_problem_there(judge, tmp_path, code):
    for path in bad_files(code):
        assert code not in judge(twin(path, tmp_path), code)[1]


@pytest.mark.parametrize("code", sorted(explanations().keys() - YAML_ONLY.keys() - BY_THE_TEXT))
def test_the_same_is_told_of_the_same_places_in_json(judge, tmp_path, code):
    for path in bad_files(code):
        other = twin(path, tmp_path)
        expected = told_places(judge(path, code)[1], read_document(path))
        found = told_places(judge(other, code)[1], read_document(other))

        assert [head for head, _ in expected] == [head for head, _ in found]
        for (head, wanted), (_, paths) in zip(expected, found, strict=True):
            assert wanted & paths, head


@pytest.mark.parametrize("code", sorted(BY_THE_TEXT))
def test_what_is_written_wrongly_is_so_in_yaml_and_in_json(code):
    assert {".yaml", ".json"} == {path.suffix for path in bad_files(code)}


@EVERY
def test_nothing_is_told_of_a_good_file(judge, tmp_path, each):
    for path in (GOLDEN / each.code).glob("good.*"):
        assert (0, "") == judge(path, each.code)
        if path.suffix == ".yaml" and each.code not in YAML_ONLY:
            assert (0, "") == judge(twin(path, tmp_path), each.code)


@EVERY
def test_the_examples_of_an_explanation_are_what_they_say(judge, tmp_path, each):
    for kind, texts in (("bad", each.bad), ("good", each.good)):
        for number, text in enumerate(texts):
            path = tmp_path / f"{kind}{number}.yaml"
            path.write_text(text)
            status, told = judge(path, each.code)

            # The shape is judged before the rules, and may say the same first.
            expected = bool(re.search(f" (WF1..|{each.code}): ", told))
            fails = kind == "bad" and each.severity != "note"
            assert (fails, kind == "bad") == (bool(status), expected)


@EVERY
def test_an_explanation_has_a_sentence_and_examples_of_both_kinds(each):
    assert each.summary.endswith(".")
    assert each.bad
    assert each.good


def test_every_code_that_the_source_has_is_explained():
    written = {
        code
        for path in KOBJCTL.rglob("*.py")
        for code in re.findall(r'"(WF\d+)"', path.read_text())
    }

    assert set(explanations()) == written


def test_no_folder_is_left_of_a_code_that_is_gone():
    assert {path.name for path in GOLDEN.iterdir()} <= set(explanations())
