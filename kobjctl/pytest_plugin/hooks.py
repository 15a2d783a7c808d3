"""What pytest asks of a plugin.

It is imported by every pytest of whoever has kobjctl, so nothing is imported here that is not
needed to tell a scenario file from others.
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_collect_file(file_path: Path, parent: "pytest.Collector") -> "pytest.Collector | None":
    """Take a file of scenarios: `*.test.yaml`, `*.test.yml` or `*.test.json`."""
    if ".test." not in file_path.name.lower():
        return None
    from kobjctl.files.reader import is_scenario_file

    if not is_scenario_file(file_path.name):
        return None
    from kobjctl.pytest_plugin.items import ScenarioModule

    module: pytest.Collector = ScenarioModule.from_parent(parent, path=file_path)
    return module
