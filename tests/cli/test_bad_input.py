"""What kobjctl refuses: with one line and a hint, with status 2, and with the org as it was.

The commands and what they say are transcripts in `golden/refused/`; what a line of text can't
hold stands here. All of them run beside an org with two workflows and one order in it.
"""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kobjctl.app.org import opening
from kobjctl.cli import app
from kobjctl.store.opening import APPLICATION_ID, SCHEMA
from kobjctl.store.place import disk_of

REFUSED = sorted((Path(__file__).parent / "golden" / "refused").glob("*.txt"))
COMMANDS = [
    command
    for path in REFUSED
    for command in re.findall(r"^\$ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
]

# Fits every workflow below that has only one mistake to show.
START = b"name: order\ntrigger: {eventName: a.b.c, transitions: [{target: one}]}\nsteps:\n"
FILES = {
    "empty.json": b"",
    "blank.json": b" \n\t",
    "word.json": b'{"orderId": "1",\n "price": free}',
    "two.json": b"{} {}",
    "open.json": b'{"items": [1, 2',
    "twice.json": b'{"orderId": "1",\n "orderId": "2"}',
    "nan.json": b'{"price": NaN}',
    "infinity.json": b"[Infinity]",
    "minus-infinity.json": b"[-Infinity]",
    "huge.json": b"1e999",
    "digits.json": b"9" * 5_000,
    "large.json": b'"' + b"x" * (400 * 1024 - 1) + b'"',
    "deep.json": b"[" * 101 + b"]" * 101,
    "very-deep.json": b"[" * 100_000,
    "latin-1.json": '{"name": "Ren\xe9"}'.encode("latin-1"),
    "utf-16.json": '{"name": "René"}'.encode("utf-16"),
    "half-pair.json": rb'{"name": "\ud83d"}',
    "control.json": b'{"name": "\x1b[31m"}',
    "nul.json": b'{"name": "\x00"}',
    "broken.eml": b"Content-Type: text/html\n\n"
    b'<script type="application/ld+json" data-kustomer-key="receipts">{"a": }</script>',
    "bare/readme.txt": b"nothing to load",
    "empty.yaml": b"",
    "comment.yaml": b"# nothing yet\n",
    "twice.yaml": b"name: one\ntrigger: {eventName: a.b.c}\nname: two\n",
    "nan.yaml": b"name: order\ntrigger: {eventName: a.b.c}\nmeta: {x: .nan}\n",
    "infinity.yaml": b"name: order\ntrigger: {eventName: a.b.c}\nmeta: {x: -.inf}\n",
    "deep.yaml": b"[" * 101 + b"]" * 101,
    "latin-1.yaml": "name: Ren\xe9\n".encode("latin-1"),
    "control.yaml": b'name: "\x1b[31m"\n',
    "tab.yaml": b"trigger:\n\teventName: a.b.c\n",
    "two.yaml": b"name: one\n---\nname: two\n",
    "bomb.yaml": b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + b"".join(
        b"a%d: &a%d [%s]\n" % (level, level, b", ".join([b"*a%d" % (level - 1)] * 10))
        for level in range(1, 9)
    ),
    "itself.yaml": b"a: &a [*a]\n",
    "python.yaml": b"name: !!python/object/apply:os.system [touch made-by-a-tag]\n",
    "tag.yaml": b"name: !secret order\n",
    "merge.yaml": b"base: &base {name: order}\n<<: *base\n",
    "large.yaml": b"#" * (4 * 1024 * 1024 + 1),
    "list.yaml": b"- name: order\n",
    "names.yaml": b"name: one\ntrigger: {hook: ordrs}\n",
    "klass.yaml": b"klasses:\n"
    b"  - name: an order\n"
    b"  - {name: parcel, metadata: {properties: {weight: {}, kindStr: {}, KindStr: {}}}}\n",
    "operator.yaml": START
    + b"  - {id: one, transitions: [{target: two, condition: {op: exist, values: [1]}}]}\n"
    + b"  - {id: two}\n",
    "target.yaml": START + b"  - {id: one, transitions: [{target: oen}]}\n",
    "step-twice.yaml": START + b"  - {id: one}\n  - {id: one}\n",
    "cycle.yaml": START
    + b"  - {id: one, transitions: [{target: two}]}\n"
    + b"  - {id: two, transitions: [{target: one}]}\n",
    "type.yaml": b"name: 7\ntrigger: [a.b.c]\nsteps: none\n",
    "text.db": b"This is no database. " * 100,
}
DATABASES = (("other.db", 0, 0), ("newer.db", APPLICATION_ID, SCHEMA + 1))
LINE = re.compile(
    r"(\S.*?:\d+:\d+: (?:error|warning) WF\d{3}| +(?:= help|= note)|error|hint): \S.*"
    # The line of the file, and the mark below it.
    r"| +(\d+ )?\|.*"
)


def write_files(folder, text):
    """Write the bad files that a command or a transcript names."""
    for name, bad in FILES.items():
        if re.search(rf"(?<![\w.-]){name.split('/')[0]}(?!\w)", text):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(bad)
    for name, application, schema in DATABASES:
        if name in text:
            with closing(sqlite3.connect(folder / name)) as other:
                other.execute("CREATE TABLE things (name)")
                other.execute(f"PRAGMA application_id = {application}")
                other.execute(f"PRAGMA user_version = {schema}")


def content(path):
    """Give all that an org holds."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def files(folder):
    """Give the files of a folder, without those that SQLite keeps beside a database."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if "kobjctl.db" not in path.name}


def kinds(stderr):
    """Give the kind of each line that was said: problem, help, error, hint; None for others."""
    matches = [LINE.fullmatch(line) for line in stderr.splitlines()]
    words = [match and (match[1] or "excerpt") for match in matches]
    return [word if word in ("error", "hint") else word and "problem" for word in words]


def call(*words, **more):
    """Run kobjctl in this process; what it raises is raised."""
    result = CliRunner(env={"KOBJCTL_DB": None}).invoke(app, words, prog_name="kobjctl", **more)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# What is said.


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_is_refused_is_refused_in_these_words(golden, workplace, org, update, path):
    write_files(workplace, path.read_text(encoding="utf-8"))
    perform, words = golden.in_process(workplace), golden.Words(workplace)

    actual = golden.replay(path.read_text(encoding="utf-8"), perform, words)
    if update:
        path.write_text(actual, encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == actual


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_refused_ends_with_status_2_and_changes_nothing(golden, workplace, org, command):
    write_files(workplace, command)
    org_before, files_before = content(org), files(workplace)

    result = golden.invoke(workplace, command, "--json")

    assert 2 == result.exit_code
    assert "" == result.stdout
    assert org_before == content(org)
    assert files_before == files(workplace)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_refused_is_one_line_with_a_hint_or_the_problems_of_a_file(
    golden, workplace, org, command
):
    write_files(workplace, command)

    said = kinds(golden.invoke(workplace, command).stderr)
    problems = said[: said.index("error")]

    assert ["problem"] * len(problems) == problems
    assert (["error"] if problems else ["error", "hint"]) == said[len(problems) :]


@pytest.mark.parametrize(
    "command",
    [
        "kobjctl logs 1 --status failed",
        "kobjctl logs 1 --workflow odrer",
        "kobjctl logs --step 1 --since 2h",
        "kobjctl klass create parcel --file parcel.yaml --icon cart",
        "kobjctl hook send sample_payloads/order.json --hook ''",
    ],
)
def test_an_option_that_can_t_be_followed_is_refused(golden, workplace, org, command):
    (workplace / "parcel.yaml").write_text("name: parcel\n")
    before = content(org)

    result = golden.invoke(workplace, command)

    assert 2 == result.exit_code
    assert before == content(org)


@pytest.mark.parametrize(
    "command",
    [
        "kobjctl apply sample_payloads/order-broken.json",
        "kobjctl hook send sample_payloads/order.json",
        "kobjctl workflow enable order",
        "kobjctl klass edit order --icon cart",
        "kobjctl klass delete order",
        "kobjctl klass create 'an order'",
    ],
)
def test_what_is_refused_makes_no_org(golden, workplace, command):
    result = golden.invoke(workplace, command)

    assert 2 == result.exit_code
    assert not (workplace / "kobjctl.db").exists()


# Arguments that no line of text can hold.

NO_TEXT = "a\udcffb"
ARGUMENTS = [
    ("klass", "create", NO_TEXT),
    ("klass", "create", "--file", NO_TEXT),
    ("klass", "list", "--db", NO_TEXT),
    ("hook", "create", NO_TEXT),
    ("hook", "send", NO_TEXT),
    ("apply", NO_TEXT),
    ("actions", NO_TEXT),
    ("logs", "--step", NO_TEXT),
    ("logs", "--path", NO_TEXT),
    ("logs", "--since", NO_TEXT),
    ("logs", "--status", NO_TEXT),
    ("klass", "show", NO_TEXT),
    ("hook", "show", NO_TEXT),
    ("workflow", "show", NO_TEXT),
    ("kobject", "show", NO_TEXT),
    ("customer", "show", NO_TEXT),
    ("logs", NO_TEXT),
    ("logs", "--workflow", NO_TEXT),
    ("klass", "create", "parcel", "--display-name", NO_TEXT),
    ("hook", "create", "returns", "--description", NO_TEXT),
    ("customer", "create", "--name", NO_TEXT),
    ("klass", "show", "a\0b"),
    ("hook", "show", "a\0b"),
    ("hook", "send", "a\0b"),
    ("logs", "a\0b"),
    ("logs", "--path", "a\0b"),
    ("customer", "show", "a\0b"),
    ("kobject", "show", "order/a\0b"),
    ("klass", "show", "a\nb\x1b[31m\u202e"),
    ("klass", "show", "x" * 100_000),
    ("klass", "create", "x" * 256),
    ("hook", "send", "x" * 100_000),
    ("customer", "create", "--name", "x" * 100_000),
    ("logs", "9" * 5_000),
    ("logs", "--since", "9" * 5_000 + "d"),
    ("logs", "--limit", "9" * 30),
    ("customer", "list", "--limit", "9" * 30),
    ("kobject", "list", "--limit", "9" * 30),
    ("logs", "prune", "--keep", "9" * 30),
    ("logs", "--path", "$" + ".a" * 2_000),
]


@pytest.mark.parametrize("words", ARGUMENTS, ids=lambda words: ascii(" ".join(words))[1:60])
def test_an_argument_that_is_no_sane_text_is_refused_like_any_other(org, words):
    before = content(org)

    result = call(*words)

    assert 2 == result.exit_code
    assert "" == result.stdout
    assert "error" == kinds(result.stderr)[0]
    assert before == content(org)


def test_a_path_that_finds_nothing_may_be_long(org):
    assert 0 == call("logs", "--path", "$" + ".a" * 50).exit_code


# A database that can't be written.

WRITERS = [
    ("apply", "more.yaml"),
    ("klass", "create", "parcel"),
    ("klass", "edit", "order", "--icon", "basket"),
    ("klass", "delete", "nps-response"),
    ("hook", "create", "returns"),
    ("hook", "example", "orders", "large.json"),
    ("hook", "send", "large.json", "--hook", "orders"),
    ("workflow", "disable", "order"),
    ("customer", "create", "--name", "Test Customer"),
    ("logs", "prune", "--keep", "0"),
]
GROWING = ("apply", "hook example", "hook send")
READERS = [
    ("klass", "list"),
    ("hook", "list"),
    ("workflow", "list"),
    ("customer", "list"),
    ("kobject", "list"),
    ("logs",),
    ("logs", "1"),
]


@pytest.fixture
def setting(org, monkeypatch):
    """Give what makes each connection wait but shortly, and sets a PRAGMA of SQLite on it."""
    Path("more.yaml").write_text(
        "klasses:\n" + "".join(f"  - {{name: klass-{number}}}\n" for number in range(500))
    )
    Path("large.json").write_text(json.dumps({"orderId": "1", "note": "x" * 300_000}))
    open_org = partial(opening.open_org, timeout=0.05)

    def set_on_each(pragma):
        def opened(path):
            org = open_org(path)
            [pages] = org.store.connection.execute("PRAGMA page_count").fetchone()
            org.store.connection.execute(f"PRAGMA {pragma.format(pages=pages)}")
            return org

        monkeypatch.setattr(opening, "open_org", opened)

    return set_on_each


@pytest.fixture
def locked(org, setting):
    """An org that another process is writing to."""
    setting("cache_size")
    with closing(sqlite3.connect(org, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield org


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_who_writes_to_a_locked_org_is_told_so(locked, words):
    before = content(locked)

    result = call(*words, "--json")

    assert (2, "") == (result.exit_code, result.stdout)
    assert ["error", "hint"] == kinds(result.stderr)
    assert f'"{locked}" is busy' in result.stderr
    assert before == content(locked)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_who_reads_a_locked_org_notices_nothing(locked, words):
    assert (0, "") == (call(*words).exit_code, call(*words).stderr)


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
def test_who_writes_to_an_org_that_can_only_be_read_is_told_so(org, setting, words):
    setting("query_only = ON")
    before = content(org)

    result = call(*words, "--json")

    assert (2, "") == (result.exit_code, result.stdout)
    assert f'error: the database "{org}" is read-only' == result.stderr.splitlines()[0]
    assert ["error", "hint"] == kinds(result.stderr)
    assert before == content(org)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_who_reads_an_org_that_can_only_be_read_notices_nothing(org, setting, words):
    setting("query_only = ON")

    assert (0, "") == (call(*words).exit_code, call(*words).stderr)


@pytest.mark.parametrize(
    "words", [each for each in WRITERS if " ".join(each).startswith(GROWING)], ids=" ".join
)
def test_who_writes_to_a_full_disk_is_told_so(org, setting, words):
    setting("max_page_count = {pages}")
    before = content(org)

    result = call(*words, "--json")

    assert (2, "") == (result.exit_code, result.stdout)
    assert (
        f'error: the disk {disk_of(org)} is full; there is no room for "{org}"'
        == result.stderr.splitlines()[0]
    )
    assert ["error", "hint"] == kinds(result.stderr)
    assert before == content(org)


def test_who_sends_is_told_when_only_the_run_finds_the_disk_full(org, setting):
    setting("max_page_count = {pages}")

    result = call("hook", "send", "sample_payloads/order.json", "--hook", "orders")

    with closing(sqlite3.connect(org)) as connection:
        rows = connection.execute("SELECT id FROM events ORDER BY number").fetchall()
    assert 2 == result.exit_code
    assert 2 == len(rows)
    assert rows[-1][0] in result.stderr


@pytest.mark.parametrize("words", [*WRITERS, *READERS], ids=" ".join)
def test_an_org_that_is_damaged_is_told_to_be_so(org, setting, words):
    setting("cache_size")
    raw = org.read_bytes()
    org.write_bytes(raw[:4096] + b"\xff" * (len(raw) - 4096))

    result = call(*words, "--json")

    assert (2, "") == (result.exit_code, result.stdout)
    assert ["error", "hint"] == kinds(result.stderr)
    assert "is damaged" in result.stderr


# What a terminal would obey.

NASTY = (
    '[red]"it"[/red]\n\r\t\x00\x07\x1b[31m\x1b]0;title\x07\x7f\x9b5m'
    "\u200e\u202e\u2028\u2066é\U0001f600"
)
PAYLOAD = {"email": "nasty@example.com", "orderId": NASTY, NASTY: {NASTY: [NASTY]}}
NASTY_FILE = {
    "klasses": [
        {
            "name": "order",
            "displayName": NASTY,
            "icon": NASTY[:30],
            "metadata": {"properties": {"orderIDStr": {"displayName": NASTY}}},
        }
    ],
    "hooks": [{"name": "orders", "type": "form", "description": NASTY}],
    "workflows": [
        {
            "name": NASTY,
            "description": NASTY,
            "trigger": {
                "hook": "orders",
                "transitions": [
                    {
                        "target": NASTY,
                        "meta": {"name": NASTY},
                        "condition": {
                            "op": "neq",
                            "values": [NASTY, "/#steps.1.attributes.data." + NASTY],
                        },
                    }
                ],
            },
            "steps": [
                {
                    "id": NASTY,
                    "action": "kustomer.customer.create",
                    "meta": {"displayName": NASTY},
                    "params": {"name": "/#steps.1.attributes.data.orderId", "externalId": NASTY},
                    "transitions": [{"target": "keep"}],
                },
                {
                    "id": "keep",
                    "action": "kustomer.kobject.create-with-customer",
                    "params": {
                        "klassName": "order",
                        "customer": "/#steps." + NASTY + ".id",
                        "title": NASTY,
                        "externalId": NASTY,
                        "data": "/#steps.1.attributes.data",
                        "custom": {"orderIDStr": "/#steps.1.attributes.data.orderId"},
                    },
                },
            ],
        }
    ],
}
VIEWS = [
    ("apply", "nasty.json", "--force"),
    ("apply", "nasty.json"),
    ("validate", "nasty.json"),
    ("klass", "list"),
    ("klass", "show", "order"),
    ("hook", "list"),
    ("hook", "show", "orders"),
    ("hook", "example", "orders"),
    ("hook", "send", "payload.json", "--hook", "orders"),
    ("workflow", "list"),
    ("workflow", "show", NASTY),
    ("workflow", "disable", NASTY),
    ("workflow", "graph", NASTY),
    ("workflow", "paths", NASTY),
    ("workflow", "paths", NASTY, "--step", "keep"),
    ("workflow", "export", NASTY),
    ("customer", "list"),
    ("customer", "show", NASTY),
    ("customer", "timeline", NASTY),
    ("kobject", "list"),
    ("kobject", "show", f"order/{NASTY}"),
    ("logs",),
    ("logs", "last"),
    ("logs", "--step", "1"),
    ("logs", "--step", NASTY),
    ("logs", "--workflow", NASTY),
    ("logs", "--path", "$.attributes.data.orderId"),
    ("logs", "last", "--path", "$.attributes.data.*"),
    ("logs", "99"),
    ("workflow", "show", NASTY + "x"),
    ("customer", "show", NASTY + "x"),
]


@pytest.fixture
def nasty(workplace):
    """An org in which everything that may is named as badly as can be."""
    Path("nasty.json").write_text(json.dumps(NASTY_FILE))
    Path("payload.json").write_text(json.dumps(PAYLOAD))
    for words in (VIEWS[0], ("hook", "send", "payload.json", "--hook", "orders")):
        assert call(*words).exit_code in (0, 1)


def shown_raw(text):
    """Give the characters of an output that a terminal would obey."""
    return {each for each in text if not each.isprintable() and each != "\n"}


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize("words", VIEWS, ids=lambda words: ascii(" ".join(words))[1:40])
def test_no_view_sends_what_a_terminal_would_obey(nasty, words, form):
    result = call(*words, *form)

    assert set() == shown_raw(result.stdout + result.stderr)


@pytest.mark.parametrize("words", [("logs", "last"), ("kobject", "show", f"order/{NASTY}")])
def test_what_a_terminal_would_obey_is_shown(nasty, words):
    shown = call(*words).stdout

    assert all(each in shown for each in (r"\n", r"\u202e", "[red]", "é"))
    assert r"\x1b[31m" in shown or r"\u001b[31m" in shown


def test_json_gives_a_nasty_text_back_as_it_was(nasty):
    [found] = json.loads(call("logs", "last", "--path", "$.attributes.data", "--json").stdout)

    assert PAYLOAD == found


def test_a_very_long_value_is_cut_where_a_log_is_read_and_whole_in_json(workplace, org):
    long = {"orderId": "x" * 300_000, "email": "test@example.com"}
    Path("long.json").write_text(json.dumps(long))

    sent = call("hook", "send", "long.json", "--hook", "orders")
    lines = [*sent.stdout.splitlines(), *call("logs", "last").stdout.splitlines()]
    [whole] = json.loads(call("logs", "last", "--path", "$.attributes.data", "--json").stdout)

    assert 200 > max(map(len, lines))
    assert long == whole


# The whole process.


@pytest.fixture
def process(golden, workplace):
    """Give what runs kobjctl as a process."""

    def run(*words, stdout=subprocess.PIPE):
        return subprocess.run(
            [sys.executable, "-m", "kobjctl", *words],
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=golden.environment(workplace),
            check=False,
        )

    return run


def test_a_refusal_is_the_status_of_the_process(org, process):
    done = process("klass", "show", "ordr")

    assert (2, b"") == (done.returncode, done.stdout)
    assert b'error: no klass is called "ordr"\nhint: did you mean "order"?\n' == done.stderr


def test_an_argument_that_is_not_utf_8_is_no_bug_of_ours(org, process):
    done = process(b"klass", b"show", b"a\xffb")

    assert 2 == done.returncode
    assert ["error", "hint"] == kinds(done.stderr.decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_takes_nothing_is_no_bug_of_ours(org, process):
    with Path("/dev/full").open("w") as full:
        done = process("logs", stdout=full)

    assert done.returncode in (1, 2)
    assert "error" == kinds(done.stderr.decode())[0]


def test_a_copy_of_the_org_s_one_file_has_all_that_a_process_wrote(workplace, process):
    process("apply", "sample_workflows")
    copy = workplace / "copy.db"
    copy.write_bytes((workplace / "kobjctl.db").read_bytes())

    assert b"order" in process("workflow", "list", "--db", "copy.db").stdout


@pytest.mark.parametrize("command", ["variable set order key", "setting set shop.default.key"])
@pytest.mark.parametrize("size", [16_384, 16_385])
def test_a_value_that_nobody_may_see_has_16_kb_at_most(golden, workplace, org, command, size):
    (workplace / "value.txt").write_bytes(b"x" * size)

    result = golden.invoke(workplace, f"kobjctl {command} - < value.txt")

    assert (2 if size > 16_384 else 0) == result.exit_code
    assert (size > 16_384) is ("the value has 16,385 bytes" in result.stderr)
