"""kobjctl on a terminal: what people see, type and interrupt; and the same in a pipe."""

import os
import re
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from rich.cells import cell_len

WHY = "a terminal of one's own needs POSIX"
fcntl = pytest.importorskip("fcntl", reason=WHY)
pty = pytest.importorskip("pty", reason=WHY)
termios = pytest.importorskip("termios", reason=WHY)

WIDTHS = (80, 60, 40)
PATIENCE = 60.0
CTRL_C, CTRL_D, ENTER = "\x03", "\x04", "\r"

# A shell may have told what it starts in the background to ignore Ctrl-C.
IN_A_PIPE = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from kobjctl.__main__ import main
main()
"""
ON_A_TERMINAL = f"""\
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
{IN_A_PIPE}"""

COLOUR = re.compile(r"\x1b\[[\d;]*m")


class Terminal:
    """A process on a terminal of `width` columns: type to it, and read what it shows."""

    def __init__(self, *words, width=80, height=24, **env):
        self._screen, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, "-c", ON_A_TERMINAL, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(TERM="xterm-256color", **env),
            start_new_session=True,
        )
        os.close(theirs)
        self._raw = b""
        self._seen = 0

    @property
    def shown(self):
        """What the terminal was sent so far."""
        return self._raw.decode(errors="replace").replace("\r\n", "\n")

    def answer(self, question, typed):
        """Wait for a question, then type."""
        self.wait_for(question)
        if typed == CTRL_C:
            self._interrupt()
        else:
            os.write(self._screen, typed.encode())

    def wait_for(self, text):
        """Wait until the terminal shows a text once more."""
        deadline = time.monotonic() + PATIENCE
        while (found := self._raw.find(text.encode(), self._seen)) < 0:
            if time.monotonic() > deadline:
                self._fail(f"waited for {text!r}")
            if not self._read():
                self._fail(f"ended before {text!r}")
        self._seen = found + len(text)

    def stop(self, text):
        """Wait for a text, then type Ctrl-C; where no answer is waited for, it is always heard."""
        self.wait_for(text)
        os.write(self._screen, CTRL_C.encode())

    def end(self):
        """Wait for the end of the process; give its status and what it showed."""
        deadline = time.monotonic() + PATIENCE
        while self._read():
            if time.monotonic() > deadline:
                self._fail("waited for the end")
        status = self._process.wait(PATIENCE)
        os.close(self._screen)
        return status, self.shown

    def _interrupt(self):
        # Python only notices an interrupt that comes while it waits: one that came just before
        # would be kept until something is typed. So it is sent until it is heard.
        for _ in range(10):
            time.sleep(0.3)
            os.write(self._screen, CTRL_C.encode())
            deadline = time.monotonic() + 2
            while time.monotonic() < deadline:
                if not self._read():
                    return

    def _fail(self, why):
        """Fail, and leave no process behind: its end would be held against a test to come."""
        self._process.kill()
        self._process.wait()
        os.close(self._screen)
        pytest.fail(f"{why}: {self.shown!r}")

    def _read(self):
        """Read what there is; tell whether the process is still there."""
        if not select.select([self._screen], [], [], 0.1)[0]:
            return True
        try:
            some = os.read(self._screen, 65_536)
        except OSError:  # how Linux tells that the other side is closed
            return False
        self._raw += some
        return bool(some)


def environment(**env):
    """Give the environment of a person who has set nothing else."""
    here = os.getcwd()  # noqa: PTH109
    return {"HOME": here, "LANG": "C.UTF-8", "PAGER": "cat", "PATH": os.defpath} | env


def on_terminal(*words, **more):
    """Run kobjctl on a terminal; give its status and what it showed."""
    return Terminal(*words, **more).end()


def in_pipe(*words, **env):
    """Run kobjctl in a pipe; give its status and all it printed."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PIPE, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(**env),
        check=False,
    )
    return done.returncode, done.stdout.decode()


def widest(shown):
    """Give the number of columns of the widest line."""
    return max(cell_len(COLOUR.sub("", line)) for line in shown.splitlines())


def obeyed(shown):
    """Give the characters of an output, beside those of colours, that a terminal obeys."""
    return {each for each in COLOUR.sub("", shown) if not each.isprintable() and each != "\n"}


def klasses():
    """Give the names of the klasses in the org of this folder; none where there is no org."""
    if not Path("kobjctl.db").exists():
        return []
    with closing(sqlite3.connect("kobjctl.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM klasses ORDER BY name")]


# What it looks like.

SEND = ("hook", "send", "sample_payloads/order.json", "--hook", "orders")
MAIN = (SEND, ("logs",), ("logs", "1"), ("klass", "list"), ("help", "exit-status"))
OTHERS = (
    ("apply", "sample_workflows"),
    ("klass", "show", "order"),
    ("hook", "show", "orders"),
    ("workflow", "show", "nps"),
    ("workflow", "paths", "nps", "--step", "group"),
    ("customer", "list"),
    ("customer", "timeline", "test@example.com"),
    ("kobject", "list"),
    ("actions", "kustomer.kobject.create-with-customer"),
    ("operators",),
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(org, words, width):
    status, shown = on_terminal(*words, width=width)

    assert 0 == status
    assert width >= widest(shown)


@pytest.mark.parametrize("words", OTHERS, ids=" ".join)
def test_no_line_of_any_view_is_wider_than_a_narrow_terminal(org, words):
    status, shown = on_terminal(*words, width=40)

    assert 0 == status
    assert 40 >= widest(shown)


def test_an_error_fits_into_a_narrow_terminal(org):
    status, shown = on_terminal("klass", "show", "a-name-that-nothing-in-this-org-has", width=40)

    assert 2 == status
    assert 40 >= widest(shown)


@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_a_terminal_shows_colours_and_obeys_nothing_else(org, words):
    _, shown = on_terminal(*words)

    assert COLOUR.search(shown)
    assert set() == obeyed(shown)


@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_no_color_leaves_nothing_but_text(org, words):
    _, shown = on_terminal(*words, NO_COLOR="1")

    assert [] == COLOUR.findall(shown)


@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_a_pipe_gets_nothing_but_text(org, words):
    status, printed = in_pipe(*words)

    assert 0 == status
    assert [] == COLOUR.findall(printed)
    assert set() == obeyed(printed)


def test_a_step_is_shown_in_full_on_a_terminal_and_as_its_output_in_a_pipe(org):
    _, shown = on_terminal("logs", "--step", "1")
    _, printed = in_pipe("logs", "--step", "1")

    assert "Branches checked" in shown
    assert printed.startswith("{\n")


@pytest.mark.parametrize(("height", "paged"), [(24, True), (500, False)])
def test_a_page_that_is_longer_than_the_screen_goes_through_the_pager(org, height, paged):
    status, shown = on_terminal("help", "scenarios", height=height, PAGER="sed s/^/paged:/")

    assert 0 == status
    assert paged == shown.startswith("paged:")


# Where the answer goes.


@pytest.mark.parametrize("words", [*MAIN, ("actions", "--json"), ("--help",)], ids=" ".join)
def test_a_reader_that_goes_away_is_no_error_to_talk_about(org, words):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PIPE, *words],
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    os.close(writing)

    assert b"" == done.stderr


@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_an_output_that_knows_only_ascii_gets_the_rest_escaped(org, words):
    status, printed = in_pipe(*words, PYTHONIOENCODING="ascii")

    assert 0 == status
    assert printed.isascii()


@pytest.mark.parametrize("words", MAIN, ids=" ".join)
def test_a_terminal_that_knows_only_ascii_is_no_error(org, words):
    status, shown = on_terminal(*words, PYTHONIOENCODING="ascii")

    assert 0 == status
    assert shown.isascii()


# Questions and answers.

PARCEL = (
    ("Name (such as order): ", "parcel" + ENTER),
    ("Display name [Parcel]: ", ENTER),
    ("Icon [shopping]: ", "box" + ENTER),
    ("Attribute (empty to end): ", "Weight:Num" + ENTER),
    ("Attribute (empty to end): ", "Sent:At" + ENTER),
    ("Attribute (empty to end): ", ENTER),
)


def asked(*conversation, **more):
    """Run `klass create` and hold a conversation with it; give its status and what it showed."""
    terminal = Terminal("klass", "create", **more)
    for question, typed in conversation:
        terminal.answer(question, typed)
    return terminal.end()


def test_klass_create_asks_for_what_it_was_not_told(workplace):
    status, shown = asked(*PARCEL, width=80)

    assert 0 == status
    assert "weightNum" in shown
    assert "sentAt" in shown
    assert 80 >= widest(shown)
    assert ["parcel"] == klasses()


@pytest.mark.parametrize("width", [60, 40])
def test_the_questions_fit_into_a_narrow_terminal(workplace, width):
    _, shown = asked(*PARCEL, width=width)

    assert width >= widest(shown)


def test_an_empty_answer_where_one_is_needed_is_asked_for_again(workplace):
    status, _ = asked(("Name (such as order): ", ENTER), *PARCEL)

    assert 0 == status
    assert ["parcel"] == klasses()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("answers", [0, 2, 4])
def test_who_leaves_at_a_question_has_made_nothing(workplace, answers, key):
    question, _ = PARCEL[answers]

    status, shown = asked(*PARCEL[:answers], (question, key))

    assert status not in (0, 3)
    assert "Traceback" not in shown
    assert not Path("kobjctl.db").exists()


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("a parcel", 'error: "a parcel" can\'t be the name of a klass'),
        ("customer", 'error: "customer" is a standard klass of the platform'),
    ],
)
def test_a_name_that_can_t_be_makes_nothing(workplace, name, fact):
    question, _ = PARCEL[0]

    status, shown = asked((question, name + ENTER))

    assert 2 == status
    assert fact in COLOUR.sub("", shown)
    assert [] == klasses()


def test_an_attribute_that_can_t_be_is_told_and_asked_for_again(workplace):
    question, _ = PARCEL[3]

    status, shown = asked(*PARCEL[:3], (question, "Weight" + ENTER), *PARCEL[3:])

    assert 0 == status
    assert 'error: the attribute "Weight" has no type' in COLOUR.sub("", shown)
    assert ["parcel"] == klasses()


# Following.


def test_follow_shows_a_run_of_another_process_and_ends_on_ctrl_c(org):
    terminal = Terminal("logs", "--follow")
    terminal.wait_for("waiting for runs")

    in_pipe(*SEND)
    terminal.stop("run 2  ")
    status, shown = terminal.end()

    assert 0 == status
    assert "completed" in shown
    assert "Traceback" not in shown


def test_follow_may_be_there_before_the_org(workplace):
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_PIPE, "logs", "--follow"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    process.stderr.readline()

    in_pipe("apply", "sample_workflows")
    in_pipe(*SEND)
    came, _, _ = select.select([process.stdout], [], [], 2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)

    assert [process.stdout] == came


def test_follow_in_a_pipe_gives_a_line_of_json_for_each_run_that_fits(org):
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_PIPE, "logs", "--follow", "--json", "--workflow", "nps"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    waiting = process.stderr.readline()

    in_pipe(*SEND)
    in_pipe("hook", "send", "sample_payloads/nps-without-score.json", "--hook", "nps")
    line = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    rest, said = process.communicate(timeout=PATIENCE)

    assert b"waiting for runs; stop with Ctrl-C\n" == waiting
    assert b'"workflow": "nps"' in line
    assert (0, b"", b"") == (process.returncode, rest, said)


# Scenarios.

# What draws a bar, beside colours.
DRAWING = re.compile(r"\x1b\[[?\d;]*[A-Za-z]")
SCENARIOS = """\
workflow: sample_workflows/order.yaml
scenarios:
  - name: a quantity that is not as expected
    send: {orderId: "1234", price: "$10.25", quantity: 2, email: test@example.com}
    expect:
      steps.add-first-order.custom: {quantityNum: 3, priceStr: $10.25 and a little more}
  - {name: another, send: {email: a@example.com}, expect: {status: completed}}
"""


@pytest.fixture
def scenarios(workplace):
    """The path of a scenario file, in a folder with the samples."""
    path = workplace / "order.test.yaml"
    path.write_text(SCENARIOS)
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_what_fails_fits_on_the_terminal(scenarios, width):
    status, shown = on_terminal("test", scenarios.name, width=width)
    drawn = DRAWING.sub("", shown)

    assert 1 == status
    assert "1 passed, 1 failed in" in drawn
    assert width >= widest(drawn.replace("\r", "\n"))


def test_expected_and_actual_stand_side_by_side_where_there_is_room(scenarios):
    wide, narrow = (DRAWING.sub("", on_terminal("test", width=width)[1]) for width in (80, 40))

    assert re.search(r"expected +actual\s+3 +2\s", wide)
    assert re.search(r"expected:\s+\"\$10.25 and a little more\"\s+actual:\s+\"\$10.25\"", narrow)


def test_a_bar_tells_how_many_scenarios_have_run(scenarios):
    assert "running scenarios" in on_terminal("test", "-n", "2")[1]
    assert "running scenarios" not in in_pipe("test")[1]
    assert "running scenarios" not in on_terminal("test", "--json")[1]


def test_scenarios_run_anew_when_a_workflow_changes_until_ctrl_c(scenarios):
    terminal = Terminal("test", "--watch")
    terminal.wait_for("1 passed")
    terminal.wait_for("watching for changes")
    workflow = Path("sample_workflows/order.yaml")
    workflow.write_text(workflow.read_text().replace("hook: orders", "hook: order"))
    terminal.wait_for("no hook is called")
    scenarios.write_text(SCENARIOS.replace("quantityNum: 3", "quantityNum: any"))
    workflow.write_text(workflow.read_text().replace("hook: order\n", "hook: orders\n"))
    terminal.stop("watching for changes")
    status, _ = terminal.end()

    assert 0 == status


def test_a_replay_shows_how_far_it_is_and_ctrl_c_stops_it_so_that_it_can_go_on(workplace):
    count = 5000
    orders = (f'{{"orderId": "{number}", "email": "c{number}@x.org"}}' for number in range(count))
    Path("orders.ndjson").write_text("\n".join(orders))
    in_pipe("apply", "sample_workflows")

    terminal = Terminal("replay", "orders.ndjson")
    terminal.wait_for("replaying")
    terminal.stop(" payloads  ")
    status, shown = terminal.end()
    again, finished = in_pipe("replay", "orders.ndjson", "--resume")

    assert (130, 0) == (status, again), finished
    assert "continue with: kobjctl replay orders.ndjson --resume" in " ".join(shown.split())
    assert "Traceback" not in shown
    assert f"{count:,} payloads  {count:,} runs" in finished
    with closing(sqlite3.connect("kobjctl.db")) as connection:
        sent = "SELECT count(*), count(DISTINCT body) FROM events"
        assert (count, count) == connection.execute(sent).fetchone()
