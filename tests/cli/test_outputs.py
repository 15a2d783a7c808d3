"""Outputs replace earlier ones of their kind and nothing else; they are written whole or not."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kobjctl.files.output import Output, OutputKind, replace
from kobjctl.http.stubs import read_stubs

resource = pytest.importorskip("resource", reason="full disks are tried by limits of POSIX")

SEND = "kobjctl replay bad.ndjson --hook orders --dry-run"
TEST = "kobjctl test sample_workflows --coverage-report"
# What writes each kind of output to FILE; all of them leave something there.
WRITERS = {
    "html": f"{SEND} --html FILE",
    "rejects": f"{SEND} --rejects FILE",
    "mermaid": f"{TEST} mermaid:FILE",
    "json": f"{TEST} json:FILE",
    "cobertura": f"{TEST} cobertura:FILE",
    "table": f"{TEST} table:FILE",
}
every_writer = pytest.mark.parametrize("command", WRITERS.values(), ids=WRITERS)
FULL = 3_000
SCENARIOS = """\
workflow: order.yaml
scenarios:
  - name: a
    send: {orderId: "1"}
"""


@pytest.fixture
def bad(org):
    """A folder with an org, and with lines of which one is no payload."""
    Path("bad.ndjson").write_text('{"orderId": "1"}\n{bad\n')
    return org.parent


def kept(folder):
    return {path.name for path in folder.iterdir()}


@every_writer
def test_an_output_replaces_an_earlier_one(golden, bad, command):
    for _ in range(2):
        result = golden.invoke(bad, command.replace("FILE", "out"))

        assert result.exit_code in (0, 1), result.stderr
        first = Path("out").read_text()

    assert first
    assert not [name for name in kept(bad) if name.endswith(".part")]


@every_writer
@pytest.mark.parametrize("text", ["precious", "{}", "<!DOCTYPE html>\n<html>", '{"source": "x"}\n'])
def test_what_is_no_earlier_output_is_replaced_by_force_alone(golden, bad, command, text):
    Path("out").write_text(text)
    Path("link").symlink_to("out")

    refused = golden.invoke(bad, command.replace("FILE", "out"))

    assert 2 == refused.exit_code
    assert 'error: "out" already exists, and is not ' in refused.stderr
    assert "--force" in refused.stderr
    assert text == Path("out").read_text()
    assert golden.invoke(bad, command.replace("FILE", "out") + " --force").exit_code in (0, 1)
    assert text != Path("out").read_text()


@every_writer
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_where_a_link_leads_but_by_force(golden, bad, command, there):
    Path("link").symlink_to("elsewhere")
    if there:
        Path("elsewhere").touch()

    refused = golden.invoke(bad, command.replace("FILE", "link"))

    assert 2 == refused.exit_code
    assert 'error: "link" is a link to "' in refused.stderr
    assert "" == Path("elsewhere").read_text() if there else not Path("elsewhere").exists()
    assert golden.invoke(bad, command.replace("FILE", "link") + " --force").exit_code in (0, 1)
    assert Path("elsewhere").read_text()
    assert Path("link").is_symlink()


@every_writer
def test_one_kind_of_output_is_not_taken_for_another(golden, bad, command):
    for other in WRITERS.values():
        if other != command:
            Path("out").unlink(missing_ok=True)
            golden.invoke(bad, other.replace("FILE", "out"))

            assert 2 == golden.invoke(bad, command.replace("FILE", "out")).exit_code, other


@every_writer
def test_a_pipe_is_written_as_it_comes(golden, bad, command):
    os.mkfifo("pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()))
    reader.start()

    result = golden.invoke(bad, command.replace("FILE", "pipe"))

    reader.join()
    assert result.exit_code in (0, 1), result.stderr
    assert read[0]
    assert Path("pipe").is_fifo()


@every_writer
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_what_is_open_already_is_gone_on_with(bad, command, name):
    if not Path(name).exists():
        pytest.skip(f"no {name} here")
    with Path("all").open("w") as out:
        words = command.replace("FILE", name).split()[1:]
        print("before", file=out, flush=True)
        subprocess.run([sys.executable, "-m", "kobjctl", *words], stdout=out, check=False)

    written = Path("all").read_text()
    assert written.startswith("before\n")
    assert "\0" not in written
    assert len(written) > len("before\n")


def run_on_full_disk(words, room):
    """Run a command that can't write more than so many bytes to any file."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "kobjctl", *words.split()[1:]],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kind", ["mermaid", "json", "cobertura"])
def test_no_half_file_is_left_on_a_full_disk(bad, kind):
    before = kept(bad)
    words = f"kobjctl test sample_workflows --coverage-report {kind}:out"

    done = run_on_full_disk(words, 300)

    assert 2 == done.returncode, done.stderr
    assert 'error: can\'t write "out": file too large\n' in done.stderr
    assert before == kept(bad) - {".kobjctl"}


def test_what_was_there_stays_when_the_disk_is_full(tmp_path):
    path = tmp_path / "out"
    path.write_text("earlier")
    path.chmod(0o640)
    script = (
        "import resource, sys; from pathlib import Path; from kobjctl.files.output import replace\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FULL}, {FULL}))\n"
        "replace(Path(sys.argv[1]), b'x' * 100_000)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=False
    )

    assert "OSError" in done.stderr
    assert "earlier" == path.read_text()
    assert [path] == list(tmp_path.iterdir())
    replace(path, b"new")
    assert (b"new", 0o640) == (path.read_bytes(), path.stat().st_mode & 0o777)


def test_rejects_are_whole_lines_on_a_full_disk(tmp_path):
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from kobjctl.replay.rejects import RejectFile\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FULL}, {FULL}))\n"
        "rejects = RejectFile(Path(sys.argv[1]))\n"
        "try:\n"
        "    for number in range(1000):\n"
        "        rejects.add({'source': 'x', 'line': number, 'reason': 'r', 'raw': 'x' * 100})\n"
        "        rejects.keep()\n"
        "except Exception as error:\n"
        "    print(error, rejects.size)\n"
        "rejects.close()\n"
    )
    path = tmp_path / "rejects"

    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=False
    )

    assert f'can\'t write "{path}": file too large {path.stat().st_size}\n' == done.stdout
    lines = path.read_text().splitlines()
    assert list(range(len(lines))) == [json.loads(line)["line"] for line in lines]
    assert 10 < len(lines)


def test_a_recording_has_whole_requests_on_a_full_disk(tmp_path):
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from kobjctl.http.recording import Recorder\n"
        "from kobjctl.model.address import read_address\n"
        "from kobjctl.model.web import Request, Response\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({FULL}, {FULL}))\n"
        "recorder = Recorder(Path(sys.argv[1]))\n"
        "request = Request('GET', read_address('http://a.example/x'), (), b'')\n"
        "for _ in range(1000):\n"
        "    recorder.answered(request, Response(200, (), b'x' * 100, ()))\n"
    )
    path = tmp_path / "stubs.yaml"

    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=False
    )

    assert f'can\'t write "{path}": file too large' in done.stderr
    read_stubs((str(path),))
    assert 500 < path.stat().st_size < FULL


def test_a_recording_replaces_what_is_none_by_force_alone(golden, bad):
    Path("out").write_text("precious")
    send = "kobjctl hook send sample_payloads/order.json --hook orders --record"

    refused = golden.invoke(bad, f"{send} out")

    assert 2 == refused.exit_code
    assert 'error: "out" already exists, and is not a recording of kobjctl\n' in refused.stderr
    assert 0 == golden.invoke(bad, f"{send} out --force").exit_code
    Path("link").symlink_to("elsewhere")
    assert 2 == golden.invoke(bad, f"{send} link").exit_code


def test_what_people_go_on_with_is_never_replaced_unasked(golden, bad):
    init = "kobjctl test init sample_workflows/order.yaml -o out.test.yaml"
    assert 0 == golden.invoke(bad, init).exit_code

    refused = golden.invoke(bad, init)

    assert 2 == refused.exit_code
    assert 'error: "out.test.yaml" already exists\n' in refused.stderr
    assert 0 == golden.invoke(bad, f"{init} --force").exit_code


def test_snapshots_go_where_a_link_leads(golden, bad):
    real = Path("sample_workflows/order.test.yaml")
    text = real.read_text()
    Path("linked").mkdir()
    Path("linked/order.yaml").symlink_to("../sample_workflows/order.yaml")
    Path("linked/order.test.yaml").write_text(SCENARIOS)
    Path("linked/order.test.yaml").rename("real.test.yaml")
    Path("linked/order.test.yaml").symlink_to("../real.test.yaml")

    done = golden.invoke(bad, "kobjctl test linked --update")

    assert "1 snapshot written" in done.stderr
    assert "snapshot:" in Path("real.test.yaml").read_text()
    assert Path("linked/order.test.yaml").is_symlink()
    assert text == real.read_text()


@pytest.mark.parametrize("path", ["a" * 300, "loop", "plain/x", "folder", "nowhere/x"])
def test_a_place_where_nothing_can_be_written_is_told_before_anything_runs(golden, bad, path):
    Path("loop").symlink_to("loop")
    Path("plain").touch()
    Path("folder").mkdir()
    for command in WRITERS.values():
        result = golden.invoke(bad, command.replace("FILE", path))

        assert 2 == result.exit_code
        assert f'error: can\'t write "{path}": ' in result.stderr
        assert "" == result.stdout


def test_an_empty_file_has_nothing_to_lose(tmp_path):
    path = tmp_path / "x"
    path.touch()

    Output(path, OutputKind("file"), "-o FILE").write("text")

    assert "text" == path.read_text()
