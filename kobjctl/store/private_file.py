"""Files that hold secrets are made readable by their owner alone."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_OWNER_ALONE: Final = 0o600


def make_private(path: str | Path) -> bool:
    """Make an empty file that only its owner may read, unless there is one already; tells whether
    it did.

    Where that can't be, whoever opens it says why.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE))
        return True
    return False
