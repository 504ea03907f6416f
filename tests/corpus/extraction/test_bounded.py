from corpus.extraction.bounded import MOST_CHARACTERS, bounded
from corpus.extraction.paper import extract
from tests.corpus.extraction.build import read, table

LINE = "- 가람{}동 : 반찬 나눔 등 {}개 사업 총 {}만원"


def test_a_paper_within_the_bound_is_read_as_it_is():
    full, items = read("1. 개요", table(("동", "위원"), ("가람1동", "12명")))
    assert bounded(full, items) == (full, items, [])


def test_of_a_longer_paper_the_rest_is_left_out_and_said_to_be():
    full, items = read(
        "\n".join(LINE.format(n, n, n * 10) for n in range(1, 9)),
        table(*[(f"가람{n}동", f"{n}명") for n in range(1, 60)]),
        "끝으로 한 줄",
    )
    cut, kept, (finding,) = bounded(full, items, characters=400)
    assert len(cut.text) <= 400
    assert full.text.startswith(cut.text)
    assert all(item.end <= len(cut.text) for item in kept)
    assert all(cell.span.end <= len(cut.text) for placed in cut.tables for cell in placed.cells)
    assert finding.code == "left_out"
    (span,) = finding.spans
    assert full.text[span.start : span.end].startswith(finding.values[1].split()[0])


def test_what_stands_before_the_bound_of_a_long_paper_is_read():
    lines = "\n".join(LINE.format(n, n, n * 10) for n in range(1, 9))
    full, items = read(lines, "나머지 글 " * (MOST_CHARACTERS // 5))
    extraction = extract(full, items)
    assert [finding.code for finding in extraction.findings] == ["left_out"]
    assert max(len(relation.records) for relation in extraction.relations) == 8


def test_the_bound_of_lines_counts_too():
    full, items = read("\n".join(f"{n}. 항목" for n in range(1, 40)))
    cut, kept, findings = bounded(full, items, lines=10)
    assert cut.text.count("\n") == 9
    assert len(kept) == 10
    assert [finding.values[1] for finding in findings] == ["11. 항목"]
