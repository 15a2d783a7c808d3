"""The process `kobjctl`, also as `python -m kobjctl`."""

import gc


def main() -> None:
    """Run the command line."""
    # Start-up makes many objects that all stay: looking among them for garbage costs 10 ms.
    gc.set_threshold(100_000)
    from kobjctl.cli import main as run  # noqa: PLC0415 - after the line above, which is for it

    run()


if __name__ == "__main__":
    main()
