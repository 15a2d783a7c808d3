"""Texts as JavaScript counts them."""


def text_length(text: str) -> int:
    """Count a text as JavaScript does, in UTF-16 units: an emoji counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
