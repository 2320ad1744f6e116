"""E-mails and mailboxes: heads, own words, attachments through their own readers."""

from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_mmrag.domain import Role, Segment, TextSpan
from desktop_mmrag.extract.documents.quoted import own_words
from desktop_mmrag.extract.isolation.worker import Extractors
from desktop_mmrag.extract.kinds import Kind, sniff

from . import papers
from .conftest import Understand
from .test_office import RequestFor, isolated


def kept(tmp_path: Path, message: EmailMessage, name: str = "a.eml") -> Path:
    path = tmp_path / name
    path.write_bytes(message.as_bytes(policy=policy.SMTP))
    return path


def texts(segments: list[Segment]) -> dict[str | None, str]:
    """What the passages below each heading say."""
    found: dict[str | None, str] = {}
    for s in segments:
        if s.role is Role.PASSAGE and isinstance(s.locator, TextSpan):
            found[s.locator.heading] = found.get(s.locator.heading, "") + s.text
    return found


def test_a_message(tmp_path: Path, understand: Understand) -> None:
    path = kept(tmp_path, papers.message("Sailing course", "It costs 480 euros.\n"))
    assert sniff(path) is Kind.EML
    segments, summary = understand(path)
    ((heading, text),) = texts(segments).items()
    assert heading == "Sailing course"
    assert text.startswith("Sailing course\n\nFrom: Grace Höpper <grace@navy.example>\nTo: ada@")
    assert "Date: 3 May 2024 10:12\n\nIt costs 480 euros." in text
    facts = summary.facts
    assert facts.title == "Sailing course"
    assert facts.author == "Grace Höpper <grace@navy.example>"
    assert facts.taken_at == datetime(2024, 5, 3, 10, 12)


def test_attachments_are_read_by_their_own_readers(
    tmp_path: Path, understand: Understand, extractors: Extractors, request_for: RequestFor
) -> None:
    message = papers.message("Papers", "See the files.\n")
    house = papers.word(tmp_path / "house.docx").read_bytes()
    message.add_attachment(house, maintype="application", subtype="zip", filename="house.docx")
    message.add_attachment(
        papers.png("green"), maintype="image", subtype="png", filename="sail.png"
    )
    message.add_attachment("The boat is the Albatross.\n", filename="boat.txt")
    message.add_attachment(b"MZ\x90\0", maintype="application", subtype="exe", filename="run.exe")
    path = kept(tmp_path, message)
    segments, _ = understand(path)
    found = texts(segments)
    assert "Attachments: house.docx, sail.png, boat.txt, run.exe" in (found["Papers"] or "")
    assert "| Boiler | Vaillant | 1,250.00" in found["Papers › house.docx › Costs"]
    assert found["Papers › boat.txt"] == "The boat is the Albatross."
    pictures = {s.locator: s for s in segments if s.role is Role.PICTURE}
    captions = {s.locator: s.text for s in segments if s.role is Role.CAPTION}
    by_heading = {place.heading: place for place in pictures if isinstance(place, TextSpan)}
    assert captions[by_heading["Papers › sail.png"]].startswith("sail.png\nPapers From: Grace")
    assert "expansion tank" in captions[by_heading["Papers › house.docx › Kitchen"]]
    alone, _ = isolated(extractors, request_for(path))
    assert [(s.role, s.locator, s.text) for s in alone] == [
        (s.role, s.locator, s.text) for s in segments
    ]


def test_a_message_inside_a_message_inside_a_message(
    tmp_path: Path, understand: Understand
) -> None:
    message = papers.message("0", "Words of the innermost.\n")
    for depth in range(1, 12):
        outer = papers.message(str(depth), f"Words of number {depth}.\n")
        outer.add_attachment(message)
        message = outer
    found = texts(understand(kept(tmp_path, message))[0])
    assert "Words of number 9." in found["11 › 10 › 9"]
    assert not any("innermost" in text for text in found.values())


def test_a_mailbox(tmp_path: Path, understand: Understand) -> None:
    box = papers.mailbox(
        tmp_path / "Inbox",
        [
            papers.message("The key", "It lies under the pot.\nFrom here it is not far.\n"),
            papers.message("Dinner", "We meet at seven.\n"),
        ],
    )
    assert sniff(box) is Kind.MBOX
    segments, summary = understand(box)
    found = texts(segments)
    assert list(found) == ["The key", "Dinner"]
    assert "under the pot.\nFrom here it is" in found["The key"]
    assert summary.facts.pages == 2


def test_a_page_as_a_message_with_a_picture(tmp_path: Path, understand: Understand) -> None:
    message = papers.message("Holiday", "see the page")
    message.add_alternative(
        "<p>The beach at <b>Skagen</b>:</p><img src='cid:beach@x'><table><tr><td>Hotel</td>"
        "<td>120</td></tr></table><blockquote type='cite'>old words</blockquote>",
        subtype="html",
    )
    page = message.get_payload()[1]  # type: ignore[index]
    page.add_related(papers.png("teal"), "image", "png", cid="<beach@x>")  # type: ignore[union-attr]
    segments, _ = understand(kept(tmp_path, message))
    text = texts(segments)["Holiday"]
    assert "The beach at Skagen:" in text
    assert "old words" not in text
    assert [s.role for s in segments] == [Role.PASSAGE, Role.PICTURE, Role.CAPTION]
    assert "Skagen" in segments[2].text


def test_a_head_in_bare_bytes_and_a_body_that_names_no_letters(
    tmp_path: Path, understand: Understand
) -> None:
    path = tmp_path / "old.eml"
    path.write_bytes(
        "From: Jörg\r\nSubject: Grüße aus Köln\r\nDate: nonsense\r\n\r\nSchöne Grüße!\r\n".encode(
            "cp1252"
        )
    )
    ((heading, text),) = texts(understand(path)[0]).items()
    assert heading == "Grüße aus Köln"
    assert "Schöne Grüße!" in text


def test_apple_mails_own_format(tmp_path: Path, understand: Understand) -> None:
    inner = b"From: a@b.example\nSubject: Hello\nDate: Fri, 3 May 2024 10:12:00 +0000\n\nWords.\n"
    path = tmp_path / "1.emlx"
    path.write_bytes(
        str(len(inner)).encode() + b"      \n" + inner + b"<?xml version='1.0'?><plist/>"
    )
    ((_, text),) = texts(understand(path)[0]).items()
    assert text.endswith("Words.")


@pytest.mark.parametrize(
    ("written", "own"),
    [
        ("Yes.\n\nOn 3 May 2024 at 10:12, Ada wrote:\n> Coming?\n> Ada\n", "Yes."),
        ("Ja.\n\nAm 3. Mai 2024 um 10:12 schrieb Ada Lovelace:\n> Kommst du?\n", "Ja."),
        ("> Coming?\nYes.\n> When?\nAt seven.", "Yes.\nAt seven."),
        ("Fine.\n-----Original Message-----\nFrom: Ada\nSent: Monday\n\nOld words", "Fine."),
        ("Fine.\n\nFrom: Ada <a@b.example>\nSent: Monday\nTo: me\n\nOld words", "Fine."),
        ("Words.\n-- \nGrace Hopper\nAdmiral", "Words."),
        ("On Monday she wrote: a letter.", "On Monday she wrote: a letter."),
        ("> Only quoted.", "> Only quoted."),
        (
            "FYI\n---------- Forwarded message ---------\nFrom: Ada\nDate: Monday\n\nThe news.",
            "FYI\n---------- Forwarded message ---------\nFrom: Ada\nDate: Monday\n\nThe news.",
        ),
    ],
)
def test_what_a_writer_quotes_is_not_said_twice(written: str, own: str) -> None:
    assert own_words(written) == own
