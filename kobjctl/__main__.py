"""The process `kobjctl`, also as `python -m kobjctl`."""

import gc
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line, and end the process with its exit status: after Ctrl-C in silence,
    also while modules are still being loaded.
    """
    # Start-up makes many objects that stay to the end: looking among them for garbage, now and
    # once more when the process ends, would cost 15 ms.
    gc.set_threshold(100_000)
    sys.unraisablehook = _tell_unraisable
    try:
        _run()
    except BaseException as error:
        # Where a class is being defined, Python 3.11 raises a RuntimeError from it.
        if not any(isinstance(each, KeyboardInterrupt) for each in (error, error.__cause__)):
            raise
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()


def _tell_unraisable(failure: "sys.UnraisableHookArgs") -> None:
    """Tell of an error that nobody can catch, but for Ctrl-C in the middle of an import."""
    if not issubclass(failure.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(failure)


def _run() -> None:
    import signal  # noqa: PLC0415 - within what takes Ctrl-C

    from kobjctl.cli import main as run  # noqa: PLC0415 - after the threshold, which is for it

    try:
        run()
    finally:
        # All is done, or will be told: Python's last steps are too short to be broken off.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
