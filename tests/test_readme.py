"""The README and the manual tell the truth: their commands are run, in order, and print what they
say.
"""

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from kobjctl.actions import ACTIONS
from kobjctl.cli import Exit, app
from kobjctl.manual import FOLDER, TOPICS, read_pages

README = Path(__file__).parent.parent / "README.md"
PAGES = (README, *sorted(FOLDER.glob("*.md")))
CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
WORKFLOW = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LISTED = re.compile(r"(?<=^## The manual\n\n)(?:- .*\n)*", re.MULTILINE)
STATUS = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def read(path):
    """Give the text of a page."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [page for page in PAGES if CONSOLE.search(read(page))], ids=lambda page: page.stem
)
def test_the_console_blocks_of_a_page_show_what_the_commands_print(golden, workplace, update, page):
    perform, words = golden.shell(workplace), golden.Words(workplace)

    actual = CONSOLE.sub(lambda block: golden.replay(block[0], perform, words), read(page))
    if update:
        page.write_text(actual, encoding="utf-8", newline="\n")

    assert read(page) == actual


def anchors(path):
    """Give what a link to a heading of a page may name."""
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(read(path))
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere(page):
    links = {(page.parent / file if file else page, to) for file, to in LINK.findall(read(page))}

    assert [] == [
        f"{file}#{to}"
        for file, to in links
        if not file.is_file() or (to and to not in anchors(file))
    ]


def test_a_topic_is_a_page_that_opens_with_its_title_and_a_summary():
    assert sorted(TOPICS) == [page.stem for page in PAGES[1:]]
    for page in read_pages():
        assert page.text.startswith(f"# {page.title}\n\n{page.summary}\n")
        assert page.title
        assert page.summary.endswith(".")


def test_the_readme_lists_the_pages_of_the_manual(update):
    listed = "".join(
        f"- [{page.title}](kobjctl/manual/{page.topic}.md): {page.summary}\n"
        for page in read_pages()
    )
    if update:
        README.write_text(LISTED.sub(lambda _: listed, read(README)), "utf-8", newline="\n")

    assert [listed] == LISTED.findall(read(README))


def test_the_readme_is_an_introduction():
    assert 250 >= len(read(README).splitlines())


def test_there_are_console_blocks():
    assert 10 <= len(CONSOLE.findall(read(README)))
    assert 30 < sum(len(CONSOLE.findall(read(page))) for page in PAGES)


@pytest.mark.parametrize("text", [text for page in PAGES for text in WORKFLOW.findall(read(page))])
def test_a_workflow_file_of_the_manual_loads_without_a_warning(workplace, text):
    Path("order.yaml").write_text(text)

    result = CliRunner().invoke(app, ["apply", "order.yaml", "--json"])

    assert 0 == result.exit_code
    assert '"warnings": []' in result.stdout


def test_the_labels_of_all_actions_are_listed():
    listed = read(FOLDER / "labels.md")

    assert [] == [
        each.name
        for each in ACTIONS.values()
        if f"| {each.label} | `{each.name}` |\n" not in listed
    ]


def test_the_exit_statuses_are_those_of_the_program():
    assert [str(int(status)) for status in Exit] == STATUS.findall(read(FOLDER / "exit-status.md"))


def commands(command, *words):
    """Yield the words of each command and group as people type them, with the command."""
    yield " ".join(words).replace("logs show", "logs").replace("test run", "test"), command
    if isinstance(command, TyperGroup):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), *words, name)


def test_the_manual_names_every_command_and_every_option_of_its_own():
    text = "\n".join(read(page) for page in PAGES)
    known = dict(commands(typer.main.get_command(app), "kobjctl"))
    options = {
        tuple(each.opts)
        for command in known.values()
        if not isinstance(command, TyperGroup)
        for each in command.get_params(typer.Context(command))
        if each.param_type_name == "option" and not each.hidden
    }

    # What all kinds of records have is said of all of them at once.
    shared = re.compile(r"kobjctl [\w-]+ (create|list|show)$")
    assert [] == [words for words in known if words not in text and not shared.match(words)]
    assert [] == [
        names
        for names in options
        if not any(re.search(rf"(?<![\w-]){name}(?![\w-])", text) for name in names)
    ]
