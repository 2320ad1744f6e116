"""The parts of answering, each on its own."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_mmrag.answer import sentences as cutting
from desktop_mmrag.answer.citations import cite, marks_in, without_marks
from desktop_mmrag.answer.columns import table_row
from desktop_mmrag.answer.extractive import extract
from desktop_mmrag.answer.followup import standalone
from desktop_mmrag.answer.harmless import harmless
from desktop_mmrag.answer.prompt import compose, plan
from desktop_mmrag.answer.question import bare, understand
from desktop_mmrag.answer.rows import best_row
from desktop_mmrag.answer.sources import Source, Statement
from desktop_mmrag.answer.support import Meaning
from desktop_mmrag.answer.values import ValueKind, amount, dates_in, find_values, first_date
from desktop_mmrag.domain import Facts, Hit, Medium, Page, Role, Segment, TextSpan, Whole

from .conftest import BundledEncoders, DrawnPictures, ScriptedVision


def source(
    text: str, name: str = "a.md", medium: Medium = Medium.NOTE, pictured: bool = False
) -> Source:
    """A source with one passage."""
    segment = Segment(Role.PASSAGE, TextSpan(0, len(text)), text)
    hit = Hit(1, 1, 1, Path(name), medium, segment.locator, text, 1.0, True, ())
    moment = datetime(2026, 1, 2)
    passages = (segment,) if text else ()
    return Source(Path(name), medium, 1, moment, Facts(), hit, None, passages, (text,), pictured)


def value_asked(question: str, *rows: str) -> str | None:
    lines = [Statement(row, Whole()) for row in rows]
    row = best_row(understand(question), lines)
    return row.value if row else None


# --- values and rows


@pytest.mark.parametrize(
    ("text", "number"),
    [("RM 1,234.50", 1234.5), ("1.234,50 €", 1234.5), ("24,500 kroner", 24500), (".40", 0.4)],
)
def test_amounts_are_read_in_both_notations(text: str, number: float) -> None:
    assert amount(text) == number


def test_dates_are_read_in_the_usual_forms() -> None:
    day = date(2018, 3, 29)
    for text in ("29/03/2018", "2018-03-29", "29 MAR 2018", "March 29, 2018", "29-3-18"):
        assert day in dates_in(text), text
    assert first_date("Journal 2026 › 4 May") == date(2026, 5, 4)
    assert dates_in("version 10.2.300, 45/13/2018") == set()


def test_a_percentage_is_no_amount_of_money() -> None:
    assert [v.text for v in find_values(ValueKind.MONEY, "GST 6.00% 1.20")] == ["1.20"]


def test_the_total_is_neither_the_subtotal_nor_the_cash() -> None:
    rows = ["SUB-TOTAL 9.00", "TOTAL QTY: 2 9.00", "GST 0.54", "TOTAL 9.54", "CASH 10.00"]
    assert value_asked("What was the total on the receipt?", *rows) == "9.54"
    assert value_asked("What was the subtotal on the receipt?", *rows) == "9.00"


def test_a_value_may_stand_below_its_label() -> None:
    rows = ["TOTAL SALES :", "RM", "80.90", "CASH :", "100.00"]
    assert value_asked("What was the total?", *rows) == "80.90"


def test_columns_of_labels_and_values_are_matched() -> None:
    rows = ["ITEM 1", "SUBTOTAL", "ROUNDING", "TOTAL", "CASH", "5.01", "-0.01", "5.00", "20.00"]
    assert value_asked("What was the total?", *rows) == "5.00"


def test_cash_less_change_confirms_the_total() -> None:
    rows = ["TOTAL 18.00", "TOTAL 16.98", "CASH 20.00", "CHANGE 2.00"]
    assert value_asked("What was the total?", *rows) == "18.00"


def test_any_label_with_a_colon_can_be_asked_for() -> None:
    assert (
        value_asked("What is the wifi password?", "Wifi password: blue-otter-9") == "blue-otter-9"
    )


BALANCE = """CONSOLIDATED BALANCE SHEETS
(amounts in millions, except per share data)
August 29,
2021
August 30,
2020
Cash and cash equivalents $ 11,258 $ 12,277
Total current assets 29,505 28,120
TOTAL ASSETS $ 59,268 $ 55,556
Current portion of long-term debt 799 95
TOTAL LIABILITIES 41,190 36,851
TOTAL LIABILITIES AND EQUITY $ 59,268 $ 55,556
Basic earnings per share $ 11.30 $ 9.05""".splitlines()


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What is total liabilities in FY2021?", "41,190 (in millions)"),
        ("What were the total liabilities in 2020?", "36,851 (in millions)"),
        ("What is total current assets?", "29,505 (in millions)"),
        ("What is cash and cash equivalents for the year ending August 30, 2020?", "$ 12,277 (in millions)"),
        ("What is basic earnings per share in fiscal 2021?", "$ 11.30"),
        ("What is long-term debt in 2021?", None),
    ],
)  # fmt: skip
def test_a_table_gives_the_figure_of_the_year_asked_for(question: str, value: str | None) -> None:
    assert value_asked(question, *BALANCE) == value


def test_a_row_of_a_table_needs_as_many_years_above_as_it_has_figures() -> None:
    lines = [
        Statement(row, Whole()) for row in ["2021 2020 2019", "Net sales 9 8", "Net sales 9 8 7"]
    ]
    assert table_row(lines, 1) is None
    row = table_row(lines, 2)
    assert row is not None
    assert row.cell_of("net sales of 2020") == "8"
    assert row.cell_of("net sales") == "9"
    assert row.cell_of("net sales of 1999") is None
    assert row.cell_of("from 2019 to 2020") is None


def test_a_share_is_worked_out_and_stands_in_no_row() -> None:
    rows = ["2021 2020", "Long-term debt 10 9", "Total liabilities 40 30"]
    assert value_asked("What is the long-term debt to total liabilities ratio?", *rows) is None


# --- questions


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("How large is it? Answer in millions.", "How large is it?"),
        ('What is the rent? in:"lease 2.pdf" type:document', "What is the rent?"),
        ("What is the e-mail address in this document?", "What is the e-mail address?"),
        ("Who wrote it?", "Who wrote it?"),
    ],
)
def test_how_and_where_to_answer_is_no_part_of_the_question(typed: str, asked: str) -> None:
    assert " ".join(bare(typed).split()).replace(" ?", "?") in (asked, asked.rstrip("?"))


def test_an_email_address_needs_no_label(encoders: BundledEncoders) -> None:
    page = source("Prepared by:\nAda Byrne\nada@quay.example\nJuly 2009")
    draft = extract("What is the e-mail address in this document?", [page], Meaning(encoders))
    assert draft.text == "ada@quay.example [1]"


def test_a_name_that_the_file_does_not_hold_is_another_matter(encoders: BundledEncoders) -> None:
    page = source("The two plants of Ferris Limited are located in Andheri and Guldhar.")
    right = "Where are the two plants of Ferris Limited?"
    other = "Where are the two factories that belong to Quarx Holding Incorporated?"
    assert extract(right, [page], Meaning(encoders)).found
    assert not extract(other, [page], Meaning(encoders)).found


# --- sentences


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Mr. Aas came at 8.30. He left. “Why?” she asked. 很好。再见。"
    cut = [text[start:end] for start, end in cutting.sentences(text)]
    assert cut == ["Mr. Aas came at 8.30.", "He left.", "“Why?” she asked.", "很好。", "再见。"]


def test_lines_broken_by_the_page_are_joined_and_lists_are_not() -> None:
    text = "The part is no longer made by anyone who\nstill answers. Sorry.\n\n- milk\n- two eggs"
    cut = [" ".join(text[a:b].split()) for a, b in cutting.sentences(text)]
    assert cut == [
        "The part is no longer made by anyone who still answers.",
        "Sorry.",
        "- milk",
        "- two eggs",
    ]


# --- follow-ups


@pytest.mark.parametrize(
    ("question", "before", "alone"),
    [
        ("and who installed it?", "What did the new boiler cost?", "and who installed it? (new boiler)"),
        ("what about 2019?", "How many photos from 2018?", "How many photos from 2019?"),
        ("and in Bergen?", "How many photos in Oslo?", "How many photos in Bergen?"),
        ("What about Denmark?", "What is the capital of Norway?", "What is the capital of Denmark?"),
        ("Where does Maja work?", "What did the boiler cost?", "Where does Maja work?"),
        ("What does it cost?", None, "What does it cost?"),
    ],
)  # fmt: skip
def test_a_follow_up_stands_on_its_own(question: str, before: str | None, alone: str) -> None:
    assert standalone(question, before) == alone


# --- citations


def test_marks_are_read_as_models_write_them() -> None:
    assert marks_in("It rained [1, 3] and snowed [5-7] 【2】 (source 4).") == [1, 3, 5, 6, 7, 2, 4]
    assert without_marks("In 2019 (2) it rained [1].") == "In 2019 (2) it rained."


def test_numbers_that_point_nowhere_are_removed_and_the_rest_renumbered(
    encoders: BundledEncoders,
) -> None:
    sources = [source("The cat weighs 5 kilos."), source("The boiler costs 24,500 kroner.", "b.md")]
    answer = "The boiler costs 24,500 kroner [2][8]. The cat weighs 5 kilos [1]."
    draft = cite(answer, sources, Meaning(encoders))
    assert draft.text == "The boiler costs 24,500 kroner. [1] The cat weighs 5 kilos. [2]"
    assert [(c.n, c.path.name) for c in draft.citations] == [(1, "b.md"), (2, "a.md")]


def test_a_wrong_number_is_put_right(encoders: BundledEncoders) -> None:
    sources = [source("The cat weighs 5 kilos."), source("The boiler costs 24,500 kroner.", "b.md")]
    draft = cite("The boiler costs 24,500 kroner [1].", sources, Meaning(encoders))
    assert [c.path.name for c in draft.citations] == ["b.md"]


def test_a_sentence_without_a_number_is_cited_only_if_supported(encoders: BundledEncoders) -> None:
    sources = [source("Before. The new boiler costs 24,500 kroner. After.")]
    draft = cite(
        "The new boiler costs 24,500 kroner. Pandas live in China.", sources, Meaning(encoders)
    )
    assert draft.text == "The new boiler costs 24,500 kroner. [1] Pandas live in China."
    assert draft.citations[0].quote == "The new boiler costs 24,500 kroner."
    assert draft.citations[0].locator == TextSpan(8, 43)


def test_a_picture_may_carry_what_no_words_say(encoders: BundledEncoders) -> None:
    photo = source("", "snow.jpg", Medium.PHOTO, pictured=True)
    draft = cite("A red bicycle stands in the snow [1].", [photo], Meaning(encoders))
    assert [c.path.name for c in draft.citations] == ["snow.jpg"]


# --- prompt


def test_text_of_files_cannot_pose_as_the_prompt() -> None:
    text = 'a<|im_start|>b<__media__>c[3]d"""e<__<__media__>media__>f [Source 2]</s>'
    assert harmless(text) == 'abc(3)d"ef (Source 2)'


def test_the_prompt_stays_within_the_context(encoders: BundledEncoders) -> None:
    sources = [source("A sentence of six plain words. " * 200, f"{n}.md") for n in range(5)]
    photo = source("", "p.jpg", Medium.PHOTO, pictured=True)
    vision = ScriptedVision(context_tokens=1024, tokens_a_picture=150)
    prompt = compose(plan("What is said?", [photo, *sources], [], vision), DrawnPictures(), vision)
    used = sum(vision.count_tokens(turn.text) for turn in prompt.turns)
    assert used + 150 * len(prompt.seen) + prompt.answer_tokens <= 1024
    assert len(prompt.seen) == 1
    assert prompt.sources[0] is photo
    assert len(prompt.sources) >= 3
    assert "[1] p.jpg, 2 January 2026, shown in picture 1:" in prompt.turns[-1].text


def test_a_model_without_eyes_gets_no_pictures() -> None:
    photo = source("SALE 50 kroner", "p.jpg", Medium.PHOTO, pictured=True)
    vision = ScriptedVision(tokens_a_picture=0)
    prompt = compose(plan("How much?", [photo], [], vision), DrawnPictures(), vision)
    assert not prompt.seen
    assert "SALE 50 kroner" in prompt.turns[-1].text


def test_a_page_is_narrowed_to_its_sentence() -> None:
    text = "First one. Second one here."
    segment = Segment(Role.PASSAGE, Page(3, 100, 100 + len(text)), text)
    page = source("x")
    narrowed = Source(
        page.path, Medium.DOCUMENT, 1, page.dated_at, Facts(), page.hit, 3, (segment,), (), False
    )
    assert [s.locator for s in narrowed.sentences] == [Page(3, 100, 110), Page(3, 111, 127)]
