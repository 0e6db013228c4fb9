"""Command line: argument parsing and exit codes, no logic."""


def main() -> None:
    """Run the command line."""
    raise SystemExit("not built yet")
