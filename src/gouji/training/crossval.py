"""Grouped cross-validation of the three systems: a fold is a document, or all documents of one publisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gouji.evaluate.evaluation import Evaluation, evaluate
from gouji.export.contract import to_dict
from gouji.extract import number
from gouji.extract.causes import tag_causes
from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_tagger import tag_learned
from gouji.extract.hybrid import DEFAULT, Policy, combined
from gouji.extract.indicators import tag_indicators
from gouji.facts import assemble
from gouji.model.facts import Mention
from gouji.model.outcomes import Analysis
from gouji.resources.crf_templates import crf_templates
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.examples import Example, Sequences, sequences

KINDS = crf_templates().label_sets["shipped"]
SYSTEMS = ("rules", "crf", "hybrid")


def folds(examples: Sequence[Example], count: int | None = None) -> list[tuple[list[int], list[int]]]:
    """Places to fit on and places to test on, one pair a fold.

    Parameters
    ----------
    examples : sequence of Example
    count : int, optional
        Number of folds, to which groups are dealt in turn; one a group if not given. No document of a group is on
        both sides.
    """
    groups = list(dict.fromkeys(e.group for e in examples))
    dealt = {group: at % (count or len(groups)) for at, group in enumerate(groups)}
    return [
        (
            [i for i, e in enumerate(examples) if dealt[e.group] != fold],
            [i for i, e in enumerate(examples) if dealt[e.group] == fold],
        )
        for fold in range(min(count or len(groups), len(groups)))
    ]


def tagged(source: Example, model: CompiledCrf, policy: Policy = DEFAULT) -> dict[str, tuple[Mention, ...]]:
    """Mentions of a document by each of the three systems."""
    named = tag_indicators(source.document, source.figures)
    rules = [*named, *tag_causes(source.document, source.figures, named)]
    learned = tag_learned(source.document, source.figures, model)
    found = {"rules": rules, "crf": learned, "hybrid": combined(rules, learned, policy)}
    return {system: number([*source.figures, *mentions]) for system, mentions in found.items()}


def scored(source: Example, mentions: tuple[Mention, ...]) -> Evaluation:
    """Evaluate mentions, and the facts and causes assembled from them; tables are not looked at."""
    facts, causes = assemble(source.document, mentions)
    return evaluate(to_dict(Analysis(source.document, mentions, facts, causes)), source.data)


def cross_validate(
    examples: Sequence[Example],
    further: Sequence[Sequences] = (),
    parameters: CrfParameters | None = None,
    used: Sequence[int] | None = None,
    policy: Policy = DEFAULT,
    count: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Mapping[str, list[Evaluation]]:
    """Score every document by a model that no document of its group was fitted on.

    Parameters
    ----------
    examples : sequence of Example
    further : sequence of Sequences
        Generated documents: in every fold's material, in no fold's test.
    parameters : CrfParameters, optional
    used : sequence of int, optional
        Places of the templates to use.
    policy : Policy
        Of the hybrid.
    count : int, optional
        Number of folds; one a group if not given.
    told : callable
        Is told the name of every document when it has been scored.

    Returns
    -------
    dict of str to list of Evaluation
        By system, in the order of the folds.
    """
    material = [sequences(e, KINDS) for e in examples]
    out: dict[str, list[Evaluation]] = {system: [] for system in SYSTEMS}
    for fit, test in folds(examples, count):
        fitted = fit_crf([*(material[i] for i in fit), *further], KINDS, parameters or CrfParameters(), used=used)
        model = fitted.compiled()
        for i in test:
            for system, mentions in tagged(examples[i], model, policy).items():
                out[system].append(scored(examples[i], mentions))
            told(examples[i].name)
    return out
