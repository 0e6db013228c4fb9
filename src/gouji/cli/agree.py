"""``gouji agree``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import AnnotationError


@app.command(help="两位标注者的一致性：文本段 F1、逐字 kappa、属性的 alpha，可选 gamma。")
def agree(
    first: Annotated[Path, typer.Argument(metavar="A", help="标注：一个文件，或其文件夹。")],
    second: Annotated[Path, typer.Argument(metavar="B", help="另一位的标注。")],
    gamma: Annotated[bool, typer.Option("--gamma", help="也计算 gamma（需要 gouji[gamma]，较慢）。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Measure the agreement of two annotators."""
    from gouji.evaluate.agreement import agreement
    from gouji.evaluate.listing import agreement_lines
    from gouji.evaluate.pairing import twins

    try:
        result = agreement([(a, b) for _, a, b in twins(first, second)], gamma=gamma)
    except AnnotationError as err:
        fail(str(err), debug)
    if as_json:
        typer.echo(json.dumps(asdict(result), ensure_ascii=False, indent=1))
        return
    for line in agreement_lines(result):
        typer.echo(line)
