"""``gouji benchmark``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import AnnotationError

AVERAGES = ("micro", "macro")


@app.command(help="多个系统在同一批标注上比较：一张带区间和显著性的表、错误清单、得失对比和运行卡片。")
def benchmark(
    systems: Annotated[
        str,
        typer.Option(
            "--systems",
            metavar="A,B,…",
            help="rules,crf,hybrid,jionlp,cn2an,recognizers,value-only,fixed-tolerance,spacy:模型，名称=预测文件夹。",
        ),
    ] = "rules,crf,hybrid",
    gold: Annotated[Path, typer.Option("--gold", help="标注（.gold.json）的文件夹。")] = Path("annotations"),
    texts: Annotated[list[Path] | None, typer.Option("--texts", help="报告所在的文件夹；不给时为 corpora。")] = None,
    split: Annotated[str | None, typer.Option("--split", help="只用 splits.tsv 中的这一部分。")] = None,
    average: Annotated[str, typer.Option("--average", metavar="|".join(AVERAGES), help="平均方式。")] = "micro",
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写入的文件夹。")] = Path("gouji-benchmark"),
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Compare systems on gold."""
    from gouji.benchmark.run import run, tasks_of
    from gouji.benchmark.systems import system_of
    from gouji.benchmark.table import table_of
    from gouji.benchmark.write import markdown, write
    from gouji.evaluate.listing import names_of_split

    if average not in AVERAGES:
        raise typer.BadParameter(f"未知的平均方式 {average}，可用：{'、'.join(AVERAGES)}。", param_hint="--average")
    chosen = list(dict.fromkeys(part.strip() for part in systems.split(",") if part.strip()))
    if not chosen:
        raise typer.BadParameter("至少给一个系统。", param_hint="--systems")
    try:
        names = None if split is None else names_of_split(gold, split)
        tasks, left_out = tasks_of(gold, texts or [Path("corpora")], names)
        done = run(tasks, [system_of(one) for one in chosen], left_out)
        table = table_of(done, average)
        files = write(done, table, out, average=average, split=split)
    except AnnotationError as err:
        fail(str(err), debug)
    except OSError as err:
        fail(f"读写失败（{err.filename or out}：{err.strerror or err}）。", debug)
    typer.echo(markdown(done, table, average))
    typer.echo(f"共写出 {len(files)} 个文件，在 {out}。")
