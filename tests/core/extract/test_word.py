"""What Word writes besides plain paragraphs: links, changes, boxes, notes, merged and nested tables."""

from pathlib import Path

import pytest

from desktop_mmrag.domain import Role, TextSpan

from . import papers
from .conftest import Understand

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*inside: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(inside)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


@pytest.fixture
def text_of(tmp_path: Path, understand: Understand):  # type: ignore[no-untyped-def]
    """The text of a Word document with this body, and the headings of its passages."""

    def read(body: str, namespace: str = _W, **members: str) -> tuple[str, list[str | None]]:
        kept = dict(papers.unpacked(papers.word(tmp_path / "a.docx")))
        document = f'<w:document xmlns:w="{namespace}" xmlns:mc="{_MC}"><w:body>{body}</w:body></w:document>'
        parts = {f"word/{name}.xml": part for name, part in members.items()}
        path = papers.packed(tmp_path / "b.docx", {**kept, "word/document.xml": document, **parts})
        segments, _ = understand(path)
        found = [s for s in segments if s.role is Role.PASSAGE]
        headings = [s.locator.heading for s in found if isinstance(s.locator, TextSpan)]
        return "".join(s.text for s in found), headings

    return read


def test_links_fields_and_controls_are_text(text_of) -> None:  # type: ignore[no-untyped-def]
    body = paragraph(
        run("See "),
        f"<w:hyperlink>{run('the offer')}</w:hyperlink>",
        "<w:r><w:fldChar/><w:instrText>HYPERLINK x</w:instrText></w:r>",
        "<w:r><w:tab/><w:t>now</w:t><w:br/><w:t>or never</w:t></w:r>",
    )
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('A form.'))}</w:sdtContent></w:sdt>"
    assert text_of(body + control)[0] == "See the offer now\nor never\n\nA form."


def test_deleted_words_are_gone_and_inserted_ones_there(text_of) -> None:  # type: ignore[no-untyped-def]
    body = paragraph(
        run("The price is "),
        "<w:del><w:r><w:delText>900</w:delText></w:r></w:del>",
        f"<w:ins>{run('950')}</w:ins>",
        run(" euros."),
    )
    assert text_of(body)[0] == "The price is 950 euros."


def test_a_text_box_is_read_once(text_of) -> None:  # type: ignore[no-untyped-def]
    box = f"<w:txbxContent>{paragraph(run('Boxed words.'))}</w:txbxContent>"
    body = paragraph(
        run("Before."),
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert text_of(body)[0] == "Before.\n\nBoxed words."


def test_footnotes_stand_below_their_paragraph(text_of) -> None:  # type: ignore[no-untyped-def]
    notes = (
        f'<w:footnotes xmlns:w="{_W}"><w:footnote w:type="separator" w:id="0">{paragraph()}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("By Ada."))}</w:footnote></w:footnotes>'
    )
    body = paragraph(run("Written early."), '<w:r><w:footnoteReference w:id="2"/></w:r>')
    body += paragraph(run("Next."))
    assert text_of(body, footnotes=notes)[0] == "Written early.\n\nBy Ada.\n\nNext."


def test_comments_stand_below_their_paragraph_with_their_writer(text_of) -> None:  # type: ignore[no-untyped-def]
    lines = paragraph(run("Too dear.")) + paragraph(run("Ask Piotr."))
    comment = f'<w:comment w:id="7" w:author="Ana Ruiz">{lines}</w:comment>'
    body = paragraph(run("The roof costs 4000."), '<w:r><w:commentReference w:id="7"/></w:r>')
    text, _ = text_of(body, comments=f'<w:comments xmlns:w="{_W}">{comment}</w:comments>')
    assert text == "The roof costs 4000.\n\nAna Ruiz: Too dear. Ask Piotr."


def test_merged_cells_repeat_what_holds_for_them(text_of) -> None:  # type: ignore[no-untyped-def]
    rows = (
        (cell("City"), cell("Year"), cell("Rain")),
        (cell("Bergen", '<w:vMerge w:val="restart"/>'), cell("2021"), cell("2250")),
        (cell("", "<w:vMerge/>"), cell("2022"), cell("2480")),
        (cell("Both", '<w:gridSpan w:val="2"/>'), cell("4730")),
    )
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    assert text_of(f"<w:tbl>{table}</w:tbl>")[0] == (
        "| City | Year | Rain\n| Bergen | 2021 | 2250\n| Bergen | 2022 | 2480\n| Both |  | 4730"
    )


def test_a_table_of_one_column_is_layout(text_of) -> None:  # type: ignore[no-untyped-def]
    table = f"<w:tbl><w:tr>{cell('First.')}</w:tr><w:tr>{cell('Second.')}</w:tr></w:tbl>"
    assert text_of(table)[0] == "First.\n\nSecond."


def test_headings_by_style_in_any_language_and_by_outline(text_of) -> None:  # type: ignore[no-untyped-def]
    styles = (
        f'<w:styles xmlns:w="{_W}"><w:style w:type="paragraph" w:styleId="berschrift1">'
        '<w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Mine">'
        '<w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    body = (
        paragraph(run("Küche 3"), style="Verzeichnis1")
        + paragraph(run("Küche"), style="berschrift1")
        + paragraph(run("Der Kessel."))
        + paragraph(run("Bad"), style="Mine")
        + paragraph(run("Die Wanne."))
        + f'<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{run("Fliesen")}</w:p>'
        + paragraph(run("Blau."))
    )
    text, headings = text_of(body, styles=styles)
    assert headings == ["Küche", "Bad", "Bad › Fliesen"]
    assert "Küche 3" not in text


def test_the_strict_format_reads_the_same(text_of) -> None:  # type: ignore[no-untyped-def]
    assert text_of(paragraph(run("Strict words.")), namespace=_STRICT)[0] == "Strict words."
