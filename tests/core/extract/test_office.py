"""Documents of every office format: passages, headings, tables, pictures, facts and previews."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.domain import ExtractRequest, Medium, Page, Role, Segment, Summary, TextSpan
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.kinds import Kind, medium_of, sniff

from . import papers
from .conftest import Understand

RequestFor = Callable[[Path], ExtractRequest]
MAKERS: dict[str, tuple[Callable[[Path], Path], Kind]] = {
    "house.docx": (papers.word, Kind.DOCX),
    "bees.pptx": (papers.slides, Kind.PPTX),
    "budget.xlsx": (papers.workbook, Kind.XLSX),
    "orchard.odt": (papers.odt, Kind.ODT),
    "tools.ods": (papers.ods, Kind.ODS),
    "grafting.odp": (papers.odp, Kind.ODP),
    "lighthouse.epub": (papers.epub, Kind.EPUB),
    "lamp.rtf": (papers.rtf, Kind.RTF),
}


def of_role(segments: list[Segment], role: Role) -> list[Segment]:
    return [segment for segment in segments if segment.role is role]


def text_of(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in of_role(segments, Role.PASSAGE))


def by_page(segments: list[Segment]) -> dict[int, str]:
    """The passages of slides."""
    return {
        s.locator.page: s.text
        for s in of_role(segments, Role.PASSAGE)
        if isinstance(s.locator, Page)
    }


def isolated(extractors: Extractors, request: ExtractRequest) -> tuple[list[Segment], Summary]:
    """What a process of its own makes of a file."""
    parts = list(extractors.understand(request))
    segments = [part for part in parts if isinstance(part, Segment)]
    (summary,) = [part for part in parts if isinstance(part, Summary)]
    return segments, summary


def headings(segments: list[Segment]) -> list[str | None]:
    found = [s.locator.heading for s in segments if isinstance(s.locator, TextSpan)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("name", MAKERS)
def test_every_format_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    make, kind = MAKERS[name]
    assert medium_of(Path(name)) is Medium.DOCUMENT
    assert sniff(make(tmp_path / name)) is kind
    assert sniff(make(tmp_path / "without an ending")) is kind


@pytest.mark.parametrize("name", MAKERS)
def test_every_format_passes_through_the_extractor_process(
    tmp_path: Path,
    name: str,
    extractors: Extractors,
    understand: Understand,
    request_for: RequestFor,
) -> None:
    path = MAKERS[name][0](tmp_path / name)
    segments, summary = isolated(extractors, request_for(path))
    here, summary_here = understand(path)
    assert [(s.role, s.locator, s.text) for s in segments] == [
        (s.role, s.locator, s.text) for s in here
    ]
    assert summary == summary_here
    assert summary.medium is Medium.DOCUMENT
    preview = Image.open(io.BytesIO(summary.preview or b"")).convert("L")
    assert 200 < max(preview.size) <= 512
    darkest, lightest = preview.getextrema()
    assert lightest - darkest > 100  # type: ignore[operator]


@pytest.mark.parametrize("name", MAKERS)
def test_places_count_the_characters_of_the_text(
    tmp_path: Path, name: str, understand: Understand
) -> None:
    segments, _ = understand(MAKERS[name][0](tmp_path / name))
    for segment in of_role(segments, Role.PASSAGE):
        assert isinstance(segment.locator, TextSpan | Page)
        assert segment.locator.start is not None
        assert segment.locator.end == segment.locator.start + len(segment.text)


def test_word(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.word(tmp_path / "house.docx"))
    assert headings(segments)[:4] == [
        "Renovation",
        "Renovation › Kitchen",
        "Renovation › Kitchen › Costs",
        "Renovation › Garden",
    ]
    text = text_of(segments)
    assert "| Item | Supplier | Price\n| Boiler | Vaillant | 1,250.00\n| Tiles" in text
    assert "- Roses along the fence.\n- Tulips" in text
    facts = summary.facts
    assert (facts.title, facts.author) == ("Renovation of the house", "Ada Lovelace")
    assert facts.taken_at == datetime(2024, 5, 4, 10, 0)


def test_a_picture_stands_where_the_text_shows_it(tmp_path: Path, understand: Understand) -> None:
    segments, _ = understand(papers.word(tmp_path / "house.docx"))
    (picture,) = of_role(segments, Role.PICTURE)
    (caption,) = of_role(segments, Role.CAPTION)
    assert picture.pixels is not None
    assert picture.pixels.shape == (224, 224, 3)
    red = picture.pixels[112, 112]
    assert red[0] > 200 > 100 > red[1]
    assert picture.locator == caption.locator
    assert isinstance(caption.locator, TextSpan)
    assert caption.locator.heading == "Renovation › Kitchen"
    assert "boiler into the cellar" in caption.text
    assert "expansion tank" in caption.text
    assert "Roses" not in caption.text


def test_slides(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.slides(tmp_path / "bees.pptx"))
    pages = by_page(segments)
    assert sorted(pages) == [1, 2, 3]
    assert pages[2].startswith("The waggle dance\n\nBees dance")
    assert "Notes: Show the film now." in pages[2]
    assert "|  | 2022 | 2023\n| Honey in kg | 18 | 24" in pages[3]
    assert "|  | Stings | Swarms\n| Spring | 3 | 1" in pages[3]
    (picture,) = of_role(segments, Role.PICTURE)
    assert isinstance(picture.locator, Page)
    assert picture.locator.page == 2
    assert (summary.facts.title, summary.facts.pages) == ("Beekeeping", 3)


@pytest.mark.parametrize(
    ("name", "pages"), [("bees.pptx", 3), ("budget.xlsx", 2), ("house.docx", 1)]
)
def test_pages_can_be_looked_at(
    tmp_path: Path, extractors: Extractors, name: str, pages: int
) -> None:
    from desktop_mmrag.errors import FileVanished

    path = MAKERS[name][0](tmp_path / name)
    for page in range(1, pages + 1):
        drawn = extractors.picture(path, 1024, page=page)
        assert max(drawn.shape) == 1024
        assert drawn.min() < 60 < 250 < drawn.max()
    with pytest.raises(FileVanished, match="no page"):
        extractors.picture(path, 1024, page=pages + 1)


def test_the_picture_of_a_slide_is_on_its_page(tmp_path: Path, extractors: Extractors) -> None:
    drawn = extractors.picture(papers.slides(tmp_path / "bees.pptx"), 1024, page=2)
    gold = (drawn[:, :, 0] > 200) & (drawn[:, :, 2] < 80)
    assert gold.mean() > 0.01
    assert gold[:, :500].sum() == 0


def test_open_document_text(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.odt(tmp_path / "orchard.odt"))
    text = text_of(segments)
    assert "The apple tree was planted in 1987.\n" in text
    assert "By my grandmother." in text
    assert "- a ladder" in text
    assert "| Boiler | Vaillant | 1,250.00" in text
    assert headings(segments)[:2] == ["Trees", "Trees › Tools"]
    (caption,) = of_role(segments, Role.CAPTION)
    assert "a green apple" in caption.text
    facts = summary.facts
    assert (facts.title, facts.author, facts.pages) == ("The orchard", "Grace Hopper", 2)
    assert facts.keywords == ("apples",)


def test_open_document_slides(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.odp(tmp_path / "grafting.odp"))
    pages = by_page(segments)
    assert pages == {1: "Grafting", 2: "Cut the scion in winter.\n\nNotes: Bring a knife."}
    assert of_role(segments, Role.PICTURE)[0].locator == of_role(segments, Role.CAPTION)[0].locator
    assert summary.facts.pages == 2


def test_a_book_reads_in_the_order_of_its_spine(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.epub(tmp_path / "lighthouse.epub"))
    first, second = of_role(segments, Role.PASSAGE)
    assert first.text == "The boat could not sail today."
    assert headings(segments)[:2] == ["The window", "The keeper"]
    assert "He lit the lamp" in second.text
    (caption,) = of_role(segments, Role.CAPTION)
    assert "the lamp" in caption.text
    assert of_role(segments, Role.PICTURE)[0].locator == caption.locator
    assert (summary.facts.title, summary.facts.author) == ("The lighthouse", "Virginia")
    cover = Image.open(io.BytesIO(summary.preview or b"")).convert("RGB")
    assert cover.getpixel((cover.width // 2, cover.height // 2))[2] > 80  # type: ignore[index]


def test_rich_text(tmp_path: Path, understand: Understand) -> None:
    segments, summary = understand(papers.rtf(tmp_path / "lamp.rtf"))
    text = text_of(segments)
    assert "His café costs 3€ – {each}. Привет\n" in text
    assert "| Lamp | Hours\n| Fresnel | 4200\n\nAfter the table." in text
    for unread in ("hidden", "Word", "Page", "Arial"):
        assert unread not in text
    assert headings(segments) == ["The keeper"]
    assert len(of_role(segments, Role.PICTURE)) == 1
    facts = summary.facts
    assert (facts.title, facts.author, facts.taken_at) == (
        "The lamp",
        "Virginia",
        datetime(2023, 5, 4),
    )


def test_a_logo_on_every_slide_is_one_picture(tmp_path: Path, understand: Understand) -> None:
    from pptx import Presentation

    deck, logo = Presentation(), io.BytesIO(papers.png("teal"))
    for _ in range(4):
        deck.slides.add_slide(deck.slide_layouts[6]).shapes.add_picture(logo, 0, 0)
    deck.save(str(tmp_path / "logo.pptx"))
    segments, _ = understand(tmp_path / "logo.pptx")
    assert [s.locator for s in segments] == [Page(1, 0, 0)]


def test_macros_and_templates_are_documents_too(tmp_path: Path, understand: Understand) -> None:
    members = papers.unpacked(papers.word(tmp_path / "house.docx"))
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    members["word/vbaProject.bin"] = b"Sub AutoOpen()\nShell\nEnd Sub"
    path = papers.packed(tmp_path / "house.docm", members)
    assert sniff(path) is Kind.DOCX
    assert "AutoOpen" not in text_of(understand(path)[0])


def letters(words: str) -> bytes:
    """A white picture with words on it."""
    from PIL import ImageDraw, ImageFont

    image = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(image).text((20, 30), words, "black", ImageFont.load_default(48))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def test_words_in_the_pictures_are_read_in_the_second_pass(
    tmp_path: Path, extractors: Extractors, request_for: RequestFor
) -> None:
    import docx

    document = docx.Document()
    document.add_heading("Screens", 1)
    document.add_picture(io.BytesIO(letters("ALBATROSS")))
    document.add_picture(io.BytesIO(letters("ALBATROSS")))
    document.save(str(tmp_path / "screens.docx"))
    letter = papers.message("The ticket", "See the scan.\n")
    letter.add_attachment(letters("GATE SEVEN"), maintype="image", subtype="png", filename="t.png")
    (tmp_path / "ticket.eml").write_bytes(bytes(letter))
    for name, words, heading in (
        ("screens.docx", "ALBATROSS", "Screens"),
        ("ticket.eml", "GATE SEVEN", "The ticket › t.png"),
    ):
        _, summary = isolated(extractors, request_for(tmp_path / name))
        assert summary.reading_priority is not None
        (read,) = extractors.read_text(tmp_path / name)
        assert read.role is Role.OCR
        assert words in read.text
        assert isinstance(read.locator, TextSpan)
        assert read.locator.heading == heading
