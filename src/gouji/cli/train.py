"""``gouji train``."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import GoujiError

train = typer.Typer(help="训练随包提供的模型；同样的材料得到同样的文件。", no_args_is_help=True)
app.add_typer(train, name="train")

MODELS = Path(str(files("gouji.resources"))) / "models"
HERE = Path(".")


@train.command(help="训练标注原因与指标的字符 CRF，写出 crf.npz 和它的说明 crf.json。")
def crf(
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="含有 corpora 和 annotations 的文件夹。")] = HERE,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="模型写入的文件夹。")] = MODELS,
    score: Annotated[bool, typer.Option("--score/--no-score", help="是否先做交叉验证并写入说明。")] = True,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Fit the character tagger."""
    from gouji.training.shipping import train_crf

    try:
        papers = train_crf(root, out, score=score, told=lambda what: typer.echo(what, err=True))
    except (GoujiError, ImportError) as err:
        fail(_sentence(err), debug)
    for system, rows in papers["scores"].items():
        typer.echo(f"{system}: " + "，".join(f"{row} {value['f1']:.3f}" for row, value in rows.items()))
    typer.echo(f"模型写入 {out}。")


def _sentence(err: Exception) -> str:
    if isinstance(err, ImportError):
        return f"缺少 {err.name}；请安装 gouji[learn]。"
    return str(err)
