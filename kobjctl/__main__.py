"""`python -m kobjctl` is the `kobjctl` command."""

from kobjctl.cli import main

if __name__ == "__main__":
    main()
