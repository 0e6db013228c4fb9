"""Files as other tools write them, by their documented examples; what the guideline does not know is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.errors import AnnotationError
from gouji.interchange.registry import convert, load

# brat's manual, "standoff format": text bounds, a discontinuous span, an event, a relation, an attribute, a note.
BRAT_TEXT = "Sony and Ericsson founded a joint venture.\nNorth and South America.\n"
BRAT = (
    "T1\tOrganization 0 4\tSony\n"
    "T2\tMERGE-ORG 28 41\tjoint venture\n"
    "T3\tOrganization 9 17\tEricsson\n"
    "T4\tLocation 43 48;59 66\tNorth America\n"
    "E1\tMERGE-ORG:T2 Org1:T1 Org2:T3\n"
    "R1\tOrigin Arg1:T3 Arg2:T1\t\n"
    "*\tEquiv T1 T3\n"
    "A1\tNegation E1\n"
    "A2\tConfidence T1 L1\n"
    "N1\tReference T1 Wikipedia:534366\tSony\n"
    "#1\tAnnotatorNotes T1\tthis annotation is suspect\n"
)
# doccano's documentation, "export": a relation extraction project, and the older sequence labelling form.
DOCCANO = (
    '{"id": 1, "text": "Google was founded on September 4, 1998.", '
    '"entities": [{"id": 0, "start_offset": 0, "end_offset": 6, "label": "ORG"}, '
    '{"id": 1, "start_offset": 22, "end_offset": 39, "label": "DATE"}], '
    '"relations": [{"from_id": 0, "to_id": 1, "type": "foundedAt", "id": 7}], "Comments": []}\n'
    '{"id": 2, "text": "EU rejects German call.", "label": [[0, 2, "ORG"], [11, 17, "MISC"]]}\n'
)
# Label Studio's documentation, JSON export and JSON_MIN export of a named-entity project.
LABEL_STUDIO = [
    {
        "id": 1,
        "data": {"text": "Opossum is great"},
        "annotations": [
            {"id": 1001, "was_cancelled": True, "result": []},
            {
                "id": 1002,
                "was_cancelled": False,
                "result": [
                    {
                        "id": "9a",
                        "from_name": "label",
                        "to_name": "text",
                        "type": "labels",
                        "value": {"start": 0, "end": 7, "text": "Opossum", "labels": ["Animal"]},
                    },
                    {
                        "id": "9b",
                        "from_name": "sentiment",
                        "to_name": "text",
                        "type": "choices",
                        "value": {"choices": ["Positive"]},
                    },
                ],
            },
        ],
    }
]
REGION = {"start": 2, "end": 9, "text": "12.50万元", "labels": ["AMOUNT"]}
LABEL_STUDIO_MIN = [{"text": "支出12.50万元", "label": [REGION]}]


def places(document) -> list[tuple[str, int, int]]:
    return [(m["label"], m["start"], m["end"]) for m in document.mentions]


def lost(losses) -> dict[str, int]:
    return {loss.what: loss.count for loss in losses}


def test_brat_manual(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BRAT_TEXT)
    (tmp_path / "a.ann").write_text(BRAT)
    (document,), losses = load(tmp_path)
    assert places(document) == [("Organization", 0, 4), ("Organization", 9, 17), ("MERGE-ORG", 28, 41)]
    assert sum(loss.count for loss in losses if loss.what == "属性") == 2  # one of the event, one that is none of ours
    assert lost(losses) == {"不连续的片段": 1, "事件": 1, "关系": 1, "等价关系": 1, "属性": 1, "规范化": 1, "备注": 1}


def test_a_span_over_a_line_break_is_written_as_fragments_and_joined_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("增加1062.85\n万元，", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tAMOUNT 2 9;10 12\t1062.85 万元\n", "utf-8")
    (document,), losses = load(tmp_path / "a.ann")
    assert places(document) == [("AMOUNT", 2, 12)]
    assert [(m["value"], m["unit"]) for m in document.mentions] == [("10628500", "万元")]
    assert losses == []
    convert(tmp_path, tmp_path / "out", "brat")
    assert (tmp_path / "out/a.ann").read_text("utf-8").split("\n")[0] == "T1\tAMOUNT 2 9;10 12\t1062.85 万元"


def test_doccano_documentation(tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text(DOCCANO)
    documents, losses = load(tmp_path / "all.jsonl")
    assert [places(d) for d in documents] == [[("ORG", 0, 6), ("DATE", 22, 39)], [("ORG", 0, 2), ("MISC", 11, 17)]]
    assert [d.text[m["start"] : m["end"]] for d in documents for m in d.mentions][1] == "September 4, 1998"
    assert lost(losses) == {"关系": 1}


def test_label_studio_documentation(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(LABEL_STUDIO))
    (tmp_path / "min.json").write_text(json.dumps(LABEL_STUDIO_MIN))
    (document,), losses = load(tmp_path / "export.json")
    assert places(document) == [("Animal", 0, 7)]
    assert lost(losses) == {"其他结果": 1}
    (document,), losses = load(tmp_path / "min.json")
    assert [(m["label"], m["value"]) for m in document.mentions] == [("AMOUNT", "125000")]
    assert losses == []


def test_a_corpus_of_characters_with_one_column(tmp_path: Path) -> None:
    (tmp_path / "msra.bio").write_text("财 B-ORG\n政 I-ORG\n部 I-ORG\n令 O\n\n北 B-LOC\n京 I-LOC\n", "utf-8")
    (document,), _ = load(tmp_path / "msra.bio")
    assert document.text == "财政部令\n北京"
    assert places(document) == [("ORG", 0, 3), ("LOC", 5, 7)]


def test_labels_that_are_none_of_ours_are_named_when_gold_is_written_and_may_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "机关运行经费10万元", "label": [[0, 6, "NAME"], [6, 10, "AMOUNT"]]}', "utf-8"
    )
    done = convert(tmp_path / "a.jsonl", tmp_path / "one", "gouji")
    assert [str(loss) for loss in done.losses] == [
        "a-1：标签 NAME 的文本段 1 项未写入（标签不在 labels.yaml 中，可用 --map 改名）"
    ]
    done = convert(tmp_path / "a.jsonl", tmp_path / "two", "gouji", labels={"NAME": "INDICATOR"})
    gold = json.loads((tmp_path / "two/a-1.gold.json").read_text("utf-8"))
    assert done.losses == ()
    assert [(m["label"], m["start"], m["end"]) for m in gold["mentions"]] == [("INDICATOR", 0, 6), ("AMOUNT", 6, 10)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonl", '{"nothing": 1}', "a.jsonl:1: 这一行不是带 text 的 JSON"),
        ("a.jsonl", '{"text": "短", "label": [[0, 9, "X"]]}', "位置 0–9 超出文本（1 字）"),
        ("a.json", '{"a": 1}', "不是 Label Studio 的任务列表"),
        ("a.conll", "字\n", "a.conll:1: 这一行没有标签"),
        ("a.spacy", "no", "不是 spaCy 的 DocBin 文件"),
        ("a.ann", "T1 nothing", "找不到这个文件；brat 的每份文档要有"),
        ("a.xmi", "<x/>", "没有 TypeSystem.xml"),
        ("a.csv", "x", "看不出是哪种标注格式"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: str, words: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(AnnotationError) as caught:
        load(tmp_path / name)
    assert words in str(caught.value)


def test_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(DOCCANO)
    run = CliRunner().invoke(app, ["convert", str(tmp_path / "a.jsonl"), str(tmp_path / "out"), "--to", "brat"])
    assert (run.exit_code, run.stdout) == (0, f"共 2 份，写入 {tmp_path / 'out'}。\n")
    assert (tmp_path / "out/a-2.ann").read_text().startswith("T1\tORG 0 2\tEU\n")
    run = CliRunner().invoke(app, ["convert", str(tmp_path / "none"), str(tmp_path / "out"), "--to", "brat"])
    assert (run.exit_code, "找不到这个文件" in run.output) == (1, True)
    run = CliRunner().invoke(app, ["convert", str(tmp_path / "a.jsonl"), str(tmp_path), "--to", "word"])
    assert run.exit_code == 2
