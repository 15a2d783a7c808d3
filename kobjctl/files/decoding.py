"""Turn the bytes of a file into text, and tell text that no bytes can be."""

from kobjctl.files.places import Lines, unreadable


def decoded(raw: bytes, path: str) -> str:
    """Decode UTF-8; raises FileProblemsError (WF001) at the first byte that is none."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        span = Lines(before).span(len(before), len(before))
        message = f"the byte 0x{raw[error.start]:02x} is not UTF-8"
        raise unreadable(path, span, message, "save the file as UTF-8") from error


def has_half_pair(text: str) -> bool:
    """Return whether a text has half of a surrogate pair, which only an escape can write."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
