"""Grouped cross-validation of the three systems: a fold is a document, or all documents of one publisher."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from gouji.evaluate.evaluation import Evaluation, evaluate
from gouji.export.contract import to_dict
from gouji.extract import number
from gouji.extract.causes import tag_causes
from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_tagger import tag_learned
from gouji.extract.hybrid import DEFAULT, Policy, tag_hybrid
from gouji.extract.indicators import tag_indicators
from gouji.facts import assemble
from gouji.model.facts import Mention
from gouji.model.outcomes import Analysis
from gouji.resources.crf_templates import crf_templates
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.draw import Draw, drawn
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


def rules_of(source: Example) -> list[Mention]:
    """Tag indicators and causes of a document by the rules."""
    named = tag_indicators(source.document, source.figures)
    return [*named, *tag_causes(source.document, source.figures, named)]


def fitting(source: Example, system: str, rules: Sequence[Mention] | None = None) -> Sequences:
    """Cut a document up for fitting a tagger of a system: the hybrid also sees what the rules say."""
    if system != "hybrid":
        return sequences(source, KINDS)
    return sequences(source, KINDS, rules=rules_of(source) if rules is None else rules)


def tagged(
    source: Example, system: str, model: CompiledCrf | None, rules: Sequence[Mention], policy: Policy = DEFAULT
) -> tuple[Mention, ...]:
    """Mentions of a document by one of the systems; `model` is that of the system, `rules` what the rules found."""
    if system == "rules" or model is None:
        return number([*source.figures, *rules])
    if system == "crf":
        return number([*source.figures, *tag_learned(source.document, source.figures, model)])
    return number([*source.figures, *tag_hybrid(source.document, source.figures, rules, model, policy)])


def scored(source: Example, mentions: tuple[Mention, ...]) -> Evaluation:
    """Evaluate mentions, and the facts and causes assembled from them; tables are not looked at."""
    facts, causes = assemble(source.document, mentions)
    return evaluate(to_dict(Analysis(source.document, mentions, facts, causes)), source.data)


def cross_validate(
    examples: Sequence[Example],
    further: Sequence[Example] = (),
    parameters: CrfParameters | None = None,
    systems: Sequence[str] = SYSTEMS,
    leaving_out: Collection[str] = (),
    policy: Policy = DEFAULT,
    count: int | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> Mapping[str, list[Evaluation]]:
    """Score every document by a model that no document of its group was fitted on.

    Parameters
    ----------
    examples : sequence of Example
    further : sequence of Example
        Generated documents: passages of them are in every fold's material, none in any fold's test.
    parameters : CrfParameters, optional
    systems : sequence of str
        ``rules``, ``crf``, ``hybrid``.
    leaving_out : collection of str
        Groups of templates not to use.
    policy : Policy
        Of the hybrid.
    count : int, optional
        Number of folds; one a group if not given.
    told : callable
        Is told the name of every document when it has been scored.

    Returns
    -------
    dict of str to list of Evaluation
        By system, in the order of the documents.
    """
    out: dict[str, dict[int, Evaluation]] = {system: {} for system in systems}
    rules = [rules_of(e) for e in examples]
    for system in systems:
        learns = system != "rules"
        own = [fitting(e, system, r) for e, r in zip(examples, rules, strict=True)] if learns else []
        generated = [drawn(fitting(e, system), Draw()) for e in further] if learns else []
        used = crf_templates().places({*leaving_out, *(("rules",) if system == "crf" else ())})
        for fit, test in folds(examples, count):
            model = None
            if learns:
                material = [*(own[i] for i in fit), *generated]
                model = fit_crf(material, KINDS, parameters or CrfParameters(), used=used).compiled()
            for i in test:
                out[system][i] = scored(examples[i], tagged(examples[i], system, model, rules[i], policy))
                told(f"{system} {examples[i].name}")
    return {system: [rows[i] for i in sorted(rows)] for system, rows in out.items()}
