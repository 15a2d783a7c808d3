"""A place among the tokens of a template, and the faults found there."""

from typing import Final

from kobjctl.expressions.handlebars.errors import TemplateError, TemplateSource, quoted
from kobjctl.expressions.handlebars.lexer import TemplateToken, tokenize

MAX_DEPTH: Final = 100


class Cursor:
    """Walks over the tokens of a template; `token` is the one that comes next."""

    def __init__(self, source: TemplateSource) -> None:
        self.source = source
        self._tokens = tokenize(source.text)
        self._position = 0
        self._tag = 0
        self.token = self._tokens[0]

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        return self.token.kind

    @property
    def following(self) -> str:
        """The kind of the token after the next."""
        last = len(self._tokens) - 1
        return self._tokens[min(self._position + 1, last)].kind

    def take(self, *kinds: str) -> TemplateToken:
        """Take the next token, which must be of one of the kinds."""
        token = self.token
        if token.kind not in kinds:
            raise self.unexpected()
        if token.kind.startswith("OPEN") and token.text.startswith("{{"):
            self._tag = token.at
        # The last token, EOF or INVALID, is never taken.
        self._position += 1
        self.token = self._tokens[self._position]
        return token

    def unexpected(self) -> TemplateError:
        """Make the error for a next token that can't stand here."""
        token = self.token
        if token.kind == "INVALID":
            return self.error(token.at, token.text)
        if token.kind == "EOF":
            return self.error(
                self._tag,
                "the tag is not closed",
                hint="a tag ends with as many braces as it begins with",
            )
        shown = self.source.text[token.at : token.at + max(len(token.text), 1)]
        return self.error(token.at, f"{quoted(shown)} is not allowed here")

    def error(self, at: int, message: str, *, hint: str = "") -> TemplateError:
        """Make an error for the offset `at`."""
        return self.source.error(at, message, hint=hint)

    def check_depth(self, depth: int) -> None:
        """Refuse nesting that is too deep, here."""
        if depth > MAX_DEPTH:
            raise self.error(
                self.token.at, f"tags and values are nested deeper than {MAX_DEPTH} levels"
            )
