"""`kobjctl help`: the manual's topics, its pages, and the help of commands."""

import json
import re

import pytest

from kobjctl.cli import COMMANDS
from kobjctl.manual import TOPICS, read_page, read_pages


@pytest.fixture
def run(golden, workplace):
    """Give what runs a command."""
    return lambda script: golden.invoke(workplace, script)


def test_the_topics_are_listed_with_what_they_are_about(run):
    lines = run("kobjctl help").stdout.splitlines()

    assert [f"{page.topic} {page.summary}" for page in read_pages()] == [
        re.sub(" +", " ", line) + "." for line in lines[1 : len(TOPICS) + 1]
    ]


def test_the_topics_are_listed_as_json(run):
    listed = json.loads(run("kobjctl help --json").stdout)

    assert [{"topic", "title", "summary"}] * len(TOPICS) == [set(each) for each in listed]
    assert list(TOPICS) == [each["topic"] for each in listed]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_printed_as_text_that_leads_to_other_pages(run, topic):
    shown = run(f"kobjctl help {topic}")
    page = read_page(topic)

    assert shown.stdout.startswith(f"# {page.title}\n\n{page.summary}\n")
    assert [] == re.findall(r"\]\((?!https?:)[^)]*\)", shown.stdout)
    assert {topic for topic in TOPICS if f"]({topic}.md" in page.text} <= set(
        re.findall(r"\(`kobjctl help ([\w-]+)`\)", shown.stdout)
    )
    assert (topic in COMMANDS) == (f"kobjctl {topic} --help" in shown.stderr)


def test_a_page_as_json_is_as_it_was_written(run):
    assert read_page("logs")._asdict() == json.loads(run("kobjctl help logs --json").stdout)


def test_a_topic_is_found_by_its_words(run):
    assert run("kobjctl help exit-status").stdout == run("kobjctl help exit status").stdout


@pytest.mark.parametrize("words", ["hook send", "logs rerun", "customer", "test", "explain"])
def test_the_name_of_a_command_leads_to_its_help(run, words):
    asked, helped = run(f"kobjctl help {words}"), run(f"kobjctl {words} --help")

    assert "Usage: " in asked.stdout
    assert (0, helped.stdout) == (asked.exit_code, asked.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("scenario", 'error: no topic or command is called "scenario"\nhint: did you mean "scen'),
        ("nonsense", "hint: kobjctl help lists topics\n"),
        ("Snapshot", "hint: it is mentioned in kobjctl help scenarios"),
        ("hooks orders", 'error: no topic or command is called "hooks orders"'),
        ("hook snd", 'hint: did you mean "send"?\n'),
    ],
)
def test_an_unknown_topic_is_answered_with_the_closest(run, words, said):
    done = run(f"kobjctl help {words}")

    assert 2 == done.exit_code
    assert said in done.stderr
