"""PDFs, written by hand so that every byte is known."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_mmrag.domain import Box, Page, Role, Segment
from desktop_mmrag.errors import FileDamaged, FileLocked, FileVanished
from desktop_mmrag.extract.documents.document import load_page

from .conftest import SIZE, Understand


def write_pdf(
    path: Path, pages: list[bytes], info: bytes = b"", extra: bytes = b"", field: bytes = b""
) -> None:
    """A PDF of 300 x 400 points a page, each with a content stream; F1 is Helvetica.

    `field`: what was written into the form's one field, on every page.
    """
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % (_FORM if field else b""),
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> %s >>"
            % (5 + 2 * i, b"/Annots [%d 0 R]" % (5 + 2 * len(pages)) if field else b"")
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects.append(b"<< %s >>" % info)
    objects.append(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (%s) /DA (/F1 12 Tf 0 g) "
        b"/Rect [120 340 280 365] /F 4 >>" % field
    )
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects) - 1, extra, start)
    )
    path.write_bytes(out.getvalue())


_FORM = (
    b"/AcroForm << /Fields [] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 3 0 R >> >> "
    b"/NeedAppearances true >>"
)


def words(*lines: tuple[int, int, str]) -> bytes:
    """Each line at x, y in points from the bottom left."""
    return b"\n".join(
        b"BT /F1 12 Tf %d %d Td (%s) Tj ET" % (x, y, text.encode()) for x, y, text in lines
    )


INVOICE = words(
    (30, 360, "Invoice of the plumber, number 42"),
    (30, 330, "New boiler"),
    (230, 331, "1250.00"),
    (30, 310, "Travel"),
    (230, 312, "35.00"),
    (30, 290, "Total"),
    (230, 290, "1285.00"),
)
RED_SQUARE = b"1 0 0 rg 0 200 150 200 re f"


def test_pages(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "invoice.pdf"
    info = b"/Title (Boiler) /Author (Ada) /CreationDate (D:20230317171542-04'00')"
    write_pdf(path, [INVOICE, words((30, 350, "Thank you for your trust in us."))], info)
    segments, summary = understand(path)
    assert [(s.role, s.locator.page) for s in segments if isinstance(s.locator, Page)] == [
        (Role.PICTURE, 1),
        (Role.PASSAGE, 1),
        (Role.PICTURE, 2),
        (Role.PASSAGE, 2),
    ]
    for picture in segments[::2]:
        assert picture.pixels is not None and picture.pixels.shape == (SIZE, SIZE, 3)
    facts = summary.facts
    assert (facts.title, facts.author, facts.pages) == ("Boiler", "Ada", 2)
    assert str(facts.taken_at) == "2023-03-17 17:15:42"
    assert summary.reading_priority is None
    assert summary.preview is not None
    with Image.open(io.BytesIO(summary.preview)) as preview:
        assert preview.size == (384, 512)


def test_a_table_row_stays_on_one_line(tmp_path: Path, understand: Understand) -> None:
    write_pdf(tmp_path / "a.pdf", [INVOICE])
    passage = understand(tmp_path / "a.pdf")[0][1]
    lines = [" ".join(line.split()) for line in passage.text.splitlines()]
    assert lines[1:] == ["New boiler 1250.00", "Travel 35.00", "Total 1285.00"]
    assert passage.locator == Page(1, 0, len(passage.text))


def test_columns_of_prose_are_not_joined(tmp_path: Path, understand: Understand) -> None:
    left = [(20, 380 - 16 * i, f"left column line {i} of a story") for i in range(8)]
    right = [(170, 380 - 16 * i, f"right line {i}") for i in range(8)]
    write_pdf(tmp_path / "a.pdf", [words(*left, *right)])
    text = understand(tmp_path / "a.pdf")[0][1].text
    assert text.index("left column line 7") < text.index("right line 0")


def test_passages_tile_the_page(tmp_path: Path, understand: Understand) -> None:
    lines = [(20, 390 - 10 * i, f"Line {i} says one thing. And another one.") for i in range(36)]
    write_pdf(tmp_path / "a.pdf", [words(*lines)])
    segments = [s for s in understand(tmp_path / "a.pdf")[0] if s.role is Role.PASSAGE]
    assert len(segments) > 1
    position = 0
    for segment in segments:
        assert isinstance(segment.locator, Page)
        assert segment.locator.start == position
        position += len(segment.text)
        assert segment.locator.end == position


def test_a_page_without_text_waits_for_reading(tmp_path: Path, understand: Understand) -> None:
    write_pdf(tmp_path / "scan.pdf", [INVOICE, RED_SQUARE])
    assert understand(tmp_path / "scan.pdf")[1].reading_priority == 1.0
    write_pdf(tmp_path / "blank.pdf", [INVOICE, b""])
    assert understand(tmp_path / "blank.pdf")[1].reading_priority is None


def test_a_page_whose_letters_are_unknown_waits_for_reading(
    tmp_path: Path, understand: Understand
) -> None:
    """Some fonts number their letters from 1 and do not say which is which."""
    codes = "".join(f"\\{code:03o}" for code in (1, 4, 5, 6, 7, 14, 16, 17) * 5)
    write_pdf(tmp_path / "coded.pdf", [words((30, 360, codes)) + b"\n" + RED_SQUARE])
    segments, summary = understand(tmp_path / "coded.pdf")
    assert [segment.role for segment in segments] == [Role.PICTURE]
    assert summary.reading_priority == 1.0


def test_a_page_as_a_picture(tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", [INVOICE, RED_SQUARE])
    page = load_page(tmp_path / "a.pdf", 2, 400, None)
    assert page.size == (300, 400)
    assert page.getpixel((50, 50)) == (255, 0, 0)
    assert page.getpixel((250, 50)) == (255, 255, 255)
    part = load_page(tmp_path / "a.pdf", 2, 300, Box(0, 0, 0.5, 0.5))
    assert max(part.size) == 300
    assert np.asarray(part).reshape(-1, 3).mean(0) == pytest.approx([255, 0, 0], abs=3)
    with pytest.raises(FileVanished):
        load_page(tmp_path / "a.pdf", 3, 300, None)


def test_what_is_written_into_a_form_is_read(tmp_path: Path, understand: Understand) -> None:
    page = words((20, 350, "Your name"))
    write_pdf(tmp_path / "form.pdf", [page], field=b"Ada Lovelace")
    text = understand(tmp_path / "form.pdf")[0][1].text
    assert text.split() == ["Your", "name", "Ada", "Lovelace"]


def test_a_password_is_named(tmp_path: Path, understand: Understand) -> None:
    # Standard security handler, revision 2, with a user password that nobody knows.
    encryption = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<00> <00>]"
        % (b"ab" * 32, b"cd" * 32)
    )
    write_pdf(tmp_path / "locked.pdf", [INVOICE], extra=encryption)
    with pytest.raises(FileLocked, match=r"locked\.pdf"):
        understand(tmp_path / "locked.pdf")


def test_a_broken_pdf_says_so(tmp_path: Path, understand: Understand) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + b"garbage " * 100)
    with pytest.raises(FileDamaged, match=r"a\.pdf"):
        understand(tmp_path / "a.pdf")


@pytest.mark.slow
def test_reports_of_companies(data: Path, understand: Understand) -> None:
    folder = data / "documents-questions" / "documents"
    segments, summary = understand(folder / "BESTBUY_2023_10K.pdf")
    assert summary.facts.pages == 75
    rows = [line for s in segments if s.locator == _on(s, 40) for line in s.text.splitlines()]
    assert any(
        line.startswith("Revenue") and "46,298" in line and "51,761" in line for line in rows
    )


def _on(segment: Segment, page: int) -> object:
    found = segment.locator
    return found if isinstance(found, Page) and found.page == page else None
