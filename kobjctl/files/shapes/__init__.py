"""The shape that each kind of file must have."""
