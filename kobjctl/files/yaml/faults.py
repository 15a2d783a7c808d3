"""Say in our words what PyYAML found wrong with a text."""

import re
from typing import Final

import yaml

from kobjctl.files.places import START, Lines, unreadable
from kobjctl.files.yaml.comments import comment_within
from kobjctl.model.problem import FileProblemsError

# What PyYAML refuses to read at all, wherever it stands.
UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)

_LINES: Final = 500
_ODD_BEGINNING = "cannot start any token"
_INDENT = "check that the lines of this block are indented alike"
_QUOTE = "put quotes around text that has a special character"

# What PyYAML says (both its readers), what we say, and what to do. The first that fits counts.
_REWORDED: Final = (
    ("tab character", "a tab can't stand here", "indent with spaces"),
    (
        "mapping values are not allowed",
        'a ":" can\'t stand here',
        'put quotes around text that has ": " in it, and check the indentation',
    ),
    (
        "sequence entries are not allowed",
        "a list can't begin on the line of its key",
        'begin the list on a line of its own, or put quotes around text that begins with "- "',
    ),
    ("could not find expected ':'", 'this line has no ":" after its key', _INDENT),
    ("unexpected end of stream", "this quote is never closed", "close the quote"),
    ("unexpected document", "this quote is never closed", "close the quote"),
    (
        "unknown escape",
        "in double quotes, YAML doesn't know this backslash escape",
        "use single quotes, in which a backslash is a backslash",
    ),
    (
        "Unicode character escape",
        "this escape is not a character",
        "write the character itself; the file is UTF-8",
    ),
    ("undefined tag handle", "this tag is not declared", "leave the tag out"),
    ("',' or ']'", 'a "," or "]" is missing in this list', _QUOTE),
    ("',' or '}'", 'a "," or "}" is missing in this object', _QUOTE),
    ("'-' indicator", 'a "-" is expected here, as for the entries above', _INDENT),
    ("block mapping", "a key is expected here", _INDENT),
    ("block collection", 'a "-" is expected here, as for the entries above', _INDENT),
    ("node content", "a value is expected here", _QUOTE),
    ("alphabetic or numeric", "a name is expected here", _QUOTE),
    ("<document start>", "there is more text after the value of the file", _INDENT),
)


def yaml_fault(error: yaml.YAMLError, text: str, path: str) -> FileProblemsError:
    """Make a WF001 of what PyYAML raised, at its place in `text`."""
    mark = getattr(error, "problem_mark", None)
    if "quoted scalar" in (getattr(error, "context", None) or "") and _is_unclosed(error):
        # Where it begins is the place to look at, not the end of the file.
        mark = getattr(error, "context_mark", mark)
    # At the end of the text the mark may lie behind a line break that PyYAML has added.
    at = min(mark.index, len(text)) if mark else 0
    lost = comment_within(text, _flow_start(error, at), at)
    if lost:
        place, message, hint = lost
        return unreadable(path, Lines(text).span(*place), message, hint)
    span = Lines(text).span(at, min(at + 1, len(text))) if mark else START
    return unreadable(path, span, *_words(error, text[at : at + 1]))


def _is_unclosed(error: yaml.YAMLError) -> bool:
    return "unexpected" in (getattr(error, "problem", None) or "")


def _flow_start(error: yaml.YAMLError, at: int) -> int:
    """Return where the list or object in brackets begins that has a fault; `at` for any other."""
    context = getattr(error, "context_mark", None)
    if context is None or "flow" not in (getattr(error, "context", None) or ""):
        return at
    # Of a value that is missing, PyYAML does not say where the brackets opened.
    return context.index if context.index < at else max(0, at - _LINES)


def unprintable_fault(text: str, path: str) -> FileProblemsError | None:
    """Return the WF001 for the first character that YAML does not allow, if there is one."""
    found = UNPRINTABLE.search(text)
    if found is None:
        return None
    message = f"the file contains the control character U+{ord(found[0]):04X}"
    return unreadable(path, Lines(text).span(*found.span()), message, "remove it")


def _words(error: yaml.YAMLError, char: str) -> tuple[str, str]:
    problem = getattr(error, "problem", None) or str(error)
    context = getattr(error, "context", None) or ""
    if _ODD_BEGINNING in problem:
        return (
            ("a tab can't stand here", "indent with spaces")
            if char == "\t"
            else (f'text can\'t begin with "{char}"', "put quotes around it")
        )
    said = f"{problem} {context}".strip()
    for part, message, hint in _REWORDED:
        if part in said:
            return message, hint
    return " ".join(said.split()).lower(), ""
