"""What kobjctl needs of typer, from the oldest version it takes to the newest."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kobjctl.cli import app

ROOT = Path(__file__).parent.parent.parent
MODULES = sorted((ROOT / "kobjctl").rglob("*.py"))
LOADED = """
import sys
from kobjctl.cli import app
try:
    app(sys.argv[1:], standalone_mode=False)
finally:
    print(*sorted({"pydantic", "rich", "sqlite_utils"} & sys.modules.keys()), file=sys.stderr)
"""
CHANGED = (
    "typer asks its parameters otherwise now: see ValueReader in kobjctl/cli/typer_versions.py"
)


@pytest.mark.parametrize(
    "words",
    [
        "--version",
        "--help",
        "hook send --help",
        "hook send sample_payloads/order.json --hook orders --step-limit 20 --seed 1",
        "logs --limit 3",
        "logs 1 --step lookup --json",
        "validate sample_workflows --format json",
    ],
)
def test_typer_loads_no_pydantic_to_read_what_a_command_is_given(org, words):
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words.split()], capture_output=True, check=True, text=True
    )

    assert "" == done.stderr.splitlines()[-1], CHANGED


def test_typer_asks_a_parameter_what_reads_its_value():
    command = typer.main.get_command(app).get_command(None, "apply")

    for param in command.params:
        # The one up to 0.24, the other from 0.25 on.
        assert {"get_runtime_param", "type_cast_value"} & set(dir(type(param))), CHANGED


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_imported_that_typer_has_for_itself_alone(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []

        assert [] == [
            name
            for name in names
            if name.split(".")[0] == "click" or name.startswith(("typer._", "typer.models"))
        ]
