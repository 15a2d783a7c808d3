"""The whole command line, as transcripts: each file of `golden/` is replayed and compared."""

import json
import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from kobjctl.actions import ACTIONS
from kobjctl.cli import COMMANDS, app
from kobjctl.model.kinds import KINDS

TRANSCRIPTS = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def commands(command, words=("kobjctl",)):
    """Yield the words of each command and group, with the command."""
    yield words, command
    if isinstance(command, TyperGroup):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*words, name))


WITH_GROUPS = list(commands(typer.main.get_command(app)))
ALL = [each for each in WITH_GROUPS if not isinstance(each[1], TyperGroup)]
EVERY = pytest.mark.parametrize(
    ("words", "command"), ALL, ids=[" ".join(words) for words, _ in ALL]
)
# They never end by themselves: `test_terminal.py` shows them.
ENDLESS = {"--follow", "--watch"}


def typed(words):
    """Give a command as people type it: `logs` stands for `logs show`, `test` for `test run`."""
    return " ".join(words).replace("logs show", "logs").replace("test run", "test")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_what_the_commands_print(golden, workplace, update, path):
    perform, words = golden.in_process(workplace), golden.Words(workplace)

    actual = golden.replay(path.read_text(encoding="utf-8"), perform, words)
    if update:
        path.write_text(actual, encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == actual


@EVERY
def test_every_command_has_help_with_an_example(words, command):
    examples = re.findall(r"^  kobjctl .*", command.help or "", re.MULTILINE)

    assert examples
    assert all(typed(words) in example for example in examples)


@EVERY
def test_every_option_and_argument_has_help(words, command):
    assert [] == [name for name, each in command.declared.items() if not each.help]


@EVERY
def test_every_command_and_option_is_in_a_transcript(words, command):
    line = re.compile(rf"^\$ .*{typed(words)}.*$", re.MULTILINE)
    used = {
        word
        for path in TRANSCRIPTS
        for found in line.findall(path.read_text(encoding="utf-8"))
        for word in found.split()
    }
    options = [param for param in command.params if param.param_type_name == "option"]

    assert set() != used
    assert [] == [
        each.name
        for each in options
        if used.isdisjoint(each.opts) and ENDLESS.isdisjoint(each.opts)
    ]


@pytest.mark.parametrize("words", [words for words, _ in WITH_GROUPS], ids=" ".join)
def test_help_holds_nothing_that_a_terminal_obeys(golden, workplace, words):
    text = golden.in_process(workplace)(f"{' '.join(words)} --help")

    assert [] == [char for char in text if not char.isprintable() and char != "\n"]


def test_no_group_of_the_table_is_left_out():
    assert {*COMMANDS, *KINDS} == {words[1] for words, _ in ALL}


# What a transcript would not make plain.


@pytest.mark.parametrize("name", ACTIONS)
def test_the_help_of_an_action_is_text_and_not_source(golden, workplace, name):
    shown = golden.invoke(workplace, f"kobjctl actions {name}").stdout
    in_json = json.loads(golden.invoke(workplace, f"kobjctl actions {name} --json").stdout)

    assert "\\n" not in shown
    assert [] == [line for line in in_json["help"].splitlines() if line.startswith(" ")]


@pytest.fixture
def mood(golden, workplace):
    """Give what runs `klass edit` on a klass whose one attribute is a list."""
    golden.invoke(workplace, 'kobjctl klass create day -a "Mood:Str" --option moodStr=good,bad')

    def edit(options):
        result = golden.invoke(workplace, f"kobjctl klass edit day {options} --json")
        assert 0 == result.exit_code
        return json.loads(result.stdout)["metadata"]["properties"]["moodStr"]

    return edit


def test_a_new_label_keeps_the_options_of_an_attribute(mood):
    edited = mood('-a "How it was:Str:moodStr"')

    assert {"type": "string", "displayName": "How it was", "enumeration": ["good", "bad"]} == edited


def test_the_options_of_an_attribute_change_without_its_label(mood):
    edited = mood("--option moodStr=good,fair,bad")

    assert ["good", "fair", "bad"] == edited["enumeration"]
