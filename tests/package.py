"""Build the wheel and the sdist, install each in an environment of its own, and try it."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from venv import EnvBuilder

ROOT = Path(__file__).parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*words, cwd=ROOT):
    """Run a command to its end, which must be a good one; give what it prints."""
    return subprocess.run(words, cwd=cwd, check=True, stdout=subprocess.PIPE).stdout.decode()


def environment(folder):
    """Make an environment with a new pip; give its Python, and the folder of its programs."""
    EnvBuilder(with_pip=True).create(folder)
    programs = folder / SCRIPTS
    install(programs / "python", "--upgrade", "pip")
    return programs / "python", programs


def install(python, *words):
    """Install something with pip."""
    run(python, "-m", "pip", "install", "-q", *words)


def build(python, output):
    """Build the sdist, and the wheel out of it; give the wheel and the sdist."""
    install(python, "--group", "build")
    run(python, "-m", "build", "--outdir", output)
    return sorted(output.iterdir(), key=lambda path: path.suffix != ".whl")


def attempt(kobjctl, folder):
    """Do what the README begins with, in an empty folder."""
    folder.mkdir()
    found = json.loads(run(kobjctl, "--version", "--json", cwd=folder))
    assert declared_version() == found["kobjctl"], found
    assert None not in found["libraries"].values(), found
    run(kobjctl, "apply", ROOT / "sample_workflows", cwd=folder)
    run(kobjctl, "hook", "send", ROOT / "sample_payloads" / "order.json", cwd=folder)
    run(kobjctl, "help", "platform", cwd=folder)
    run(kobjctl, "doctor", cwd=folder)


def declared_version():
    """Give the version that the code has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    path = ROOT / project["tool"]["hatch"]["version"]["path"]
    (line,) = (line for line in path.read_text().splitlines() if line.startswith("__version__"))
    return line.split('"')[1]


def main():
    """Print what was built and tried."""
    with TemporaryDirectory(prefix="kobjctl-package-") as name:
        folder = Path(name)
        python, programs = environment(folder / "venv")
        wheel, sdist = build(python, folder / "dist")
        install(python, wheel)
        attempt(programs / "kobjctl", folder / "of-wheel")
        install(python, "--force-reinstall", "--no-deps", sdist)
        attempt(programs / "kobjctl", folder / "of-sdist")
        sys.stdout.write(f"built, installed and tried: {wheel.name}, {sdist.name}\n")


if __name__ == "__main__":
    main()
