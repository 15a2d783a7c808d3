"""Read the payload of an email hook: the JSON-LD scripts in the HTML of a mail.

`manual/platform.md 8.3`: only scripts that carry the key of the hook count, and a mail without
any fires the event all the same, with nothing in it.
"""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser

from kobjctl.files.payloads.payload import JsonReading, PayloadError, check_size, payload_reading
from kobjctl.model.values import Json


@dataclass(frozen=True, slots=True)
class EmailPayload:
    """What a mail holds for a workflow, and what a person should know about how it was read."""

    data: Json
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Script:
    """A JSON-LD script; `key` is None when it carries none."""

    key: str | None
    text: str = ""


def read_email(raw: bytes, key: str) -> EmailPayload:
    """Read the scripts of a mail (an .eml file) that carry `key`; an empty `key` takes all.

    One script gives its JSON, several a list, none `{}`. Raises PayloadError for what
    `read_payload` refuses, the size being that of all scripts together.
    """
    scripts, notes = _scripts(raw)
    chosen = []
    for script in scripts:
        if key in ("", script.key):
            chosen.append(script)
        else:
            notes.append(_skipped(script))
    if not chosen:
        notes.append("the mail has no script for this hook; the event was emitted anyway")
    readings = _readings(chosen)
    for reading in readings:
        notes += reading.losses
    values = [reading.value for reading in readings]
    data = values[0] if len(values) == 1 else values or {}
    return EmailPayload(data, tuple(dict.fromkeys(notes)))


def _readings(scripts: list[_Script]) -> list[JsonReading]:
    bodies = [script.text.encode("utf-8", "replace") for script in scripts]
    check_size(sum(map(len, bodies)), "the mail")
    return [
        payload_reading(body, f"script {number} of the mail")
        for number, body in enumerate(bodies, start=1)
    ]


def _skipped(script: _Script) -> str:
    if script.key is None:
        return "a script without a key was skipped"
    return f'a script with the key "{script.key}" was skipped'


def _scripts(raw: bytes) -> tuple[list[_Script], list[str]]:
    """Return all JSON-LD scripts of a mail, and a note for each part that is partly unreadable."""
    scripts: list[_Script] = []
    notes: list[str] = []
    try:
        for part in _html_parts(raw):
            text = _text(part)
            if "\ufffd" in text:
                notes.append("some characters of the mail are not valid in its charset")
            finder = _ScriptFinder()
            finder.feed(text)
            finder.close()
            scripts += finder.scripts
    except (RecursionError, AssertionError) as error:  # the latter is html.parser's for `<!`
        hint = "send the HTML as one text/html part"
        raise PayloadError("the mail is nested too deeply or broken", hint=hint) from error
    return scripts, notes


def _html_parts(raw: bytes) -> Iterator[Message]:
    # Not `email.policy.default`: its parser of headers fails with an IndexError on broken ones.
    for part in email.message_from_bytes(raw).walk():
        if part.get_content_type() == "text/html":
            yield part


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    content = body if isinstance(body, bytes) else b""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # a charset that nobody knows
        return content.decode("utf-8", "replace")


class _ScriptFinder(HTMLParser):
    """Collects the JSON-LD scripts of an HTML text."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[_Script] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether a JSON-LD script begins."""
        attributes = dict(attrs)
        kind = (attributes.get("type") or "").strip().lower()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self.scripts.append(_Script(attributes.get("data-kustomer-key")))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1].text += data
