"""Exported chats become notes: a heading for each day, passages of neighbouring messages."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from desktop_mmrag.domain import Medium, Role, Segment, TextSpan
from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.extract.kinds import Kind, sniff
from desktop_mmrag.extract.notes import whatsapp
from tests.core.extract.conftest import Understand

IPHONE = """\u200e[14.07.19, 14:05:03] Anna: \u200eMessages and calls are end-to-end encrypted.
[14.07.19, 14:05:40] Anna: We arrived at the cabin
[14.07.19, 14:06:02] Ben: Is the stove warm?
It was cold last year.
[14.07.19, 14:07:11] Anna: \u200e<attached: 00000012-PHOTO-2019-07-14-14-07-11.jpg>
[14.07.19, 14:07:30] Anna: look at the lake!
[15.07.19, 09:00:00] Ben: Good morning
"""
ANDROID = """7/14/19, 2:05 PM - Messages and calls are end-to-end encrypted. Tap to learn more.
7/14/19, 2:05 PM - Anna Berg: We arrived at the cabin
7/14/19, 2:06 PM - Ben: IMG-20190714-WA0003.jpg (file attached)
the lake
7/15/19, 9:00\u202fAM - Ben: Good morning
"""


def passages(segments: list[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.role is Role.PASSAGE]


def test_an_iphones_chat(tmp_path: Path, understand: Understand) -> None:
    folder = tmp_path / "WhatsApp Chat - Anna"
    folder.mkdir()
    path = folder / "_chat.txt"
    path.write_text(IPHONE, encoding="utf-8")
    assert sniff(path) is Kind.WHATSAPP
    segments, summary = understand(path)
    assert summary.medium is Medium.NOTE
    assert summary.facts.title == "Chat with Anna"
    assert summary.facts.keywords == ("Anna", "Ben")
    assert summary.facts.taken_at == datetime(2019, 7, 15, 9, 0)
    first = passages(segments)[0]
    assert isinstance(first.locator, TextSpan)
    assert first.locator.heading == "Chat with Anna › Sunday 14 July 2019"
    assert "Ben (14:06): Is the stove warm? It was cold last year." in first.text
    assert "Good morning" not in first.text, "another day, another passage"


def test_a_picture_sent_is_captioned_by_the_messages_around_it(
    tmp_path: Path, understand: Understand
) -> None:
    (tmp_path / "_chat.txt").write_text(IPHONE, encoding="utf-8")
    segments, _ = understand(tmp_path / "_chat.txt")
    (caption,) = [segment for segment in segments if segment.role is Role.CAPTION]
    assert caption.about == "00000012-PHOTO-2019-07-14-14-07-11.jpg"
    assert "look at the lake!" in caption.text and "Is the stove warm?" in caption.text


def test_an_androids_chat(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "WhatsApp Chat with Anna Berg.txt"
    path.write_text(ANDROID, encoding="utf-8")
    segments, summary = understand(path)
    assert summary.facts.title == "Chat with Anna Berg"
    assert "Anna Berg (14:05): We arrived at the cabin" in passages(segments)[0].text
    assert passages(segments)[-1].text.rstrip().endswith("Ben (09:00): Good morning")
    (caption,) = [segment for segment in segments if segment.role is Role.CAPTION]
    assert caption.about == "IMG-20190714-WA0003.jpg" and "the lake" in caption.text


@pytest.mark.parametrize(
    ("opening", "moment"),
    [
        ("[14.07.19, 14:05:03] A: x", datetime(2019, 7, 14, 14, 5, 3)),
        ("14.07.19, 14:05 - A: x", datetime(2019, 7, 14, 14, 5)),
        ("7/14/19, 2:05 PM - A: x", datetime(2019, 7, 14, 14, 5)),
        ("14/07/2019, 2:05 pm - A: x", datetime(2019, 7, 14, 14, 5)),
        ("14/7/19 14:05 - A: x", datetime(2019, 7, 14, 14, 5)),
        ("14/7/19 2:05 p. m. - A: x", datetime(2019, 7, 14, 14, 5)),
        ("2019-07-14, 12:05 a.m. - A: x", datetime(2019, 7, 14, 0, 5)),
        ("[2019/07/14, 14:05:03] A: x", datetime(2019, 7, 14, 14, 5, 3)),
        ("[14-07-2019 14:05:03] A: x", datetime(2019, 7, 14, 14, 5, 3)),
        ("14.7.2019 klo 14.05 - A: x", datetime(2019, 7, 14, 14, 5)),
        ("[14.7.2019 14.05.03] A: x", datetime(2019, 7, 14, 14, 5, 3)),
        ("2019/7/14 下午2:05 - A: x", datetime(2019, 7, 14, 14, 5)),
        ("[2019/7/14 上午12:05:03] A: x", datetime(2019, 7, 14, 0, 5, 3)),
    ],
)
def test_dates_of_many_countries(opening: str, moment: datetime) -> None:
    (message,) = whatsapp.read(opening, Path("_chat.txt")).messages
    assert (message.sent_at, message.sender, message.words) == (moment, "A", "x")


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["1/2/20, 10:00 - A: x", "1/15/20, 10:00 - A: y"], [(2020, 1, 2), (2020, 1, 15)]),
        (["1/2/20, 10:00 - A: x", "15/2/20, 10:00 - A: y"], [(2020, 2, 1), (2020, 2, 15)]),
        # Neither number is above twelve: the order of the messages tells.
        (["12/1/20, 10:00 - A: x", "1/2/20, 10:00 - A: y"], [(2020, 1, 12), (2020, 2, 1)]),
        (["5/6/20, 1:00 PM - A: x", "5/7/20, 1:00 PM - A: y"], [(2020, 5, 6), (2020, 5, 7)]),
    ],
)
def test_day_and_month_are_told_apart(lines: list[str], days: list[tuple[int, int, int]]) -> None:
    messages = whatsapp.read("\n".join(lines), Path("_chat.txt")).messages
    assert [(m.sent_at.year, m.sent_at.month, m.sent_at.day) for m in messages] == days


@pytest.mark.parametrize(
    "text",
    [
        "14.07.19, 14:05 - a log that is no chat\nand nothing else\nin it\n",
        "2019-07-14 14:05:03 - INFO started: ok\n2019-07-14 14:05:04 - INFO done\n",
        "Shopping\n[14.07.19, 14:05:03] Anna: milk\n",
    ],
)
def test_other_texts_with_dates_stay_notes(tmp_path: Path, text: str) -> None:
    (tmp_path / "notes.txt").write_text(text)
    assert sniff(tmp_path / "notes.txt") is Kind.PLAIN


# --- Telegram

CHAT = {
    "name": "Climbing",
    "type": "private_group",
    "id": 42,
    "messages": [
        {"id": 1, "type": "service", "date": "2021-03-01T10:00:00", "actor": "Ada", "text": ""},
        {
            "id": 2,
            "type": "message",
            "date": "2021-03-01T18:05:10",
            "date_unixtime": "1614618310",
            "from": "Ada",
            "text": ["Meet at ", {"type": "bold", "text": "the tower"}, " at eight"],
        },
        {
            "id": 3,
            "type": "message",
            "date": "2021-03-01T18:06:00",
            "from": "Bo",
            "photo": "photos/photo_1@01-03-2021_18-06-00.jpg",
            "text": "the north wall",
        },
        {"id": 4, "type": "message", "date": "2021-03-02T08:00:00", "from": "Bo", "text": "tired"},
    ],
}


def test_a_telegram_chat(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHAT, indent=1), encoding="utf-8")
    assert sniff(path) is Kind.TELEGRAM
    segments, summary = understand(path)
    assert summary.medium is Medium.NOTE and summary.facts.title == "Chat with Climbing"
    first, *_, last = passages(segments)
    assert isinstance(first.locator, TextSpan)
    assert first.locator.heading == "Chat with Climbing › Monday 1 March 2021"
    assert "Ada (18:05): Meet at the tower at eight" in first.text
    assert "Bo (08:00): tired" in last.text
    (caption,) = [segment for segment in segments if segment.role is Role.CAPTION]
    assert caption.about == "photos/photo_1@01-03-2021_18-06-00.jpg"
    assert "the north wall" in caption.text


def test_a_whole_telegram_account(tmp_path: Path, understand: Understand) -> None:
    other = CHAT | {"name": "Family", "type": "personal_chat"}
    account = {
        "about": "Here is the data you requested from Telegram",
        "chats": {"list": [CHAT, other]},
    }
    path = tmp_path / "result.json"
    path.write_text(json.dumps(account), encoding="utf-8")
    segments, _ = understand(path)
    headings = [s.locator.heading for s in passages(segments) if isinstance(s.locator, TextSpan)]
    assert {(heading or "").split(" › ")[0] for heading in headings} == {
        "Chat with Climbing",
        "Chat with Family",
    }


@pytest.mark.parametrize("kept", [200, 500])
def test_a_chat_cut_off_says_so(tmp_path: Path, understand: Understand, kept: int) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(CHAT)[:kept], encoding="utf-8")
    with pytest.raises(FileDamaged, match="Telegram chat but cannot be read"):
        understand(path)


def test_nonsense_in_a_chat_is_left_out(tmp_path: Path, understand: Understand) -> None:
    odd = CHAT | {
        "messages": [None, 7, {"date": "never"}, {"date": [], "from": {}, "text": {"text": 3}}]
        + CHAT["messages"]  # type: ignore[operator]
    }
    path = tmp_path / "result.json"
    path.write_text(json.dumps(odd), encoding="utf-8")
    segments, _ = understand(path)
    assert "the tower" in passages(segments)[0].text


PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head>
<body onload="CheckLocation();"><div class="page_wrap"><div class="page_header">
<div class="content"><div class="text bold">
Choir
</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">5 March 2021</div></div>
<div class="message default clearfix" id="message6">
<div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">G</div></div></div>
<div class="body"><div class="pull_right date details" title="05.03.2021 10:10:00 UTC+01:00">10:10
</div><div class="from_name">
Greta
</div><div class="text">
The rehearsal is in the <strong>planetarium</strong>.<br>Bring scarves
</div></div></div>
<div class="message default clearfix joined" id="message7"><div class="body">
<div class="pull_right date details" title="05.03.2021 10:11:00">10:11</div>
<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/one%20a.jpg">
<img class="photo" src="photos/one%20a_thumb.jpg"/></a></div>
<div class="text">the poster for the oratorio</div></div></div>
<div class="message default clearfix" id="message8"><div class="body">
<div class="pull_right date details" title="06.03.2021 09:00:00">09:00</div>
<div class="from_name">Hugo</div>
<div class="pull_left forwarded userpic_wrap"></div>
<div class="forwarded body"><div class="from_name">Ida <span class="date details">1.1.2021</span></div>
<div class="text">I will bring the harpsichord</div></div></div></div>
</div></div></div></body></html>"""


def test_a_telegram_chat_exported_as_a_page(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "messages.html"
    path.write_text(PAGE, encoding="utf-8")
    assert sniff(path) is Kind.TELEGRAM
    segments, summary = understand(path)
    assert summary.facts.title == "Chat with Choir"
    assert summary.facts.taken_at == datetime(2021, 3, 6, 9, 0)
    assert summary.facts.keywords == ("Greta", "Hugo")
    first, last = passages(segments)
    assert isinstance(first.locator, TextSpan) and isinstance(last.locator, TextSpan)
    assert first.locator.heading == "Chat with Choir › Friday 5 March 2021"
    assert "Greta (10:10): The rehearsal is in the planetarium. Bring scarves" in first.text
    assert "Greta (10:11): the poster for the oratorio" in first.text
    assert "Hugo (09:00): I will bring the harpsichord" in last.text
    (caption,) = [segment for segment in segments if segment.role is Role.CAPTION]
    assert caption.about == "photos/one a.jpg", "the picture itself, not the small one"
    assert "the poster for the oratorio" in caption.text


def test_an_empty_page_of_a_chat_says_so(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "messages.html"
    path.write_text(PAGE.partition('<div class="message default')[0], encoding="utf-8")
    with pytest.raises(FileDamaged, match="no message is in it"):
        understand(path)


def test_an_ordinary_json_stays_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"messages": ["hello"], "type": "list"}')
    assert sniff(tmp_path / "a.json") is Kind.PLAIN
