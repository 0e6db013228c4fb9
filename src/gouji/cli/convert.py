"""``gouji convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import AnnotationError
from gouji.interchange.conll import SCHEMES
from gouji.interchange.registry import FORMATS, convert


@app.command("convert", help="把标注在各种格式之间转换；目标格式放不下的内容会逐项说明。")
def convert_command(
    source: Annotated[Path, typer.Argument(metavar="IN", help="标注：一个文件或文件夹。")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="写入的文件夹。")],
    target: Annotated[str, typer.Option("--to", metavar="|".join(FORMATS), help="目标格式。")],
    given: Annotated[str | None, typer.Option("--from", help="来源格式；不给时自动判断。")] = None,
    texts: Annotated[list[Path] | None, typer.Option("--texts", help="报告所在的文件夹（标注中没有正文时）。")] = None,
    rename: Annotated[list[str] | None, typer.Option("--map", metavar="A=B", help="把标签 A 改名为 B。")] = None,
    scheme: Annotated[str, typer.Option("--scheme", metavar="|".join(SCHEMES), help="CoNLL 的标签方案。")] = SCHEMES[0],
    predictions: Annotated[bool, typer.Option("--predictions", help="Label Studio 中写为预测而不是标注。")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="写 gouji 格式时附上正文。")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Convert annotations between formats."""
    for name, hint in ((target, "--to"), (given, "--from")):
        if name is not None and name not in FORMATS:
            raise typer.BadParameter(f"未知的格式 {name}，可用：{'、'.join(FORMATS)}。", param_hint=hint)
    if scheme not in SCHEMES:
        raise typer.BadParameter(f"未知的方案 {scheme}，可用：{'、'.join(SCHEMES)}。", param_hint="--scheme")
    pairs = [tuple(one.split("=", 1)) for one in rename or ()]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise typer.BadParameter("应写作 旧标签=新标签。", param_hint="--map")
    every: dict[str, dict[str, object]] = {
        "conll": {"scheme": scheme},
        "labelstudio": {"predictions": predictions},
        "gouji": {"with_text": with_text},
    }
    try:
        labels = {pair[0]: pair[1] for pair in pairs}
        done = convert(source, out, target, given=given, texts=texts or (), labels=labels, options=every.get(target))
    except AnnotationError as err:
        fail(str(err), debug)
    except OSError as err:
        fail(f"读写失败（{err.filename or out}：{err.strerror or err}）。", debug)
    for loss in done.losses:
        typer.echo(str(loss), err=True)
    typer.echo(f"共 {len(done.documents)} 份，写入 {out}。")
