"""How values stand in JSON columns: compact text, written and read here and nowhere else."""

import json
from collections.abc import Callable
from typing import Final

from kobjctl.model.values import Json

# One encoder for all: `json.dumps` with options makes a new one at every call.
encode: Final[Callable[[Json], str]] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode
decode: Final[Callable[[str], Json]] = json.JSONDecoder().decode
