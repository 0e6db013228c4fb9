"""``gouji train``."""

from __future__ import annotations

from collections.abc import Callable
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
DOCS, CAUSE_DOCS, SEED = 300, 200, 7
"""How many generated documents the shipped models are fitted on, and their seed."""


Root = Annotated[Path, typer.Option("--root", metavar="DIR", help="含有 corpora 和 annotations 的文件夹。")]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="模型写入的文件夹。")]
Docs = Annotated[int, typer.Option("--docs", min=0, help="另外生成多少份练习文件。")]
Seed = Annotated[int, typer.Option("--seed", help="生成文件的随机种子。")]
Debug = Annotated[bool, typer.Option("--debug", help="出错时显示详细的错误位置。")]


@train.command(help="训练标注原因与指标的字符 CRF：独立使用的 crf，和与规则结合的 hybrid。")
def crf(
    root: Root = HERE,
    out: Out = MODELS,
    docs: Docs = DOCS,
    seed: Seed = SEED,
    score: Annotated[bool, typer.Option("--score", help="先做交叉验证，得分写入说明。")] = False,
    grid: Annotated[bool, typer.Option("--search", help="先在分组折上搜索参数。")] = False,
    debug: Debug = False,
) -> None:
    """Fit the character taggers."""

    def work() -> None:
        from gouji.training.shipping import material, train_tagger

        source = material(root, docs, seed)
        chosen = None
        if grid:
            from gouji.training.search import search

            tried = search(source.annotated, source.generated)
            for each in tried:
                found = f"{each.f1.value:.4f}" + (f"（{each.f1.low:.3f}–{each.f1.high:.3f}）" if each.f1.low else "")
                _tell(f"c1={each.parameters.c1} c2={each.parameters.c2}：F1 {found}")
            chosen = tried[0].parameters
        for name in ("crf", "hybrid"):
            train_tagger(name, source, out, chosen, score=score, told=_tell)

    _run(work, out, debug)


@train.command(help="训练原因类别的分类器，写出 categories.npz 和它的说明 categories.json。")
def categories(
    root: Root = HERE, out: Out = MODELS, docs: Docs = CAUSE_DOCS, seed: Seed = SEED, debug: Debug = False
) -> None:
    """Fit the classifier of causes."""

    def work() -> None:
        from gouji.training.shipping import material, train_categories

        train_categories(material(root, docs, seed), out, told=_tell)

    _run(work, out, debug)


def _run(work: Callable[[], None], out: Path, debug: bool) -> None:
    try:
        work()
    except ImportError as err:
        fail(f"缺少 {err.name}；请安装 gouji[learn]。", debug)
    except GoujiError as err:
        fail(str(err), debug)
    except OSError as err:
        fail(f"无法写入 {out}（{err.strerror or err}）。", debug)
    typer.echo(f"模型写入 {out}。")


def _tell(what: str) -> None:
    typer.echo(what, err=True)
