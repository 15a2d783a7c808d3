"""Run, inspect and test Kustomer workflows on your own machine."""

__version__ = "0.2.0"
