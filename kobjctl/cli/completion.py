"""What a shell says in the environment to complete, before Typer takes it at its word.

Whoever presses the tabulator sees no complaint of ours; who set a variable by hand is told.
"""

import os
from typing import Final

from kobjctl.model.errors import UsageError

INSTRUCTION: Final = "_KOBJCTL_COMPLETE"
_SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")
_TASKS: Final = ("complete", "source")


def is_asked() -> bool:
    """Return whether a shell wants something."""
    return bool(os.environ.get(INSTRUCTION))


def check() -> None:
    """Raise UsageError for an instruction that is none; what bash leaves out is nothing typed."""
    instruction = os.environ[INSTRUCTION]
    task, _, shell = instruction.partition("_")
    if task not in _TASKS or shell not in _SHELLS:
        raise UsageError(
            f'{INSTRUCTION} is "{instruction}", which no shell sets',
            hint=f"unset {INSTRUCTION}; kobjctl --install-completion sets completion up",
        )
    words = os.environ.setdefault("COMP_WORDS", "kobjctl")
    if not os.environ.get("COMP_CWORD", "").isdecimal():
        os.environ["COMP_CWORD"] = str(len(words.split()))
