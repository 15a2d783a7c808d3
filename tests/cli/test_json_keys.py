"""Every key that a command prints with --json stands in `json_keys.txt`: a new one, or one that is
gone, is a decision, and `pytest --update` writes it down.

A line has the keys of an object by its place in the output of a command. What many commands print
has lines of its own, in brackets.
"""

import json
from collections import defaultdict
from pathlib import Path

import typer
from typer.core import TyperGroup

from kobjctl.cli import app
from kobjctl.manual import read_page

LIST = Path(__file__).with_name("json_keys.txt")
CASES = Path(__file__).with_name("json_cases.txt")
TRANSCRIPTS = sorted((Path(__file__).parent / "golden").glob("*.txt"))
# Each is known by keys that nothing else has.
SHARED = {
    "run": {"workflowRev"},
    "step": {"decisions"},
    "decision": {"holds", "op"},
    "problem": {"severity", "endLine"},
    "resource": {"type", "attributes"},
    "klass": {"metadata"},
    "schedule": {"runAt"},
}
# Their keys are those of the platform, or of whoever wrote the values.
DOCUMENTS = {"app export", "workflow export", "hook example", "schema"}
FOREIGN = {"metadata", "attributes", "relationships", "links"} | {
    *("body", "condition", "data", "expected", "actual", "headers", "input", "inputs", "output"),
    *("response", "result", "sample", "value", "step1", "step"),
}
# These have values of any kind in some places, and keys of ours in others.
VALUES = (
    *("fields[].old", "fields[].new", "differences[].old", "differences[].new", "error.errors"),
    *("diff .differences[].examples[].old", "diff .differences[].examples[].new", "logs [].values"),
    *(
        "doctor .settings",
        ".terminal.variables",
        ".libraries",
        ".extras",
        ".rowCounts",
        ".runCounts",
    ),
)
# Their keys are statuses and kinds of records.
COUNTS = {"createdRecords", "statuses"}


def command_of(words):
    """Give the words that name a command: `hook send`; the default ones of a group stay away."""
    command, names = typer.main.get_command(app), []
    for word in words:
        if isinstance(command, TyperGroup):
            found = command.get_command(typer.Context(command), word)
            command = found or command
            names += [word] if found else []
    return " ".join(names)


def document_of(output):
    """Give the JSON document in what a command printed, after what was said on stderr."""
    lines = output.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line[0] in "[{":
            return json.JSONDecoder().raw_decode("".join(lines[number:]))[0]
    return None


def documents(entries):
    """Yield the commands of a transcript that print JSON, each with what it prints."""
    for entry in entries:
        words = entry.script.split()
        if "kobjctl" in words and {"--json", "json"} & set(words):
            command = command_of(words[words.index("kobjctl") + 1 :])
            if command not in DOCUMENTS:
                yield command, document_of(entry.output)


def performed(golden, folder):
    """Yield the commands of `json_cases.txt` with what they print now."""
    perform = golden.in_process(folder)
    for entry in golden.read(CASES.read_text(encoding="utf-8"))[1]:
        output = perform(entry.script)
        assert "error: " not in output, output
        yield entry._replace(output=output)


def collect(value, place, keys):
    """Add the keys of a value's objects to those that are known by their place."""
    if isinstance(value, list):
        for each in value:
            collect(each, f"{place}[]", keys)
    elif isinstance(value, dict):
        shared = next((name for name, marks in SHARED.items() if marks <= value.keys()), None)
        place = f"[{shared}]" if shared else place
        keys[place] |= value.keys()
        for key, each in value.items():
            if key not in FOREIGN | COUNTS and not f"{place}.{key}".endswith(VALUES):
                collect(each, f"{place}.{key}", keys)


def test_every_key_of_json_is_listed(golden, workplace, update):
    entries = [
        each for path in TRANSCRIPTS for each in golden.read(path.read_text(encoding="utf-8"))[1]
    ]
    keys = defaultdict(set)
    for command, document in documents([*entries, *performed(golden, workplace)]):
        collect(document, f"{command or 'kobjctl'} ", keys)

    actual = "".join(
        f"{place.strip()}: {' '.join(sorted(keys[place]))}\n" for place in sorted(keys)
    )
    if update:
        LIST.write_text(actual, encoding="utf-8", newline="\n")

    assert LIST.read_text(encoding="utf-8") == actual


def test_the_manual_tells_each_key_of_a_run():
    page = read_page("json").text
    lines = dict(line.split(": ") for line in LIST.read_text(encoding="utf-8").splitlines())
    keys = " ".join(lines[f"[{name}]"] for name in ("run", "step", "decision")).split()

    assert [] == [key for key in keys if f"`{key}`" not in page]
