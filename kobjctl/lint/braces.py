"""Tags with braces that are no tag's: too few of them, too many, or those of another language."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# What a path into what a run knows looks like.
PATH: Final = r"(?:steps\.[\w-]+|variables)\.[\w@.-]+|error\.[\w.]+"
_ROOTS: Final = ("steps.", "variables.", "error.")
_PATH: Final = rf"\s*(?:/#)?(?P<path>{PATH})\s*"
# As in a shell or JavaScript, as in Python or C#, as in Ruby, as in ERB and EJS.
_FOREIGN: Final = (
    rf"(?<![{{\\])[$#]?\{{{_PATH}\}}{{1,2}}(?!\}})"
    rf"|\[\[{_PATH.replace('path', 'listed')}\]\]"
    rf"|<%[=-]?{_PATH.replace('path', 'scripted')}-?%>"
)
_TAG: Final = re.compile(r"(?<!\{)(?P<open>\{{2,3})(?!\{)(?P<inside>[^{}]*)(?P<close>\}*)")
_BLOCK: Final = re.compile(r"\s*(?:~|[#/^&>!*]|else\b)")


class ForeignTag(NamedTuple):
    """What was meant as a tag: its text, its start and end, and the path in it."""

    text: str
    part: tuple[int, int]
    path: str


def foreign_tags(text: str) -> Iterator[ForeignTag]:
    """Yield the paths that stand in braces or marks which no template knows."""
    # Most texts have none, and every literal is asked.
    if not any(root in text for root in _ROOTS):
        return
    for found in re.finditer(_FOREIGN, text):
        path = found["path"] or found["listed"] or found["scripted"]
        yield ForeignTag(found[0], found.span(), path)


def unbalanced(text: str, near: int) -> str:
    """Describe how to write the tag around a place whose braces are not as many at its end as at
    its beginning; empty where they are.
    """
    for tag in _TAG.finditer(text):
        opened, closed = len(tag["open"]), len(tag["close"])
        if not tag.start() <= near <= tag.end() or opened == closed:
            continue
        inside = tag["inside"].strip() if not closed else tag["inside"]
        braces = 3 if closed > opened and not _BLOCK.match(inside) else opened
        write = f"write {'{' * braces}{inside}{'}' * braces}"
        return f"{write}; if a brace is text, put a space before it" if closed > opened else write
    return ""
