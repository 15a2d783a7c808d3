"""What transcripts of `validate` can't show: a terminal, watching, and how little is loaded."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BAD = (
    "name: welcome\ntrigger: {eventName: kustomer.customer.create, transitions: [{target: gone}]}\n"
)
GOOD = "name: welcome\ntrigger: {eventName: kustomer.customer.create}\n"
WIDE = BAD.replace("gone", "無い") + "description: " + "日本語 " * 40 + "\n"
# 400 KB, as much as a payload may have, is more than any workflow.
SIZE = 400 * 1024


@pytest.fixture(scope="module")
def terminal():
    """The module `test_terminal.py`, which knows how to run kobjctl on a terminal."""
    spec = spec_from_file_location("terminal", HERE / "test_terminal.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, in which the test works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("width", [80, 60, 40])
@pytest.mark.parametrize("text", [BAD, WIDE], ids=["narrow", "wide"])
def test_nothing_is_wider_than_the_terminal(terminal, folder, text, width):
    (folder / "order.yaml").write_text(text)

    status, shown = terminal.on_terminal("validate", "order.yaml", width=width)

    assert 1 == status
    assert "^~~~" in shown
    assert width >= terminal.widest(shown)


def test_a_terminal_shows_colours_and_a_pipe_none(terminal, folder):
    (folder / "order.yaml").write_text(BAD)

    _, shown = terminal.on_terminal("validate", "order.yaml")
    _, plain = terminal.on_terminal("validate", "order.yaml", NO_COLOR="1")
    _, printed = terminal.in_pipe("validate", "order.yaml")

    assert terminal.COLOUR.search(shown)
    assert [] == terminal.COLOUR.findall(plain + printed)


def test_a_file_obeys_no_terminal(terminal, folder):
    (folder / "order.json").write_text('{"name": "\x1b]0;title\x07\x9b31m", \u202e\u2028 }')

    _, shown = terminal.on_terminal("validate", "order.json")

    assert r"\x1b]0;title\x07\x9b31m" in terminal.COLOUR.sub("", shown)
    assert set() == terminal.obeyed(shown)


def test_watch_judges_anew_after_every_change_and_ends_on_ctrl_c(terminal, folder):
    path = folder / "order.yaml"
    path.write_text(GOOD)
    watching = terminal.Terminal("validate", ".", "--watch")
    watching.wait_for("1 file: no problems")
    watching.wait_for("watching for changes; stop with Ctrl-C")

    path.write_text(BAD)
    watching.wait_for('no step has the id "gone"')
    (folder / "other.yaml").write_text(GOOD.replace("welcome", "other"))
    watching.wait_for("2 files: 1 error")
    path.unlink()
    watching.wait_for("1 file: no problems")
    (folder / "other.yaml").unlink()
    watching.wait_for("no workflow files")
    path.write_text(GOOD)
    watching.wait_for("1 file: no problems")
    watching.stop("watching for changes")
    status, shown = watching.end()

    assert 0 == status
    assert "Traceback" not in shown


def loaded(words, names):
    """Give those of some packages that a command loads."""
    script = (
        "import sys\nfrom kobjctl.cli import app\n"
        f"app({words.split()}, standalone_mode=False)\n"
        f"print('loaded:', *sorted({names} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return done.stdout.decode().rpartition("loaded:")[2].split()


def test_a_good_file_is_judged_without_pydantic_rich_and_sqlite_utils(folder):
    (folder / "order.yaml").write_text(GOOD)

    assert [] == loaded("validate order.yaml", {"pydantic", "rich", "sqlite_utils"})


@pytest.mark.parametrize(
    "words", ["validate order.yaml --stubs web.yaml", "test order.scenario.yaml", "schema"]
)
def test_good_files_of_other_shapes_and_the_schema_need_no_pydantic(words, folder):
    (folder / "order.yaml").write_text(GOOD)
    (folder / "web.yaml").write_text("http: [{request: {url: /}, response: {status: 200}}]")
    (folder / "order.scenario.yaml").write_text(
        "{workflow: order.yaml, scenarios: [{name: a, send: {}}]}"
    )

    assert [] == loaded(words, {"pydantic"})


def filled(line, head):
    """Give a file of 400 KB: a head, and as many lines as there is room for."""
    lines, size, number = [head], len(head), 0
    while size < SIZE:
        lines.append(line.replace("%", str(number)))
        size += len(lines[-1])
        number += 1
    return "".join(lines)


START = "name: w\ntrigger: {eventName: e, transitions: [{target: s0}]}\n"
LARGE = {
    "steps": filled("  - id: s%\n    transitions: []\n", START + "steps:\n"),
    "unknown targets": filled("  - {id: s%, transitions: [{target: t%x}]}\n", START + "steps:\n"),
    "unknown keys": filled("  - {id: s%, tansitions: []}\n", START + "steps:\n"),
    "wrong types": filled("  - {id: [%]}\n", START + "steps:\n"),
    "unknown hooks": "workflows:\n"
    + filled("  - {name: w%, trigger: {hook: h%x}}\n", "")
    + "hooks:\n"
    + "".join(f"  - {{name: h{number}, type: web}}\n" for number in range(2000)),
    "silencers": filled("  k%: v # kobjctl: ignore WF403\n", START + "meta:\n"),
    "ambiguous values": filled("  k%: 12:%\n", START + "meta:\n"),
    "duplicate keys": filled("  k: %\n", START + "meta:\n"),
    "a long line": START + 'meta: {a: "' + "x" * SIZE + '", a: b}\n',
    "a template": START + 'steps: [{id: s0, params: {a: "' + "{{steps.1.a}}" * 30_000 + '"}}]\n',
    "open tags": START + 'steps: [{id: s0, params: {a: "' + "{{" * 200_000 + '"}}]\n',
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_a_large_file_is_judged_soon(terminal, in_time, folder, text):
    (folder / "large.yaml").write_text(text)

    with in_time():
        status, printed = terminal.in_pipe("validate", "large.yaml")

    assert status in (0, 1)
    assert "Traceback" not in printed
