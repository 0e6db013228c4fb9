"""``gouji tokenize``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from gouji.batch import DocumentFailure, tokens_of
from gouji.cli.app import app, fail
from gouji.export.tokens import FORMS, token_lines


@app.command(help="切分词语：先取出数字（一个数字一个词），再切其余文字；各词连起来就是原文。")
def tokenize(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要切分的报告。")],
    form: Annotated[
        str,
        typer.Option("--format", "-f", metavar="text|jsonl|words", help="每行一个词及其位置，或 JSON，或按原文分行。"),
    ] = "text",
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Cut a report into tokens."""
    if form not in FORMS:
        raise typer.BadParameter(f"未知的输出格式 {form}，可用：{', '.join(FORMS)}。", param_hint="--format")
    try:
        tokens = tokens_of(file)
    except DocumentFailure as err:
        fail(str(err), debug)
    with contextlib.suppress(BrokenPipeError):
        for line in token_lines(tokens, form):
            typer.echo(line)
