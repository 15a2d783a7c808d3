"""Keep what really happened on the web as a stub file, which then answers the same requests.

A request is appended as soon as it is over, so a killed process loses nothing. What it says is
JSON on lines of YAML: whatever an answer holds, it is read back as it was.
"""

import os
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from kobjctl.files.output import (
    Output,
    OutputKind,
    cannot_write,
    is_stream,
    replace,
    stream,
    write_all,
)
from kobjctl.files.payloads.payload import json_or_text
from kobjctl.files.reader import read_document
from kobjctl.files.shapes.stub import check_stubs
from kobjctl.files.source import read_bytes
from kobjctl.files.yaml.flow import write_flow
from kobjctl.http.matching import ANY, pattern_of
from kobjctl.javascript.json_text import stringify
from kobjctl.model.errors import UsageError
from kobjctl.model.masking import header_secrets, hide_value, is_secret_header, mask_logins
from kobjctl.model.secrets import Secrets, hidden
from kobjctl.model.values import Json, JsonObject
from kobjctl.model.web import (
    BrokenConnectionError,
    Headers,
    Request,
    Response,
    WebTimeoutError,
    node_headers,
)
from kobjctl.store.place import make_private

HEAD: Final = "# Recorded by kobjctl: requests and their responses.\nhttp:\n"
_RECORDING: Final = OutputKind("recording", re.compile(re.escape(HEAD.encode())))

# Larger ones are easier to read as one text; the reader counts the values of a file, too.
_LARGEST_STRUCTURE: Final = 20_000
_LONGEST_KEY: Final = 200
# What says how the body came, which a stub gives unpacked and in one piece.
_OF_THE_WAY: Final = ("connection", "content-encoding", "content-length", "transfer-encoding")


class Recorder:
    """Appends requests to a stub file, `count` of them so far. `secrets` gives the texts that must
    not be kept.
    """

    def __init__(
        self, path: Path, secrets: Callable[[], Iterable[str]] = tuple, *, force: bool = False
    ) -> None:
        """Take a file that isn't there yet, or one that was recorded; with `force`, write any other
        anew. Raises UsageError.
        """
        self._path = path
        self.count = 0
        self._begins = True
        self._secrets = secrets
        self._mask: Callable[[Json], Json] = Secrets().mask
        self._anew = _check(path, force=force)

    def answered(self, request: Request, response: Response) -> None:
        """Keep a request with its answer."""
        self._learn(request, response)
        answer: JsonObject = {"status": response.status}
        headers = {
            name: self._mask(hide_value(value) if is_secret_header(name) else value)
            for name, value in node_headers(response.headers).items()
            if name not in _OF_THE_WAY
        }
        if headers:
            answer["headers"] = headers
        self._append(request, "response", answer | self._body(response.body))

    def failed(self, request: Request, error: BrokenConnectionError | WebTimeoutError) -> None:
        """Keep a request that got no answer."""
        self._learn(request)
        self._append(request, "fail", error.failure)

    def _learn(self, request: Request, response: Response | None = None) -> None:
        """Learn which texts are secrets: an answer may repeat what a secret header says."""
        headers = (*request.headers, *(response.headers if response else ()))
        # Those of the run, too: what it made of secrets may be in what it sends.
        secrets = hidden().copy()
        for text in (*self._secrets(), *header_secrets(headers)):
            secrets.learn(text)
        self._mask = lambda value: mask_logins(secrets.mask(value))

    def _append(self, request: Request, kind: str, answer: Json) -> None:
        lines = [
            "  - request:",
            *_lines(self._request(request)),
            *([f"    {kind}:", *_lines(answer)] if kind == "response" else []),
            *([f"    {kind}: {write_flow(answer)}"] if kind == "fail" else []),
        ]
        text = "\n".join(lines) + "\n"
        try:
            if is_stream(self._path):
                with stream(self._path) as out:
                    write_all(out, ((HEAD if self._begins else "") + text).encode())
            else:
                self._append_to_file(text)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        self._begins = False
        self.count += 1

    def _append_to_file(self, text: str) -> None:
        if self._anew:
            replace(Path(os.path.realpath(self._path)), b"")
            self._anew = False
        make_private(self._path)
        # One write for each, so that those of several processes don't mix.
        with self._path.open("ab", buffering=0) as file:
            start = file.tell()
            raw = ((HEAD if start == 0 else "") + text).encode()
            try:
                write_all(file, raw)
            except OSError:
                # The half of a request would spoil those before it.
                file.truncate(start)
                raise

    def _request(self, request: Request) -> JsonObject:
        given: JsonObject = {
            "method": request.method,
            "url": self._pattern(str(request.address)),
        }
        headers = self._request_headers(request.headers)
        if headers:
            given["headers"] = headers
        if request.body:
            text = request.body.decode(errors="replace")
            held = _structure(text)
            given["body"] = self._pattern(text if held is None else held)
        return given | {"exact": True}

    def _request_headers(self, headers: Headers) -> JsonObject:
        return {
            name: ANY if is_secret_header(name) else self._pattern(value)
            for name, value in headers
            if name != "user-agent"
        }

    def _body(self, body: bytes) -> JsonObject:
        if not body:
            return {}
        try:
            text = body.decode()
        except UnicodeDecodeError:
            masked = self._mask(body.decode("latin-1")).encode("latin-1")
            return {"base64": b64encode(masked).decode()}
        held = _structure(text)
        return {"body": self._mask(text if held is None else held)}

    def _pattern(self, value: Json) -> Json:
        """Return the pattern that fits a value, whatever stood where something was hidden."""
        return pattern_of(self._mask(value))


def _check(path: Path, *, force: bool) -> bool:
    """Return whether a file has to be written anew; raises UsageError for one that can't be
    written, or that has something else in it.
    """
    output = Output(path, _RECORDING, "--record", force)
    output.check()
    if is_stream(path) or not path.exists() or not path.stat().st_size:
        return False
    if not _RECORDING.is_begun_by(read_bytes(path, len(HEAD.encode()))):
        return True
    document = read_document(path)
    is_changed = bool(check_stubs(document)) or document.data.keys() != {"http"}
    if is_changed and not force:
        raise UsageError(
            f'"{path}" has changed since it was recorded, so nothing was added',
            hint="name another file with --record, or overwrite this one with --force",
        )
    return is_changed


def _structure(text: str) -> Json:
    """Return the object or list that a text holds and that gives this text again, else None."""
    held = json_or_text(text) if len(text) <= _LARGEST_STRUCTURE else None
    is_structure = isinstance(held, dict | list) and text == stringify(held)
    return held if is_structure and _has_short_keys(held) else None


def _has_short_keys(value: Json) -> bool:
    """Return whether YAML can have the keys: a long one can't stand on a line with its value."""
    if isinstance(value, dict):
        return all(len(key) <= _LONGEST_KEY and _has_short_keys(it) for key, it in value.items())
    return not isinstance(value, list) or all(map(_has_short_keys, value))


def _lines(value: JsonObject) -> list[str]:
    return [f"      {key}: {write_flow(each)}" for key, each in value.items()]
