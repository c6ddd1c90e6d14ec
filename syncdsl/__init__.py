"""A small language for what a data sync between business systems may do, and its linter."""

__version__ = "0.1.0"
