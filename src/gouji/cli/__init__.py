"""Command line: argument parsing and exit codes, no logic. A command is a module here, named after it.

What only one command needs and is slow to load (numpy and what rests on it) is imported inside that command, so that
the others start without it.

Exit status: 0 if every document was analysed, 1 if any failed, 2 for misuse; ``check`` also has 3 for errors found.
"""

from gouji.cli import (
    agree,
    analyze,
    annotate,
    benchmark,
    check,
    convert,
    corpus,
    diff,
    evaluate,
    tokenize,
    train,
)
from gouji.cli.app import app, main

__all__ = [
    "agree",
    "analyze",
    "annotate",
    "app",
    "benchmark",
    "check",
    "convert",
    "corpus",
    "diff",
    "evaluate",
    "main",
    "tokenize",
    "train",
]
