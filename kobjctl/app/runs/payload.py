"""What a hook takes in: a body is read as the platform reads it."""

from typing import Final, NamedTuple

from kobjctl.files.payloads.payload import PayloadError, payload_reading
from kobjctl.model.hook import Hook
from kobjctl.model.values import Json

# What the names of files with a payload a line end with.
NDJSON: Final = (".ndjson", ".jsonl")


class Payload(NamedTuple):
    """What came in and was read: its JSON text, as it is kept (None for data that came without),
    its data, and what is to be said.

    `losses` tell what of the text is not in the data, for the log.
    """

    text: str | None
    data: Json
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def payload_of(data: Json, notes: tuple[str, ...] = (), losses: tuple[str, ...] = ()) -> Payload:
    """Return data as a payload."""
    return Payload(None, data, notes, losses)


def read_body(hook: Hook, raw: bytes, name: str) -> Payload:
    """Read what is sent to a hook: JSON, or for an email hook a mail.

    Raises PayloadError for a body the platform would refuse.
    """
    if name.endswith(NDJSON) and raw.strip().count(b"\n"):
        import shlex  # noqa: PLC0415 - only a slip needs it

        raise PayloadError(
            f'"{name}" holds a payload on each line',
            hint=f"kobjctl replay {shlex.quote(name)} --hook {hook.name} sends them all",
        )
    if not hook.by_mail:
        return read_any(raw, name)
    if raw.lstrip()[:1] in (b"{", b"["):
        raise PayloadError(
            f'hook "{hook.name}" takes a mail, not JSON',
            name=name,
            hint="send an .eml file; its HTML holds the JSON",
        )
    from kobjctl.files.payloads.email import read_email  # noqa: PLC0415 - only mails need it

    mail = read_email(raw, hook.key)
    return payload_of(mail.data, mail.notes)


def read_any(raw: bytes, name: str) -> Payload:
    """Read what is for no certain hook: JSON. Raises PayloadError for what is none."""
    data, losses = payload_reading(raw, name)
    return Payload(raw.decode("utf-8-sig"), data, losses=losses)
