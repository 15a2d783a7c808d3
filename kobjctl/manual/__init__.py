"""The manual: a Markdown page a topic, each of which opens with its title and a summary."""

from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = Path(__file__).parent
# In the order of a user's days.
TOPICS: Final = (
    "getting-started",
    "workflow-files",
    "expressions",
    "conditions",
    "actions",
    "hooks",
    "logs",
    "validation",
    "scenarios",
    "coverage",
    "replay",
    "compare",
    "http",
    "events",
    "apps",
    "variables",
    "org",
    "ci",
    "json",
    "editors",
    "exit-status",
    "troubleshooting",
    "labels",
    "platform",
    "stability",
    "performance",
)


class ManualPage(NamedTuple):
    """A page of the manual: the first lines of its text are the title and the summary."""

    topic: str
    title: str
    summary: str
    text: str


def read_page(topic: str) -> ManualPage:
    """Return the page of one of the topics."""
    text = (FOLDER / f"{topic}.md").read_text(encoding="utf-8")
    title, _, summary = text.split("\n", 3)[:3]
    return ManualPage(topic, title.removeprefix("# "), summary, text)


def read_pages() -> list[ManualPage]:
    """Return all pages in their order."""
    return [read_page(topic) for topic in TOPICS]


def topics_with(words: str) -> list[str]:
    """Return the topics whose pages have these words, those that have them most often first."""
    counts = {page.topic: page.text.lower().count(words.lower()) for page in read_pages()}
    return sorted(filter(counts.get, counts), key=counts.__getitem__, reverse=True)
