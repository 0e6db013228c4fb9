"""Score the shipped models on documents that they were not fitted on: the split ``test``, and four other regions.

    python benchmarks/learned_unseen.py

Means of F1 over documents, 95 % intervals by resampling documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.evaluate.statistics import Estimate
from gouji.export.contract import to_dict
from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.outcomes import Analysis
from gouji.settings import CLASSIFIERS, SYSTEMS
from gouji.training.examples import Example, corpus, example

ROOT = Path(__file__).parents[1]
ROWS = ("CAUSE span", "CAUSE characters", "CAUSE link", "INDICATOR span", "INDICATOR span+type")
CATEGORY = "CAUSE span+main category"


def scored(source: Example, system: str, classifier: str = "rules") -> Evaluation:
    """Evaluate the mentions of one system, and the facts and causes assembled from them."""
    mentions = extract(source.document, system)
    return evaluate(
        to_dict(Analysis(source.document, mentions, *assemble(source.document, mentions, classifier))), source.data
    )


def shown(value: Estimate) -> str:
    """Write a mean with its interval."""
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]" if value.low is not None else f"{value.value:.3f}"


def table(title: str, examples: Sequence[Example]) -> None:
    """Print the systems, then the classifiers, on some documents."""
    print(f"\n{title} ({len(examples)} documents)\n")
    print("| system | " + " | ".join(ROWS) + " |\n|" + "---|" * (len(ROWS) + 1))
    for system in SYSTEMS:
        found = means([scored(e, system) for e in examples])
        print(f"| {system} | " + " | ".join(shown(found[r]) for r in ROWS) + " |", flush=True)
    print(f"\n| classifier, spans by the rules | {CATEGORY} |\n|---|---|")
    for classifier in CLASSIFIERS:
        print(f"| {classifier} | {shown(means([scored(e, 'rules', classifier) for e in examples])[CATEGORY])} |")


def main() -> None:
    table("Split test", corpus(ROOT, "test"))
    folder = ROOT / "tests" / "data" / "regions"
    table("Other regions", [example(p, p.with_suffix(".gold.json")) for p in sorted(folder.glob("*.txt"))])


if __name__ == "__main__":
    main()
