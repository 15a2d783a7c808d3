"""The process that the command line runs in: its streams, and the signals that end it."""

import os
import signal
import sys


def open_closed_streams() -> None:
    """Put nothing in the place of a stream that whoever started us has closed, as daemons do; what
    is written can then be written in any encoding.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        # A pipe may be no UTF-8; a log that can't be printed helps nobody.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def end_by_signals() -> None:
    """Let the signals that end a process end the command, so that it leaves no copies behind."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # `nohup` has it ignored.
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    sys.exit(128 + number)
