"""A body that a command takes: a file, standard input, or JSON on the command line."""

import re
from contextlib import suppress
from typing import Annotated, Final, NamedTuple

import typer

from kobjctl.files.source import NOTE, STDIN, look
from kobjctl.model.errors import UsageError
from kobjctl.model.problem import FileProblemsError

# More than a hook takes, so that what is too large is told by its size and not by its end.
MOST_READ: Final = 16 * 1024 * 1024
FORMS: Final = "JSON|@FILE|-"
_OPTION: Final = "--data"
_YAML: Final = (".yaml", ".yml")
_JSON: Final = r"""\s*(?:[{\["]|(?:-?\d[\d.eE+-]*|true|false|null)\s*$)"""

Data = Annotated[
    str | None,
    typer.Option(
        _OPTION,
        metavar=FORMS,
        help="Use this instead of FILE: JSON, @FILE, or - for standard input.",
    ),
]


class InputBody(NamedTuple):
    """What a command was given, not read yet: `file` is the name of its file, empty where it has
    none, and `name` what errors call it.
    """

    raw: bytes
    name: str
    file: str = ""


def read_file(name: str) -> bytes:
    """Read a file, or standard input for `-`; raises UsageError when that can't be done."""
    from kobjctl.files.source import read_bytes

    return read_bytes(name, MOST_READ)


def body_of_file(name: str) -> InputBody:
    """Return what a file, or standard input for `-`, holds; raises UsageError as `read_file`."""
    return InputBody(read_file(name), name, "" if name == STDIN else name)


def body_of_data(data: str) -> InputBody:
    """Return what `--data` says: JSON, `@FILE`, `-`, or the bare name of a file, with a note.

    Raises UsageError for what is none of them, and for a file that can't be read.
    """
    if data == STDIN or data.startswith("@"):
        return body_of_file(data.removeprefix("@"))
    if re.match(_JSON, data):
        return InputBody(data.encode(errors="surrogatepass"), _OPTION)
    if look(data) is None:
        raise UsageError(
            f'{_OPTION} "{data}" is neither JSON nor a file',
            hint=f"""use {_OPTION} '{{"orderId": "1"}}', {_OPTION} @order.json or {_OPTION} -""",
        )
    NOTE.get()(f"note: {_OPTION} takes a file as @{data}")
    return body_of_file(data)


def body_of(file: str | None, data: str | None, noun: str) -> InputBody:
    """Return what a command was given as FILE or by `--data`; `noun` is what it is for users.

    Raises UsageError unless it is given in just one way and can be read.
    """
    if (file is None) == (data is None):
        fact = f"no {noun} is named" if file is None else f"FILE and {_OPTION} can't be combined"
        raise UsageError(fact, hint=f"name a FILE, - for standard input, or {_OPTION} JSON")
    body = body_of_data(data) if data is not None else body_of_file(str(file))
    if body.file.endswith(_YAML):
        _refuse_definition(body, noun)
    return body


def _refuse_definition(body: InputBody, noun: str) -> None:
    """Raise UsageError for a file that another command takes: it defines workflows or the like."""
    import shlex

    from kobjctl.files.reader import document_of
    from kobjctl.files.shapes.forms import is_app, is_workflow

    with suppress(FileProblemsError):
        data = document_of(body.raw, body.file).data
        if is_workflow(data) or is_app(data):
            raise UsageError(
                f'"{body.file}" is a workflow or app file: it holds no {noun}',
                hint=f"load it with kobjctl apply {shlex.quote(body.file)}",
            )
