"""The application and its entry point: what all commands share."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from gouji import __version__

app = typer.Typer(
    name="gouji",
    help="勾稽：读部门决算报告，标出数字、指标与原因，与表格对应，并核对是否相符。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Tables = Annotated[
    list[Path] | None, typer.Option("--tables", metavar="FILE", help="与报告分开发布的表格，可多次给出。")
]
"""Files whose tables belong to the one report that is given."""


def beside(files: Sequence[Path], tables: list[Path] | None) -> list[Path]:
    """Files of tables that go with the report."""
    if tables and len(files) > 1:
        raise typer.BadParameter("附表只能与一份报告一起给出。", param_hint="--tables")
    return tables or []


RARELY = 500_000
"""New objects between two searches for cycles: the word lists, which stay, are not looked through again and again."""


def main() -> None:
    """Run the command line."""
    gc.set_threshold(RARELY, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本。")] = False,
) -> None:
    """Take the options that belong to no command."""


def fail(message: str, debug: bool) -> NoReturn:
    """Print one sentence and exit with 1; with `debug` the traceback too."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    errors.print(Text(f"gouji: {message}", style="red"))
    if debug:
        errors.print(Text(traceback.format_exc(), style="dim"))
    raise typer.Exit(1)
