"""Command line: argument parsing and exit codes, no logic. A command is a module here, named after it.

Exit status: 0 if every document was analysed, 1 if any failed, 2 for misuse.
"""

from gouji.cli import analyze, evaluate, tokenize
from gouji.cli.app import app, main

__all__ = ["analyze", "app", "evaluate", "main", "tokenize"]
