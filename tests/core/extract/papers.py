"""Makes documents of every format as programs write them: a small house, its bees and its bills."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
from openpyxl.drawing.image import Image as SheetPicture
from PIL import Image, ImageDraw
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

BUDGET: Sequence[Sequence[str | float | None]] = (
    ("Item", "January", "February", "March", "April"),
    ("Rent", 950, 950, 980, 980),
    ("Electricity", 61.5, 58.2, 64.9, 50),
    ("Boiler repair", None, None, 312.4, None),
)
PARTS = (
    ("Item", "Supplier", "Price"),
    ("Boiler", "Vaillant", "1,250.00"),
    ("Tiles", "Villeroy", "640.50"),
)


def png(colour: str, size: tuple[int, int] = (160, 120)) -> bytes:
    """A disc on white."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=colour)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def packed(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip file, `mimetype` first and stored as the formats want it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, stored)
    return path


def unpacked(path: Path) -> dict[str, bytes]:
    """The members of a zip file."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word(path: Path) -> Path:
    """Headings, a list, a table, a picture between paragraphs."""
    document = docx.Document()
    document.core_properties.title = "Renovation of the house"
    document.core_properties.author = "Ada Lovelace"
    document.core_properties.created = datetime(2024, 5, 4, 10, 0)
    document.add_heading("Renovation", 0)
    document.add_paragraph("The house by the lake was renovated.")
    document.add_heading("Kitchen", 1)
    document.add_paragraph("The plumber put a new boiler into the cellar.")
    document.add_picture(io.BytesIO(png("red")))
    document.add_paragraph("The picture shows the expansion tank.")
    document.add_heading("Costs", 2)
    table = document.add_table(rows=0, cols=3)
    for row in PARTS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Garden", 1)
    document.add_paragraph("Roses along the fence.", style="List Bullet")
    document.add_paragraph("Tulips beside the shed.", style="List Bullet")
    document.save(str(path))
    return path


def slides(path: Path) -> Path:
    """A title, a slide with notes and a picture, a slide with a table and a chart."""
    deck = Presentation()
    deck.core_properties.title = "Beekeeping"
    deck.core_properties.author = "Karl von Frisch"
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Beekeeping for beginners"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = "The waggle dance"
    second.placeholders[1].text = "Bees dance to tell where flowers are"
    second.notes_slide.notes_text_frame.text = "Show the film now."
    second.shapes.add_picture(io.BytesIO(png("gold")), Inches(5), Inches(4))
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "Harvest"
    table = third.shapes.add_table(2, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, cells in enumerate((("", "2022", "2023"), ("Honey in kg", "18", "24"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    chart = CategoryChartData()  # type: ignore[no-untyped-call]
    chart.categories = ["Spring", "Summer"]
    chart.add_series("Stings", (3, 11))  # type: ignore[no-untyped-call]
    chart.add_series("Swarms", (1, 2))  # type: ignore[no-untyped-call]
    place = Inches(1), Inches(4.5), Inches(4), Inches(2)
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, chart)
    deck.save(str(path))
    return path


def workbook(path: Path, payments: int = 60) -> Path:
    """A budget by months below a title, with a picture, and a long list of payments."""
    book = openpyxl.Workbook()
    budget = book.active
    assert budget is not None
    budget.title = "Household 2024"
    budget.append(["Household budget of the family"])
    budget.append([])
    for row in BUDGET:
        budget.append(list(row))
    for cells in budget.iter_rows(min_row=4, min_col=2):
        for cell in cells:
            cell.number_format = '"€"#,##0.00'
    budget.add_image(SheetPicture(io.BytesIO(png("blue"))), "H2")
    paid = book.create_sheet("Payments")
    paid.append(["Date", "Payee", "Purpose", "Amount"])
    for number in range(payments):
        day = date(2024, 1 + number % 12, 1 + number % 28)
        paid.append([day, f"Shop {number}", f"purchase {number}", 10 + number])
    paid.append([date(2024, 3, 14), "Plumber Hansen", "dripping tap", 148.75])
    book.save(path)
    return path


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_META = (
    f"<office:document-meta {_ODF}><office:meta><dc:title>The orchard</dc:title>"
    "<meta:initial-creator>Grace Hopper</meta:initial-creator>"
    "<meta:creation-date>2023-04-05T06:07:08</meta:creation-date>"
    '<meta:keyword>apples</meta:keyword><meta:document-statistic meta:page-count="2"/>'
    "</office:meta></office:document-meta>"
)


def open_document(
    path: Path, kind: str, body: str, extra: Mapping[str, bytes] | None = None
) -> Path:
    """An OpenDocument file; `kind`: text, spreadsheet or presentation."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_ODF}><office:body><office:{kind}>{body}'
        f"</office:{kind}></office:body></office:document-content>"
    )
    return packed(
        path,
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": content,
            "meta.xml": _META,
            "META-INF/manifest.xml": "<manifest/>",
            "Pictures/one.png": png("green"),
            **(extra or {}),
        },
    )


def _cells(row: Sequence[str]) -> str:
    inside = "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
    return f"<table:table-row>{inside}</table:table-row>"


_FRAME = (
    '<draw:frame><draw:image xlink:href="Pictures/one.png"/><svg:desc>a green apple</svg:desc>'
    "</draw:frame>"
)


def odt(path: Path) -> Path:
    """Headings, a footnote, a list, a table and a picture."""
    rows = "".join(map(_cells, PARTS))
    return open_document(
        path,
        "text",
        '<text:h text:outline-level="1">Trees</text:h>'
        "<text:p>The apple<text:s/>tree was planted in 1987<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>By my grandmother.</text:p>"
        f"</text:note-body></text:note>.</text:p><text:p>{_FRAME}</text:p>"
        '<text:h text:outline-level="2">Tools</text:h>'
        "<text:list><text:list-item><text:p>a ladder</text:p></text:list-item></text:list>"
        f"<table:table>{rows}</table:table>",
    )


def ods(path: Path) -> Path:
    """A sheet with a date, repeated cells, and a million empty rows below."""
    day = (
        '<table:table-row><table:table-cell office:value-type="date"'
        ' office:date-value="2024-03-14"><text:p>14.03.24</text:p></table:table-cell>'
        "<table:table-cell><text:p>Ladder</text:p></table:table-cell>"
        "<table:table-cell><text:p>89.90</text:p></table:table-cell></table:table-row>"
    )
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    rows = _cells(("Day", "Thing", "Price")) + day + _cells(("later", "Saw", "24.50")) + empty
    return open_document(
        path, "spreadsheet", f'<table:table table:name="Tools">{rows}</table:table>'
    )


def odp(path: Path) -> Path:
    """Two slides, one with a picture and notes."""
    return open_document(
        path,
        "presentation",
        '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Grafting</text:p>'
        "</draw:text-box></draw:frame></draw:page>"
        "<draw:page><draw:frame><draw:text-box><text:p>Cut the scion in winter.</text:p>"
        f"</draw:text-box></draw:frame>{_FRAME}"
        "<presentation:notes><draw:frame><draw:text-box><text:p>Bring a knife.</text:p>"
        "</draw:text-box></draw:frame></presentation:notes></draw:page>",
    )


_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
_OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The lighthouse</dc:title>
<dc:creator>Virginia</dc:creator><dc:date>1927-05-05</dc:date><dc:subject>sea</dc:subject>
<meta name="cover" content="cover"/></metadata><manifest>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="cover" href="pictures/cover.png" media-type="image/png"/></manifest>
<spine><itemref idref="two"/><itemref idref="one"/></spine></package>"""
_NCX = """<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN"
 "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap><navPoint><navLabel>
<text>The window</text></navLabel><content src="text/two%20b.xhtml#start"/></navPoint></navMap></ncx>"""
_CHAPTER = """<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title></head><body>{}</body></html>"""


def epub(path: Path, extra: Mapping[str, str] | None = None) -> Path:
    """Two chapters, the second file first in the spine, with a cover and a picture."""
    picture = '<p><img src="../pictures/lamp.png" alt="the lamp"/></p>'
    return packed(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/book.opf": _OPF,
            "OEBPS/toc.ncx": _NCX,
            "OEBPS/text/two b.xhtml": _CHAPTER.format("<p>The boat could not sail today.</p>"),
            "OEBPS/text/one.xhtml": _CHAPTER.format(
                f"<h1>The keeper</h1><p>He lit the lamp at dusk.</p>{picture}"
            ),
            "OEBPS/pictures/cover.png": png("navy", (300, 400)),
            "OEBPS/pictures/lamp.png": png("orange"),
            **(extra or {}),
        },
    )


def rtf(path: Path) -> Path:
    """Two code pages, a heading, a table, a picture."""
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title The lamp}{\author Virginia}"
        rb"{\creatim\yr2023\mo5\dy4}}{\*\generator Word;}{\header Page}"
        rb"\pard\s1 The keeper\par\pard\plain\f0 His caf\'e9 costs 3\u8364? \'96 \{each\}."
        rb" \f1\'cf\'f0\'e8\'e2\'e5\'f2\f0{\v hidden}\par"
        rb"\trowd\intbl Lamp\cell Hours\cell\row\trowd\intbl Fresnel\cell 4200\cell\row"
        rb"\pard After the table.\par{\*\shppict{\pict{\*\blipuid 00}\pngblip "
        + png("purple").hex().encode()
        + rb"}}{\nonshppict{\pict\wmetafile8 0102}}\par}"
    )
    return path


def message(subject: str, text: str, sent: str = "Fri, 03 May 2024 10:12:00 +0200") -> EmailMessage:
    """A plain message from Grace to Ada."""
    made = EmailMessage()
    made["From"] = "Grace Höpper <grace@navy.example>"
    made["To"] = "ada@example.org"
    made["Subject"] = subject
    made["Date"] = sent
    made["Message-ID"] = "<1@navy.example>"
    made.set_content(text)
    return made


def mailbox(path: Path, messages: Sequence[EmailMessage]) -> Path:
    """An mbox file."""
    with path.open("wb") as file:
        for one in messages:
            body = bytes(one).replace(b"\nFrom ", b"\n>From ")
            file.write(b"From grace@navy.example Fri May  3 10:12:00 2024\n" + body + b"\n")
    return path
