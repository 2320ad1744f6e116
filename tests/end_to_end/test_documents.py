"""Documents of every format, kept by the real pipeline, found and answered from with the right place."""

from collections.abc import Iterator
from email import policy

import pytest

from desktop_mmrag.application import Application
from desktop_mmrag.domain import Answer, Page, Role, TextSpan
from desktop_mmrag.library.standing import Shown
from tests.core.extract import papers

_EXPENSES = "Datum;Händler;Betrag\n2024-03-14;Bäckerei Müller;4,50\n2024-04-02;Käseladen;18,20\n"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """A library of one document of each format."""
    place = tmp_path_factory.mktemp("documents")
    folder = place / "files"
    folder.mkdir()
    papers.word(folder / "house.docx")
    papers.slides(folder / "bees.pptx")
    papers.workbook(folder / "budget.xlsx")
    papers.odt(folder / "orchard.odt")
    papers.ods(folder / "tools.ods")
    papers.odp(folder / "grafting.odp")
    papers.epub(folder / "lighthouse.epub")
    papers.rtf(folder / "lamp.rtf")
    (folder / "expenses.csv").write_bytes(_EXPENSES.encode("cp1252"))
    (folder / "cut off.docx").write_bytes((folder / "house.docx").read_bytes()[:9000])
    letter = papers.message("The Albatross", "The boat course costs 480 euros.\n")
    letter.add_attachment("The Albatross lies at pier seven.\n", filename="pier.txt")
    (folder / "boat.eml").write_bytes(letter.as_bytes(policy=policy.SMTP))
    key = papers.message("The cottage", "The spare key lies under the blue flower pot.\n")
    dinner = papers.message("Dinner", "We meet at seven at the harbour restaurant.\n")
    papers.mailbox(folder / "letters.mbox", [dinner, key])
    with Application(place / "library", place / "models") as application:
        application.add_folder(folder)
        for _ in application.index():
            pass
        yield application


@pytest.mark.parametrize(
    ("words", "name", "place"),
    [
        ("boiler in the cellar", "house.docx", "Renovation › Kitchen"),
        ("expansion tank", "house.docx", "Renovation › Kitchen"),
        ("waggle dance", "bees.pptx", 2),
        ("honey harvest", "bees.pptx", 3),
        ("dripping tap", "budget.xlsx", "Payments › rows "),
        ("by my grandmother in 1987", "orchard.odt", "Trees"),
        ("saw", "tools.ods", "Tools › rows 1–3"),
        ("scion in winter", "grafting.odp", 2),
        ("he lit the lamp at dusk", "lighthouse.epub", "The keeper"),
        ("boat could not sail", "lighthouse.epub", "The window"),
        ("Fresnel", "lamp.rtf", "The keeper"),
        ("Käseladen", "expenses.csv", "expenses › rows 1–3"),
        ("pier seven", "boat.eml", "The Albatross › pier.txt"),
        ("spare key", "letters.mbox", "The cottage"),
    ],
)
def test_found_at_the_right_place(
    application: Application, words: str, name: str, place: str | int
) -> None:
    hit = application.search(words, limit=3).hits[0]
    assert hit.path.name == name or name in [path.name for path in hit.also_at]
    assert hit.strong
    if isinstance(place, int):
        assert isinstance(hit.locator, Page)
        assert hit.locator.page == place
    else:
        assert isinstance(hit.locator, TextSpan)
        assert (hit.locator.heading or "").startswith(place)


@pytest.mark.parametrize(
    ("question", "answer", "name", "quote"),
    [
        ("What did the boiler repair cost in March?", "€312.40", "budget.xlsx", "Boiler repair"),
        ("What was the rent in March?", "€980.00", "budget.xlsx", "Rent"),
        ("What did Hansen's dripping tap cost?", "148.75", "budget.xlsx", "Plumber Hansen"),
        ("What is the price of the ladder?", "89.90", "tools.ods", "14 March 2024 | Ladder"),
        ("How much honey was harvested in 2023?", "24", "bees.pptx", "Honey in kg"),
        ("How much does the boat course cost?", "480 euros", "boat.eml", "480 euros"),
        ("When was the apple tree planted?", "1987", "orchard.odt", "apple tree"),
        ("Where does the spare key lie?", "blue flower pot", "letters.mbox", "flower pot"),
    ],
)
def test_answered_from_the_right_place(
    application: Application, question: str, answer: str, name: str, quote: str
) -> None:
    said = [event for event in application.ask(question) if isinstance(event, Answer)][-1]
    assert said.found
    assert answer in said.text
    assert said.citations[0].path.name == name
    assert quote in said.citations[0].quote


def test_a_file_that_is_cut_off_is_listed_with_its_reason(application: Application) -> None:
    (failure,) = application.library.catalog.failures()
    assert failure.path.name == "cut off.docx"
    assert "its end is missing" in failure.message


def test_what_is_known_of_a_document_is_shown(application: Application) -> None:
    (folder,) = application.library.catalog.folders()
    shown = application.show(folder.path / "bees.pptx")
    assert isinstance(shown, Shown)
    assert shown.content.facts.pages == 3
    assert shown.preview is not None
    roles = [kept.segment.role for kept in shown.segments]
    assert roles.count(Role.PICTURE) == roles.count(Role.CAPTION) == 1
