"""``gouji evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import AnnotationError


@app.command(help="用标注评价分析结果：各层的准确率、召回率、F1，以及找到的不符之处和误报。")
def evaluate(
    predicted: Annotated[Path, typer.Argument(metavar="PRED", help="分析结果：一个 .analysis.json，或其文件夹。")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="标注：一个 .gold.json，或其文件夹。")],
    split: Annotated[str | None, typer.Option("--split", help="只比较 splits.tsv 中的这一部分。")] = None,
    every: Annotated[bool, typer.Option("--all", help="显示全部指标，而不只是主要的。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Compare analyses with their gold."""
    from gouji.evaluate.evaluation import evaluate_files, pairs
    from gouji.evaluate.listing import as_dict, lines, names_of_split

    if split is not None and not gold.is_dir():
        raise typer.BadParameter("只有 GOLD 为文件夹时才能按划分选取。", param_hint="--split")
    try:
        names = names_of_split(gold, split) if split is not None else None
        results = [evaluate_files(*pair) for pair in pairs(predicted, gold, names)]
    except AnnotationError as err:
        fail(str(err), debug)
    if as_json:
        typer.echo(json.dumps(as_dict(results), ensure_ascii=False, indent=1))
        return
    for line in lines(results, every):
        typer.echo(line)
