"""The benchmark as a page that needs nothing else: the table, a plot of every row with its intervals, the run card."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from gouji.benchmark.run import Run
from gouji.benchmark.table import ALARMS, SILENT, Table, names_of


def page(run: Run, table: Table, notes: Sequence[str], card: Mapping[str, Any]) -> str:
    """Give the page as HTML."""
    from gouji.benchmark.write import shown

    environment = Environment(
        loader=PackageLoader("gouji.benchmark", "templates"),
        autoescape=select_autoescape(("html", "j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = names_of(run.systems)
    rows = [
        (row.words, [(shown(row, entries.get(name)), _width(row, entries.get(name))) for name in names])
        for row, entries in table.items()
    ]
    return environment.get_template("benchmark.html.j2").render(
        names=names,
        rows=rows,
        notes=notes,
        plot=_plot(run, table),
        card=json.dumps(card, ensure_ascii=False, indent=1),
    )


def _width(row: Any, entry: Any) -> str:
    """Length of the bar behind a cell, in per cent; none for rows that are no ratios."""
    if entry is None or row in (ALARMS, SILENT):
        return "0"
    return f"{100 * entry.estimate.value:.1f}"


def _plot(run: Run, table: Table) -> Markup | None:
    """Dot plot of all rows with intervals as SVG; None where matplotlib is not installed."""
    try:
        import matplotlib
    except ImportError:
        return None
    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams.update({"svg.hashsalt": "gouji", "font.family": "sans-serif", "svg.fonttype": "none"})
    rows = [row for row in table if row not in (ALARMS, SILENT)]
    names = names_of(run.systems)
    figure, axes = pyplot.subplots(figsize=(8, 0.8 + 0.42 * len(rows)))
    for position, name in enumerate(names):
        shift = (position - (len(names) - 1) / 2) * 0.8 / max(len(names), 1)
        places, values, below, above = [], [], [], []
        for i, row in enumerate(rows):
            entry = table[row].get(name)
            if entry is None:
                continue
            e = entry.estimate
            places.append(i + shift)
            values.append(e.value)
            below.append(e.value - (e.value if e.low is None else e.low))
            above.append((e.value if e.high is None else e.high) - e.value)
        axes.errorbar(values, places, xerr=[below, above], fmt="o", markersize=4, linewidth=1, label=name)
    axes.set_yticks(range(len(rows)), [row.words for row in rows])
    axes.invert_yaxis()
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", linewidth=0.4)
    axes.legend(loc="lower left", fontsize="small")
    stream = io.StringIO()
    figure.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    svg = stream.getvalue()
    return Markup(svg[svg.index("<svg") :])  # noqa: S704 (drawn here; names are escaped by matplotlib)
