"""The README tells the truth: its commands are run, in order, and print what it says."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kobjctl.cli import Exit, app

README = Path(__file__).parent.parent / "README.md"
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
WORKFLOW = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STATUS = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def test_the_console_blocks_show_what_the_commands_print(golden, workplace, update):
    perform, words = golden.shell(workplace), golden.Words(workplace)
    written = README.read_text(encoding="utf-8")

    actual = CONSOLE.sub(lambda block: golden.replay(block[0], perform, words), written)
    if update:
        README.write_text(actual, encoding="utf-8", newline="\n")

    assert README.read_text(encoding="utf-8") == actual


def test_there_are_console_blocks():
    assert 10 < len(CONSOLE.findall(README.read_text(encoding="utf-8")))


@pytest.mark.parametrize("text", WORKFLOW.findall(README.read_text(encoding="utf-8")))
def test_a_workflow_file_of_the_readme_loads_without_a_warning(workplace, text):
    Path("order.yaml").write_text(text)

    result = CliRunner().invoke(app, ["apply", "order.yaml", "--json"])

    assert 0 == result.exit_code
    assert '"warnings": []' in result.stdout


def test_the_exit_statuses_are_those_of_the_program():
    assert [str(int(status)) for status in Exit] == STATUS.findall(
        README.read_text(encoding="utf-8")
    )
