"""A file's data, with the place of each value beside it.

Data that carry their own positions (a dict subclass with a line number, a tree of nodes) force
every reader of the data to know about positions. Here the two are kept apart. `data` is what
`json.loads` would give: plain dicts, lists, text, numbers, true, false and null. `spans` is a
table from *path* to place, where a path is the keys and indexes that lead to a value:

    steps:                      ("steps", 0, "id")  ->  line 2, columns 9 to 15
      - id: lookup

Whoever finds something wrong needs only say at which path, and never sees a line number;
`Document.span` does the rest, the same for YAML and JSON. A library that reports errors with
paths gets lines and columns for free.

A finding may be about a key rather than its value (a misspelled one, one that is there twice),
so keys have a table of their own, under the path of the value they lead to. A finding may
also be about what is *not* there: then the nearest ancestor that has a place is shown.
"""

from typing import Final, NamedTuple

from kobjctl.files.places import START, text_lines
from kobjctl.model.problem import Problem, Span
from kobjctl.model.values import Json, JsonPath

OUR_NAME: Final = "kobjctl"


class SourceText(NamedTuple):
    """A text as a file has it: its place, and the column of its first character.

    The column is None when parts of the text can't be told, as with escapes or folded lines.
    """

    whole: Span
    column: int | None

    def part(self, start: int, end: int) -> Span:
        """Return the place of a part of the text; of all of it when the part can't be told."""
        if self.column is None:
            return self.whole
        line = self.whole.line
        return Span(line, self.column + start, line, self.column + end)


class Document(NamedTuple):
    """One file, read.

    `path` is the file as the user wrote it. `text` is its content without a byte order mark;
    places refer to it. `problems` were found while reading though the data could be read:
    duplicate keys, of which the last value is in `data`.
    """

    path: str
    text: str
    data: Json
    spans: dict[JsonPath, Span]
    key_spans: dict[JsonPath, Span]
    problems: tuple[Problem, ...] = ()

    @property
    def addresses_us(self) -> bool:
        """Return whether the text says our name, as a comment does that silences a problem."""
        return OUR_NAME in self.text

    def span(self, path: JsonPath, *, key: bool = False) -> Span:
        """Return the place of the value at `path`, or of its key; else of the nearest ancestor."""
        for length in range(len(path), -1, -1):
            ancestor = path[:length]
            if key and ancestor in self.key_spans:
                return self.key_spans[ancestor]
            if ancestor in self.spans:
                return self.spans[ancestor]
        return START

    def written(self, path: JsonPath) -> "SourceText":
        """Return the place of the text at `path`, and of its first character."""
        whole = self.span(path)
        value = self.data
        for each in path:
            value = value[each]
        line = text_lines(self.text)[whole.line - 1]
        written = line[whole.column - 1 : whole.end_column - 1]
        at = written.find(value) if whole.line == whole.end_line else -1
        return SourceText(whole, None if at < 0 else whole.column + at)

    def within(self, *path: str | int) -> "Document":
        """Return the document as if its whole data stood at `path` of a larger one."""
        data = self.data
        for part in reversed(path):
            data = {part: data} if isinstance(part, str) else [data]
        return self._replace(
            data=data,
            spans={(*path, *at): span for at, span in self.spans.items()},
            key_spans={(*path, *at): span for at, span in self.key_spans.items()},
        )

    def entries(self, key: str) -> list["Document"]:
        """Return each entry of the list at a key as a document of its own."""
        entries: Json = self.data.get(key)
        if not isinstance(entries, list):
            return []
        spans: list[dict[JsonPath, Span]] = [{} for _ in entries]
        key_spans: list[dict[JsonPath, Span]] = [{} for _ in entries]
        # One look at each place: a file may have thousands of entries.
        for places, own in ((self.spans, spans), (self.key_spans, key_spans)):
            for path, span in places.items():
                if len(path) > 1 and path[0] == key:
                    own[int(path[1])][path[2:]] = span
        return [
            self._replace(data=entry, spans=spans[index], key_spans=key_spans[index], problems=())
            for index, entry in enumerate(entries)
        ]

    def below(self, *path: str | int) -> "Document":
        """Return what stands at a path as a document of its own."""
        size = len(path)
        data = self.data
        for part in path:
            data = data[part]
        return self._replace(
            data=data,
            spans={at[size:]: span for at, span in self.spans.items() if at[:size] == path},
            key_spans={at[size:]: span for at, span in self.key_spans.items() if at[:size] == path},
            problems=(),
        )
