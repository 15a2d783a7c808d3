"""How large, deep and many the things in an untrusted file may be."""

from typing import Final

MAX_DEPTH: Final = 100
MAX_NODES: Final = 100_000
FILE_LIMIT: Final = 4 * 1024 * 1024
PAYLOAD_LIMIT: Final = 400 * 1024

BYTE_ORDER_MARK: Final = "\ufeff"
TOO_DEEP: Final = f"lists and objects are nested deeper than {MAX_DEPTH} levels"
