"""Bodies of every kind, as hooks take them."""
