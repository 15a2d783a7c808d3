"""Print the lowest version of each direct dependency, as constraints for pip."""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
LOWEST = re.compile(r"([\w.-]+)>=([\w.]+)")


def main() -> None:
    """Pin `name>=X` to `name==X`; a dependency without a lowest version is a mistake."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    for dependency in project["dependencies"]:
        lowest = LOWEST.match(dependency)
        if lowest is None:
            raise SystemExit(f"{dependency}: no lowest version")
        print(f"{lowest[1]}=={lowest[2]}")  # noqa: T201


if __name__ == "__main__":
    main()
