"""Cut a template into tokens, as the lexer of handlebars.js 4.7 does.

Text outside of tags is found by searching for braces; inside a tag one regular expression
tries the kinds of token in their order. What no rule fits becomes an INVALID token, which no
grammar rule takes: the parser reports whatever fault comes first.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_NAME_CHARS: Final = r"""[^\s!"#%-,./;->@\[-^`{-~]+"""
_NAME: Final = rf"{_NAME_CHARS}(?=[=~}}\s/.)|])"
_LITERAL_END: Final = r"(?=[~}\s)])"

# The rules in the order in which they are tried. SEGMENT is ours: after a separator any word is
# a name, also `0`, `true` and `@flagBool`. handlebars.js refuses those, and workflows have them.
_KINDS: Final = {
    "OPEN_SEXPR": r"\(",
    "CLOSE_SEXPR": r"\)",
    "OPEN_RAW_BLOCK": r"\{\{\{\{",
    "CLOSE_RAW_BLOCK": r"\}\}\}\}",
    "OPEN_PARTIAL": r"\{\{~?#?>",
    "OPEN_DECORATOR": r"\{\{~?#?\*",
    "OPEN_BLOCK": r"\{\{~?#",
    "OPEN_ENDBLOCK": r"\{\{~?/",
    "INVERSE": r"\{\{~?(?:\^\s*|\s*else\s*)~?\}\}",
    "OPEN_INVERSE": r"\{\{~?\^",
    "OPEN_INVERSE_CHAIN": r"\{\{~?\s*else(?![0-9A-Za-z_])",
    "OPEN_UNESCAPED": r"\{\{~?\{",
    "OPEN": r"\{\{~?&|\{\{(?!~?!)~?",
    "EQUALS": r"=",
    "DOTS": r"\.\.|\.(?=[=~}\s/.)|])",
    "SEGMENT": rf"[/.]@?{_NAME}",
    "SEP": r"[/.]",
    "SPACE": r"\s+",
    "CLOSE_UNESCAPED": r"\}~?\}\}",
    "CLOSE": r"~?\}\}",
    "STRING": r""""(?:\\"|[^"])*"|'(?:\\'|[^'])*'""",
    "DATA": r"@",
    "BOOLEAN": rf"(?:true|false){_LITERAL_END}",
    "UNDEFINED": rf"undefined{_LITERAL_END}",
    "NULL": rf"null{_LITERAL_END}",
    "NUMBER": rf"-?[0-9]+(?:\.[0-9]+)?{_LITERAL_END}",
    "OPEN_BLOCK_PARAMS": r"as\s+\|",
    "CLOSE_BLOCK_PARAMS": r"\|",
    "ID": _NAME,
    "BRACKETS": r"\[(?:\\\]|[^\]])*\]",
}
# Python takes other characters for white space than JavaScript does. Rules are tried on a text
# of the same length with stand-ins for those: a space, and what may be in a name.
_STAND_INS: Final = {0xFEFF: " "} | dict.fromkeys((*range(0x1C, 0x20), 0x85), "$")
_IN_TAG: Final = re.compile("|".join(f"(?P<{kind}>{rule})" for kind, rule in _KINDS.items()))
_MEANING: Final[dict[str, Callable[[str], tuple[str, str]]]] = {
    "STRING": lambda raw: ("STRING", raw[1:-1].replace("\\" + raw[0], raw[0])),
    "BRACKETS": lambda raw: ("ID", re.sub(r"\\([\\\]])", r"\1", raw)),
    "DOTS": lambda raw: ("ID", raw),
}
_CLOSING: Final = frozenset({"CLOSE", "CLOSE_UNESCAPED", "CLOSE_RAW_BLOCK", "INVERSE"})

_COMMENT: Final = re.compile(r"\{\{~?!")
_DASHED_COMMENT_END: Final = re.compile(r"--~?\}\}")
_AFTER_ESCAPE: Final = re.compile(r"\\{0,2}\{\{")
_RAW_END: Final = re.compile(rf"\{{{{4}}(?:/({_NAME_CHARS})\}}{{4}}|(?=[^/]))")
_UNCLOSED: Final = {'"': "the text", "'": "the text", "[": "the bracket"}
_WORD: Final = re.compile(_NAME_CHARS)
_NUL: Final = "a NUL character can't be in a template"


class TemplateToken(NamedTuple):
    """A token: its kind, its text (of a text literal or a name: what it means), its offset."""

    kind: str
    text: str
    at: int


class Lexer:
    """Cuts one text into `tokens`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[TemplateToken] = []
        self._shape = text.translate(_STAND_INS)

    def run(self) -> list[TemplateToken]:
        """Return all tokens, the last of which is EOF or INVALID."""
        at, end = 0, len(self.text)
        while 0 <= at < end:
            at = self._tag(self._content(at))
        if at == end:
            self._add("EOF", "", end)
        return self.tokens

    def _add(self, kind: str, text: str, at: int) -> None:
        self.tokens.append(TemplateToken(kind, text, at))

    def _invalid(self, at: int, fault: str) -> int:
        self._add("INVALID", fault, at)
        return -1

    def _unexpected(self, at: int, tag: int) -> int:
        """Report what no rule fits: the end of a text or a name is what is wrong with it."""
        char = self.text[at]
        if char in _UNCLOSED:
            return self._invalid(at, f"{_UNCLOSED[char]} is not closed")
        word = _WORD.match(self._shape, at)
        at = word.end() if word else at
        if at == len(self.text):
            return self._invalid(tag, "the tag is not closed")
        return self._invalid(at, f'"{self.text[at]}" is not allowed here')

    def _content(self, at: int) -> int:
        """Take the text before the next tag; give the offset of the tag, or of the end."""
        text = self.text
        while True:
            found = text.find("{{", at)
            stop = len(text) if found < 0 else found
            content = text[at:stop]
            if "\0" in content:
                return self._invalid(at + content.index("\0"), _NUL)
            escaped = found >= 0 and content.endswith("\\")
            content = content[:-1] if escaped else content
            if content:
                self._add("CONTENT", content, at)
            if not escaped or content.endswith("\\"):
                return stop
            at = self._escaped_tag(stop)
            if not 0 <= at < len(text):
                return at

    def _escaped_tag(self, at: int) -> int:
        """Take a tag that a backslash makes plain text, and what follows it."""
        following = _AFTER_ESCAPE.search(self.text, at + 2)
        stop = following.start() if following else len(self.text)
        content = self.text[at:stop]
        if "\0" in content:
            return self._invalid(at + content.index("\0"), _NUL)
        self._add("CONTENT", content, at)
        return stop

    def _tag(self, at: int) -> int:
        """Take the tokens of a tag; give the offset after it."""
        text, end, tag, add = self.text, len(self.text), at, self._add
        while 0 <= at < end:
            token = _IN_TAG.match(self._shape, at)
            if token is None:
                comment = _COMMENT.match(text, at)
                return self._comment(comment) if comment else self._unexpected(at, tag)
            kind, start, at = token.lastgroup or "", at, token.end()
            if kind == "SEGMENT":
                add("SEP", text[start], start)
                add("ID", text[start + 1 : at], start + 1)
            elif kind in _MEANING:
                add(*_MEANING[kind](text[start:at]), start)
            elif kind != "SPACE":
                add(kind, text[start:at], start)
            if kind in _CLOSING:
                return self._raw(at) if kind == "CLOSE_RAW_BLOCK" else at
        return at

    def _comment(self, begin: re.Match[str]) -> int:
        at = begin.start()
        if self.text.startswith("--", begin.end()):
            dashed = _DASHED_COMMENT_END.search(self.text, begin.end())
            stop = dashed.end() if dashed else -1
        else:
            stop = self.text.find("}}", at) + 2
        if stop < at + len("{{"):
            return self._invalid(at, "the comment is not closed")
        self._add("COMMENT", self.text[at:stop], at)
        return stop

    def _raw(self, at: int) -> int:
        """Take the content of a raw block, with the raw blocks in it, up to its end."""
        text, start, depth = self.text, at, 1
        while brace := _RAW_END.search(self._shape, at):
            depth += -1 if brace.group(1) else 1
            at = brace.end()
            if depth == 0:
                if "\0" in text[start : brace.start()]:
                    return self._invalid(text.index("\0", start), _NUL)
                if brace.start() > start:
                    self._add("CONTENT", text[start : brace.start()], start)
                self._add("END_RAW_BLOCK", text[slice(*brace.span(1))], brace.start())
                return at
        return self._invalid(start, "the raw block is not closed")


def tokenize(text: str) -> list[TemplateToken]:
    """Cut a template into tokens."""
    return Lexer(text).run()
