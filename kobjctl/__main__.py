"""The process `kobjctl`, also as `python -m kobjctl`."""

import gc


def main() -> None:
    """Run the command line."""
    # Start-up makes many objects that stay to the end: looking among them for garbage, now and
    # once more when the process ends, would cost 15 ms.
    gc.set_threshold(100_000)
    from kobjctl.cli import main as run  # noqa: PLC0415 - after the line above, which is for it

    try:
        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
