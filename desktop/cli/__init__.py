"""The command line: everything that needs no screen (issue text; exit codes in `answers`)."""

from desktop.cli.main import main

__all__ = ["main"]
