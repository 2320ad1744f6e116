"""Sheets and tables of values: rows in groups that fit, the header and the sheet's name in each."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from desktop_mmrag.domain import Role, Segment, TextSpan
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.documents.delimited import delimiter_of
from desktop_mmrag.extract.documents.table import groups, line
from desktop_mmrag.extract.documents.workbook import written
from desktop_mmrag.extract.kinds import Kind, sniff

from . import papers
from .conftest import Understand


def few_words(text: str) -> bool:
    return len(text.split()) <= 30


def cut(rows: Sequence[Sequence[str]], title: str = "") -> list[str]:
    return [group.text for group in groups(enumerate(rows, start=1), few_words, title)]


def passages(segments: list[Segment]) -> dict[str | None, str]:
    return {
        s.locator.heading: s.text
        for s in segments
        if s.role is Role.PASSAGE and isinstance(s.locator, TextSpan)
    }


def test_empty_cells_between_others_keep_their_place() -> None:
    assert line(["Rent", "", " 950\n", "a|b", ""]) == "| Rent |  | 950 | a/b"


def test_the_header_stands_above_every_group() -> None:
    rows = [["Item", "Price"], *([f"thing {n}", f"{n}.50"] for n in range(10))]
    found = cut(rows, "Shop")
    assert len(found) > 1
    assert all(text.startswith("Shop\n| Item | Price\n| thing") for text in found)
    assert all(few_words(text) for text in found)
    assert sum(text.count("thing") for text in found) == 10


def test_titles_between_blocks_are_lines_and_each_block_has_its_header() -> None:
    rows = [
        ["Budget of the family", "", ""],
        ["", "", ""],
        ["Item", "May", "June"],
        ["Rent", "950", "980"],
        ["", "", ""],
        ["Income", "May", "June"],
        ["Wages", "2100", "2150"],
    ]
    assert cut(rows) == [
        "Budget of the family",
        "| Item | May | June\n| Rent | 950 | 980",
        "| Income | May | June\n| Wages | 2100 | 2150",
    ]


def test_a_table_without_a_header_has_none() -> None:
    assert cut([["Rent", "950"], ["Power", "61"]]) == ["| Rent | 950\n| Power | 61"]


def test_years_may_head_columns() -> None:
    (text,) = cut([["", "2022", "2023"], ["Honey", "18", "24"]])
    assert text == "|  | 2022 | 2023\n| Honey | 18 | 24"


def test_a_row_too_wide_for_a_passage_is_told_cell_by_cell() -> None:
    names = ["City", *(f"measure {n}" for n in range(20))]
    found = cut([names, ["Bergen", *(str(n) for n in range(20))]])
    assert len(found) > 1
    assert "Bergen, measure 7: 7" in "\n".join(found)
    assert all(few_words(text) for text in found)


def test_sheets_name_themselves_and_their_rows(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.workbook(tmp_path / "budget.xlsx"))
    found = passages(segments)
    assert found["Household 2024 › rows 3–6"].startswith(
        "Household 2024\n| Item | January | February | March | April\n| Rent | €950.00"
    )
    assert "| Boiler repair |  |  | €312.40" in found["Household 2024 › rows 3–6"]
    paid = {name: text for name, text in found.items() if name and name.startswith("Payments")}
    assert len(paid) > 3
    assert all(t.startswith("Payments\n| Date | Payee | Purpose | Amount\n") for t in paid.values())
    assert any(
        "| 14 March 2024 | Plumber Hansen | dripping tap | 148.75" in t for t in paid.values()
    )
    assert summary.facts.pages == 2


def test_passages_of_a_sheet_fit_the_encoder(
    tmp_path: Path, understand: Understand, tokenizer_file: Path
) -> None:
    chunker = Chunker(tokenizer_file, 128)
    segments, _ = understand(papers.workbook(tmp_path / "budget.xlsx", payments=300))
    assert all(chunker.fits(s.text) for s in segments if s.role is Role.PASSAGE)


def test_a_picture_on_a_sheet_is_kept_with_the_sheets_words(
    tmp_path: Path, understand: Understand
) -> None:
    segments, _ = understand(papers.workbook(tmp_path / "budget.xlsx"))
    (caption,) = [s for s in segments if s.role is Role.CAPTION]
    assert "Household 2024" in caption.text
    assert "Payments" not in caption.text


def test_a_spreadsheet_of_a_million_empty_rows(tmp_path: Path, understand: Understand) -> None:
    segments, _ = understand(papers.ods(tmp_path / "tools.ods"))
    assert passages(segments) == {
        "Tools › rows 1–3": "Tools\n| Day | Thing | Price\n| 14 March 2024 | Ladder | 89.90"
        "\n| later | Saw | 24.50"
    }


@pytest.mark.parametrize(
    ("value", "layout", "text"),
    [
        (1250.0, "General", "1250"),
        (0.1 + 0.2, "General", "0.3"),
        (1250, '"€"#,##0.00', "€1,250.00"),
        (1250, "#,##0.00 [$kr-414]", "1,250.00 kr"),
        (0.125, "0.0%", "12.5%"),
        (True, "General", "yes"),
        (date(2024, 3, 14), "dd.mm.yy", "14 March 2024"),
        (datetime(2024, 3, 14, 9, 5), "General", "14 March 2024 09:05"),
        (None, "General", ""),
    ],
)
def test_values_are_written_as_people_read_them(value: object, layout: str, text: str) -> None:
    assert written(value, layout) == text


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Datum;Händler;Betrag\n2024-03-14;Bäckerei;4,50\n2024-03-15;Käse;18,20\n", "cp1252"),
        ('Datum,Händler,Betrag\n2024-03-14,Bäckerei,"4,50"\n', "utf-8-sig"),
        ("sep=|\nDatum|Händler|Betrag\n2024-03-14|Bäckerei|4,50\n", "utf-8"),
        ("Datum\tHändler\tBetrag\n2024-03-14\tBäckerei\t4,50\n", "utf-16"),
    ],
)
def test_tables_of_values_in_many_dialects(
    tmp_path: Path, content: str, encoding: str, understand: Understand
) -> None:
    path = tmp_path / "paid_2024.csv"
    path.write_bytes(content.encode(encoding))
    ((heading, text),) = passages(understand(path)[0]).items()
    assert text.startswith("paid 2024\n| Datum | Händler | Betrag\n| 2024-03-14 | Bäckerei | 4,50")
    assert heading is not None
    assert heading.startswith("paid 2024 › rows 1–")


def test_a_cell_may_go_over_several_lines(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "a.csv"
    path.write_text('name,says\nAda,"one\ntwo, three"\n', encoding="utf-8")
    (text,) = passages(understand(path)[0]).values()
    assert text == "a\n| name | says\n| Ada | one two, three"


def test_commas_inside_amounts_do_not_divide() -> None:
    assert delimiter_of(["a;b", "1,5;2,5", "3,0;4,0"]) == ";"
    assert delimiter_of(["a, b and c", "plain words"]) == ","


def test_a_table_under_the_name_of_an_old_workbook(tmp_path: Path) -> None:
    path = tmp_path / "statement.xls"
    path.write_text("Date\tAmount\n2024-03-14\t4.50\n", encoding="utf-8")
    assert sniff(path) is Kind.CSV
    path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8")
    assert sniff(path) is Kind.HTML


def test_a_workbook_whose_styles_are_wrong_is_read_without_them(
    tmp_path: Path, understand: Understand
) -> None:
    members = papers.unpacked(papers.workbook(tmp_path / "a.xlsx"))
    members["xl/styles.xml"] = members["xl/styles.xml"].replace(
        b"<cellXfs", b"<fills><fill/></fills><cellXfs"
    )
    members["xl/styles.xml"] = members["xl/styles.xml"].replace(b"patternFill", b"pattern")
    segments, _ = understand(papers.packed(tmp_path / "b.xlsx", members))
    assert "| Rent | 950 | 950 | 980" in "".join(s.text for s in segments)


def test_comments_on_cells_are_read_with_their_cell_and_writer(
    tmp_path: Path, understand: Understand
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Rent", 950])
    sheet["B1"].comment = Comment("Goes up in May", "Ana Ruiz")
    book.save(tmp_path / "budget.xlsx")

    segments, _ = understand(tmp_path / "budget.xlsx")

    assert "B1, Ana Ruiz: Goes up in May" in "\n".join(s.text for s in segments)


def test_a_thread_of_comments_is_read_once_and_by_the_names_of_its_people(
    tmp_path: Path, understand: Understand
) -> None:
    book = Workbook()
    book.worksheets[0].append(["Rent", 950])
    # What Excel leaves for older programs beside a thread.
    book.worksheets[0]["B1"].comment = Comment("[Threaded comment] Your version ...", "tc={1}")
    book.save(tmp_path / "plain.xlsx")
    types = "http://schemas.microsoft.com/office/2017/10/relationships"
    sheet, main = "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels"
    members = dict(papers.unpacked(tmp_path / "plain.xlsx"))
    for name, kind, target in (
        (sheet, "threadedComment", "/xl/threadedComments/threadedComment1.xml"),
        (main, "person", "/xl/persons/person.xml"),
    ):
        relation = f'<Relationship Id="x1" Type="{types}/{kind}" Target="{target}"/>'
        known = members[name]
        known = known if isinstance(known, str) else known.decode()
        members[name] = known.replace("</Relationships>", f"{relation}</Relationships>")
    members["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments><threadedComment ref="B1" personId="{P}"><text>Too dear</text>'
        '</threadedComment><threadedComment ref="B1" personId="{Q}"><text>I asked</text>'
        "</threadedComment></ThreadedComments>"
    )
    members["xl/persons/person.xml"] = (
        '<personList><person displayName="Ana Ruiz" id="{P}"/>'
        '<person displayName="Piotr" id="{Q}"/></personList>'
    )
    path = papers.packed(tmp_path / "thread.xlsx", members)

    segments, _ = understand(path)

    text = "\n".join(s.text for s in segments)
    assert "B1, Ana Ruiz: Too dear\nB1, Piotr: I asked" in text
    assert "Threaded comment" not in text
