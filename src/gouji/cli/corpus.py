"""``gouji corpus``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from gouji.cli.app import app, fail
from gouji.errors import GoujiError

corpus = typer.Typer(help="生成练习用的决算报告及其完整标注。", no_args_is_help=True)
app.add_typer(corpus, name="corpus")

MANIFEST = "manifest.tsv"
HERE = Path(".")


@corpus.command(help="按语法生成报告：数字符合各项恒等式，标注随文写出；同样的种子得到同样的文件。")
def generate(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="写入的文件夹。")],
    seed: Annotated[int, typer.Option("--seed", help="随机种子。")] = 1,
    docs: Annotated[int, typer.Option("--docs", min=1, help="份数。")] = 10,
    styles: Annotated[
        str, typer.Option("--styles", metavar="beijing,sichuan,…", help="地区风格，逗号分隔；默认全部。")
    ] = "",
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar="txt,html,docx", help="文件格式，逗号分隔。")
    ] = "txt",
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Write generated reports, each with its gold."""
    from gouji.corpus.generate import collection
    from gouji.corpus.render import FORMATS, write
    from gouji.corpus.resources import corpus_grammar

    chosen = _listed(styles, tuple(corpus_grammar().styles), "--styles")
    wanted = _listed(formats, FORMATS, "--format")
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(f"{out} 已存在而且不是文件夹。", param_hint="--out")
    lines = ["doc_id\tfile\tsha256"]
    try:
        for report in collection(seed, docs, chosen):
            for path in write(report, out, wanted):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                lines.append(f"{report.name}\t{path.relative_to(out).as_posix()}\t{digest}")
        (out / MANIFEST).write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    except OSError as err:
        fail(f"无法写入 {out}（{err.strerror or err}）。", debug)
    except ImportError as err:
        fail(f"缺少 {err.name}；请安装 gouji[learn]。", debug)
    typer.echo(f"共 {docs} 份，写入 {out}。")


@corpus.command(help="检查标注：文件的哈希值、同一单位不跨划分，并列出不同划分间相近的段落。")
def duplicates(
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="含有 corpora 和 annotations 的文件夹。")] = HERE,
    beside: Annotated[
        list[Path] | None, typer.Option("--beside", metavar="DIR", help="未随附的原文所在的文件夹。")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")] = False,
) -> None:
    """Check the annotations and report what splits share."""
    from gouji.evaluate.duplicates import report

    try:
        for line in report(root, beside or ()):
            typer.echo(line)
    except GoujiError as err:
        fail(str(err), debug)


def _listed(text: str, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [part for part in chosen if part not in known]
    if unknown:
        raise typer.BadParameter(f"未知的 {'、'.join(unknown)}，可用：{', '.join(known)}。", param_hint=option)
    return chosen
