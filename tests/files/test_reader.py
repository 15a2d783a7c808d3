import os

import pytest

from kobjctl.files.reader import read_document, workflow_files
from kobjctl.model.errors import UsageError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"a": "no"}'),
        ("a.JSON", '{"a": "no"}'),
        ("a.yaml", "a: no"),
        ("a.yml", "a: no"),
        ("a.txt", "a: no"),
        ("a", '\n {"a":\t"no"}'),
        ("a.txt", '\ufeff{"a": "no"}'),
    ],
)
def test_a_file_is_read_as_its_suffix_or_else_its_beginning_says(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")

    document = read_document(name)

    assert (name, {"a": "no"}) == (document.path, document.data)


def test_a_file_in_another_encoding_is_refused_at_its_first_bad_byte(folder, only_problem):
    (folder / "a.yaml").write_bytes("a: 1\nü: é".encode()[:-1] + b"\xff")

    problem = only_problem(read_document, "a.yaml")

    assert "a.yaml:2:4: error WF001: the byte 0xc3 is not UTF-8" == str(problem)


@pytest.mark.parametrize("content", [b"", b" \n"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_an_empty_file_is_refused(folder, only_problem, name, content):
    (folder / name).write_bytes(content)

    assert f"{name}:1:1: error WF001: the file is empty" == str(only_problem(read_document, name))


def test_a_file_of_more_than_4_mb_is_refused(folder, only_problem):
    (folder / "a.json").write_bytes(b" " * (4 * 1024 * 1024) + b"1")

    assert "the file is larger than 4 MB" == only_problem(read_document, "a.json").message


def test_a_file_that_is_not_there_is_said_so(folder):
    with pytest.raises(UsageError) as raised:
        read_document("x.yaml")

    assert 'can\'t read "x.yaml": no such file' == raised.value.message
    assert raised.value.hint


def test_a_folder_is_no_file(folder):
    with pytest.raises(UsageError, match=r'can.t read "\.": it is a folder'):
        read_document(".")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="all may read all")
def test_a_file_that_nobody_may_read_is_said_so(folder):
    (folder / "a.yaml").touch(mode=0)

    with pytest.raises(UsageError, match="permission denied"):
        read_document("a.yaml")


def test_a_name_with_a_nul_is_no_file():
    with pytest.raises(UsageError, match="can't read"):
        read_document("a\0b")


def test_a_folder_stands_for_the_yaml_and_json_files_below_it(folder):
    for name in ("b.yaml", "a.yml", "c/d.JSON", "c/e.txt", ".f.yaml", ".git/g.yaml"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()

    files = [str(file.relative_to(folder)) for file in workflow_files([folder])]

    assert ["a.yml", "b.yaml", os.path.join("c", "d.JSON")] == files  # noqa: PTH118


def test_a_named_file_is_taken_with_any_suffix_and_no_file_twice(folder):
    for name in ("b.txt", "a.yaml"):
        (folder / name).touch()

    assert ["b.txt", "a.yaml"] == list(map(str, workflow_files(["b.txt", "a.yaml", "."])))


def test_a_path_that_is_not_there_is_said_so(folder):
    with pytest.raises(UsageError, match='can\'t read "x": no such file'):
        workflow_files(["x"])


def test_a_folder_without_workflow_files_is_said_so(folder):
    (folder / "x.txt").touch()

    with pytest.raises(UsageError, match=r'"\." has no workflow files'):
        workflow_files(["."])


def test_links_in_a_circle_cannot_be_read(tmp_path):
    (tmp_path / "own.yaml").symlink_to("own.yaml")

    with pytest.raises(UsageError, match=r'can\'t read "[^"]*own\.yaml": too many levels'):
        [read_document(path) for path in workflow_files([tmp_path])]
