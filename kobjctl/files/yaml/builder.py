"""Build data and places from the events of a YAML text.

The nesting is a stack of our own, so no text can exhaust Python's. An alias gives the value of
its anchor again; what it stands for is counted every time, because a few lines of aliases to
aliases describe more values than fit in memory.
"""

from typing import Final

import yaml

from kobjctl.files.document import Document
from kobjctl.files.limits import MAX_DEPTH, MAX_NODES, TOO_DEEP
from kobjctl.files.places import START, Lines, ambiguous_scalar, duplicate_key, unreadable
from kobjctl.files.yaml.comments import comment_for_value
from kobjctl.files.yaml.readings import ambiguous
from kobjctl.files.yaml.scalars import RefusedError, empty_collection, key_text, scalar_value
from kobjctl.model.errors import did_you_mean
from kobjctl.model.problem import Problem, Span
from kobjctl.model.values import Json, JsonPath

_BLANKS: Final = frozenset(" \t")


class AnchoredValue:
    """What an anchor names: a value, the range of its nodes, and how deep it nests.

    `value` and `end` are only known once `open` is over.
    """

    __slots__ = ("begin", "end", "height", "open", "path", "value")

    def __init__(self, path: JsonPath, begin: int) -> None:
        self.path = path
        self.begin = begin
        self.end = 0
        self.value: Json = None
        self.height = 0
        self.open = True


class OpenCollection:
    """A list or an object whose end has not come; `key` waits for its value."""

    __slots__ = ("anchor", "end", "flow", "height", "key", "path", "start", "value")

    def __init__(
        self,
        path: JsonPath,
        value: Json,
        span: tuple[int, int],
        *,
        flow: bool,
        anchor: AnchoredValue | None,
    ) -> None:
        self.path = path
        self.value = value
        self.start, self.end = span
        self.flow = flow
        self.anchor = anchor
        self.key: str | None = None
        self.height = 1


class Builder:
    """Takes the events of one text in order and gives the document at their end."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._lines = Lines(text)
        self._data: Json = None
        self._frames: list[OpenCollection] = []
        self._anchors: dict[str, AnchoredValue] = {}
        self._nodes: list[JsonPath] = []  # all nodes in order, those of aliases included
        self._documents = 0
        self._spans: dict[JsonPath, Span] = {}
        self._key_spans: dict[JsonPath, Span] = {}
        self._problems: list[Problem] = []

    def take(self, event: yaml.Event) -> None:
        """Go one event further; raises FileProblemsError for what is not read here."""
        try:
            self._dispatch(event)
        except RefusedError as error:
            raise unreadable(self._path, self._place(event), error.message, error.hint) from error

    def _dispatch(self, event: yaml.Event) -> None:
        match event:
            case yaml.CollectionEndEvent():
                self._close(event)
            case yaml.NodeEvent() if self._wants_key():
                self._key(event)
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.CollectionStartEvent():
                self._open(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._begin_document()

    def document(self) -> Document:
        """Return what was built; raises FileProblemsError when there was no value at all."""
        if not self._nodes:
            raise unreadable(self._path, START, "the file is empty")
        return Document(
            path=self._path,
            text=self._text,
            data=self._data,
            spans=self._spans,
            key_spans=self._key_spans,
            problems=tuple(self._problems),
        )

    def _begin_document(self) -> None:
        self._documents += 1
        if self._documents > 1:
            raise RefusedError(
                "a second document begins here; a file holds one", "put it into a file of its own"
            )

    def _wants_key(self) -> bool:
        if not self._frames:
            return False
        frame = self._frames[-1]
        return isinstance(frame.value, dict) and frame.key is None

    def _key(self, event: yaml.NodeEvent) -> None:
        frame = self._frames[-1]
        key = key_text(event)
        path = (*frame.path, key)
        span = self._place(event)
        if key in frame.value:
            self._problems.append(duplicate_key(self._path, span, key, self._key_spans[path]))
        self._key_spans[path] = span
        frame.key = key

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if not self._frames and not (event.value or event.style or event.tag):
            return  # only blanks and comments after a "---"
        value = scalar_value(event)
        start, end = _offsets(event)
        if not event.style and event.tag is None:
            self._doubt(event.value, value, start, end)
        if event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        path = self._next_path()
        anchor = self._begin_node(path, event.anchor)
        self._spans[path] = self._lines.span(start, end)
        self._put(value, end, height=0, anchor=anchor)

    def _doubt(self, text: str, value: Json, start: int, end: int) -> None:
        """Tell of a plain scalar that may be read as something else than it was meant."""
        doubt = ambiguous(text, value)
        if doubt:
            span = self._lines.span(start, end)
            self._problems.append(ambiguous_scalar(self._path, span, *doubt))
        if self._text[end : end + 1] in _BLANKS:
            lost = comment_for_value(self._path, self._text, self._lines, text, (start, end))
            self._problems += [lost] if lost else []

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        value = empty_collection(event)
        path = self._next_path()
        if len(path) >= MAX_DEPTH:
            raise RefusedError(TOO_DEEP)
        anchor = self._begin_node(path, event.anchor)
        self._spans[path] = self._place(event)
        flow = bool(event.flow_style)
        self._frames.append(OpenCollection(path, value, _offsets(event), flow=flow, anchor=anchor))

    def _close(self, event: yaml.Event) -> None:
        frame = self._frames.pop()
        # The end of a block collection is only noticed at what comes after it.
        end = _offsets(event)[1] if frame.flow else frame.end
        self._spans[frame.path] = self._lines.span(frame.start, end)
        self._put(frame.value, end, height=frame.height, anchor=frame.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = self._anchor_called(str(event.anchor))
        path = self._next_path()
        if len(path) + anchor.height > MAX_DEPTH:
            raise RefusedError(TOO_DEEP)
        self._check_number(anchor.end - anchor.begin)
        for node in self._nodes[anchor.begin : anchor.end]:
            copy = path + node[len(anchor.path) :]
            self._nodes.append(copy)
            self._spans[copy] = self._spans[node]
            if node in self._key_spans and node != anchor.path:
                self._key_spans[copy] = self._key_spans[node]
        self._spans[path] = self._place(event)
        self._put(anchor.value, _offsets(event)[1], height=anchor.height, anchor=None)

    def _anchor_called(self, name: str) -> AnchoredValue:
        if name not in self._anchors:
            hint = (
                did_you_mean(name, self._anchors) or 'put quotes around text that begins with "*"'
            )
            raise RefusedError(f'no anchor above is called "{name}"', hint)
        if self._anchors[name].open:
            raise RefusedError(f'the alias "*{name}" is inside the value it names')
        return self._anchors[name]

    def _begin_node(self, path: JsonPath, anchor_name: str | None) -> AnchoredValue | None:
        """Count the node, and remember its anchor if it has one."""
        self._check_number(1)
        anchor = None
        if anchor_name:
            anchor = self._anchors[anchor_name] = AnchoredValue(path, len(self._nodes))
        self._nodes.append(path)
        return anchor

    def _next_path(self) -> JsonPath:
        if not self._frames:
            return ()
        frame = self._frames[-1]
        return (*frame.path, len(frame.value) if frame.key is None else frame.key)

    def _put(self, value: Json, end: int, *, height: int, anchor: AnchoredValue | None) -> None:
        """Hand a finished value, which ends at offset `end`, to what holds it."""
        if anchor:
            anchor.end, anchor.value = len(self._nodes), value
            anchor.height, anchor.open = height, False
        if not self._frames:
            self._data = value
            return
        frame = self._frames[-1]
        frame.end = end
        frame.height = max(frame.height, height + 1)
        if frame.key is None:
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None

    def _check_number(self, more: int) -> None:
        if len(self._nodes) + more > MAX_NODES:
            raise RefusedError(f"the file has more than {MAX_NODES:,} values, counting aliases")

    def _place(self, event: yaml.Event) -> Span:
        return self._lines.span(*_offsets(event))


def _offsets(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends; the events of a text always have both marks."""
    start, end = event.start_mark, event.end_mark
    return start.index if start else 0, end.index if end else 0
