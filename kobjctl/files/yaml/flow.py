"""Write JSON where YAML is read: all its readers find in it what those of JSON do."""

import json
import re
from typing import Final

from kobjctl.model.unseen import shown_json
from kobjctl.model.values import Json

# What JSON may hold as it is and YAML may not.
_NOT_IN_YAML: Final = re.compile("[\ufffe\uffff]")
# In YAML 1.1, 1e-05 is text: a number with an exponent has a point. A text is stepped over.
_NO_POINT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|(?<![\d.])\d+(?=e)')


def write_flow(value: Json, *, indent: int | None = None) -> str:
    """Return a value as JSON that YAML can have, on one line unless there is an indent."""
    dumped = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _NO_POINT.sub(_with_point, shown_json(dumped))
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _with_point(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else f"{found[0]}.0"
