"""How the manual is shown: its topics, and a page."""

import re
from collections.abc import Sequence
from typing import Final

from kobjctl.cli.output.blocks import Column, EmptyLine, Line, MarkdownBlock, Table, View, dim, name
from kobjctl.manual import ManualPage
from kobjctl.model.values import Json

_PICTURE: Final = re.compile(r"^!\[.*\n\n?", re.MULTILINE)
# To another page, to a file of the source, or to a section of the page itself.
_LINK: Final = re.compile(r"\[([^]]+)\]\((?:([\w-]+)\.md|[./\w-]*)(?:#[^)]*)?\)")


def topic_list(pages: Sequence[ManualPage]) -> View:
    """List the topics, each with what its page is about."""
    values: list[Json] = [
        {"topic": page.topic, "title": page.title, "summary": page.summary} for page in pages
    ]
    columns = (Column("topic", keep=True), Column("about"))
    rows = [(name(page.topic), page.summary.rstrip(".")) for page in pages]
    hint = "kobjctl help TOPIC shows one; kobjctl --help lists the commands"
    return values, [Table(columns, rows), EmptyLine(), Line(dim(hint))]


def page_view(page: ManualPage) -> View:
    """Show a page: without pictures, and with the command that shows it for each page it names."""
    text = _LINK.sub(_in_words, _PICTURE.sub("", page.text))
    return page._asdict(), [MarkdownBlock(text.rstrip("\n"))]


def _in_words(link: re.Match[str]) -> str:
    return f"{link[1]} (`kobjctl help {link[2]}`)" if link[2] else link[1]
